import { sha256Hex } from '../sha256.ts';

const prefix = 'prk_';

export function isApiKey(credential: string): boolean {
  return credential.startsWith(prefix);
}

/** A new key: 256 random bits behind the prefix by which it is told from a token. */
export function makeApiKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return prefix + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function hashApiKey(key: string): Promise<string> {
  return sha256Hex(key);
}
