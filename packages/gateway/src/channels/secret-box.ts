import { fromBase64Url, toBase64Url } from '../base64url.ts';

/** Keeps the secrets of channels unreadable for whoever has only the database. */
export interface SecretBox {
  /** @param place what the text belongs to: sealed for one place, it opens nowhere else */
  seal(text: string, place: string): Promise<string>;
  /** What was not sealed is returned as it is: an older version wrote it in clear. Rejects with `SecretBoxError`. */
  open(sealed: string, place: string): Promise<string>;
  /** It is in clear, or was sealed with a former key. */
  isStale(sealed: string): boolean;
}

/** A secret cannot be read with the keys that are there; the message says what to do. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

const prefix = 'sealed1';
const ivBytes = 12;
/** What was opened is remembered: each webhook needs every secret. */
const remembered = 2000;

interface BoxKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/**
 * AES-256-GCM. Sealed texts are `sealed1:<key>:<iv and ciphertext>`.
 * @param secrets long random texts: the first one seals, each of them opens
 */
export async function createSecretBox(secrets: readonly [string, ...string[]]): Promise<SecretBox> {
  const [current, ...former] = await Promise.all(secrets.map(keyOf));
  if (!current) throw new Error('unable to make the box; it needs a key');
  const keys = [current, ...former];
  const opened = new Map<string, string>();
  return {
    async seal(text, place) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const bytes = await crypto.subtle.encrypt(algorithm(iv, place), current.key, encoder.encode(text));
      const all = new Uint8Array(ivBytes + bytes.byteLength);
      all.set(iv);
      all.set(new Uint8Array(bytes), ivBytes);
      return `${prefix}:${current.id}:${toBase64Url(all)}`;
    },
    async open(sealed, place) {
      if (!isSealed(sealed)) return sealed;
      const name = `${place} ${sealed}`;
      const known = opened.get(name);
      if (known !== undefined) return known;
      const text = await decrypt(sealed, place, keys);
      if (opened.size >= remembered) opened.clear();
      opened.set(name, text);
      return text;
    },
    isStale: (sealed) => !sealed.startsWith(`${prefix}:${current.id}:`),
  };
}

/** Keeps everything in clear: for whoever embeds the gateway and guards the database in another way. */
export const openBox: SecretBox = {
  seal: (text) => Promise.resolve(text),
  open(sealed) {
    return isSealed(sealed) ? Promise.reject(new SecretBoxError(unknownKey)) : Promise.resolve(sealed);
  },
  isStale: () => false,
};

export function isSealed(text: string): boolean {
  return text.startsWith(`${prefix}:`);
}

const encoder = new TextEncoder();
const unknownKey =
  'it was encrypted with another key. Set PROSA_SECRET_KEY as it was (when it was unset: to the content of the file ' +
  'secret-key in the data folder of the gateway that wrote it; while a key is replaced: the new one, a comma, the ' +
  'former one). If that key is lost, give the number its secrets again: prosa-gateway channel update <id> --secrets';

async function decrypt(sealed: string, place: string, keys: readonly BoxKey[]): Promise<string> {
  const [, id, data = ''] = sealed.split(':');
  const key = keys.find((known) => known.id === id);
  if (!key) throw new SecretBoxError(unknownKey);
  try {
    const bytes = fromBase64Url(data);
    const iv = bytes.subarray(0, ivBytes);
    return new TextDecoder().decode(
      await crypto.subtle.decrypt(algorithm(iv, place), key.key, bytes.subarray(ivBytes)),
    );
  } catch {
    throw new SecretBoxError('it was changed, or belongs to another channel. Give the number its secrets again');
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, place: string) {
  return { name: 'AES-GCM', iv, additionalData: encoder.encode(place) };
}

/** The id tells which key sealed a text, and nothing of the key. */
async function keyOf(secret: string): Promise<BoxKey> {
  const raw = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey', 'deriveBits']);
  const derive = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: encoder.encode(info),
  });
  const key = await crypto.subtle.deriveKey(
    derive('prosa channel secrets'),
    raw,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
  const id = await crypto.subtle.deriveBits(derive('prosa channel secrets id'), raw, 48);
  return { id: toBase64Url(new Uint8Array(id)), key };
}
