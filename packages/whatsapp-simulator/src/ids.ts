import { toBase64, toHex, utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';

function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Decimal id of so many digits that never starts with 0, as Graph object ids look. */
export function numericId(digits: number): string {
  const tail = Array.from(randomBytes(digits - 1), (byte) => String(byte % 10)).join('');
  return `${1 + ((randomBytes(1)[0] ?? 0) % 9)}${tail}`;
}

export function randomHex(length: number): string {
  return toHex(randomBytes(Math.ceil(length / 2))).slice(0, length);
}

/** As Meta's ids look: `wamid.` and base64 of the address, a direction mark and a random part. */
export function messageId(address: string, from: 'business' | 'customer'): string {
  const mark = from === 'business' ? '\x15\x02\x00\x11\x18\x12' : '\x15\x02\x00\x12\x18\x14';
  const unique = randomHex(from === 'business' ? 18 : 20).toUpperCase();
  const head = String.fromCharCode(0x1c, 0x18, address.length);
  return `wamid.${toBase64(utf8(`${head}${address}${mark}${unique}\x00`))}`;
}

/** Meta's request trace id. */
export function traceId(): string {
  return `A${toBase64(randomBytes(16)).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22)}`;
}

/** Business-scoped user id: stable for one customer of one business account. */
export function businessScopedUserId(waId: string, wabaId: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of utf8(`${wabaId}/${waId}`)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  const country = waId.startsWith('55') ? 'BR' : 'US';
  return `${country}.${hash.toString().padStart(20, '1')}`;
}
