const encoder = new TextEncoder();

/** Bytes as the platform's APIs take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The digest in an `X-Hub-Signature-256` header: `sha256=` and 64 lower-case hexadecimal digits, nothing else
 * (Meta, "Webhooks: validating payloads"). A header that came twice is joined by a comma, and so is refused.
 */
export function parseSignature(header: string | null): Bytes | null {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(header ?? '')?.[1];
  if (hex === undefined) return null;
  const digest = new Uint8Array(32);
  for (let i = 0; i < digest.length; i++) digest[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return digest;
}

/**
 * Which of the secrets signed these bytes. The bytes are those that came over the wire: Meta signs the escaped form of
 * its JSON, so a body that was parsed and written again has another digest.
 * All secrets are tried, each in constant time (`SubtleCrypto.verify`).
 */
export async function signers(body: Bytes, signature: Bytes, secrets: readonly string[]): Promise<readonly string[]> {
  const results = await Promise.all(secrets.map((secret) => isSignedWith(body, signature, secret)));
  return secrets.filter((_, index) => results[index] === true);
}

async function isSignedWith(body: Bytes, signature: Bytes, secret: string): Promise<boolean> {
  // An empty key is one that everybody has.
  if (secret === '') return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', key, signature, body);
}

/** Compares two texts in a time that tells nothing about where they differ, or how long the secret one is. */
export async function isSameText(given: string, secret: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [given, secret].map((text) => crypto.subtle.digest('SHA-256', encoder.encode(text))),
  );
  if (a === undefined || b === undefined) return false;
  const left = new Uint8Array(a);
  const right = new Uint8Array(b);
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0);
  return difference === 0;
}

export async function sha256Hex(bytes: Bytes): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** HMAC-SHA256 in lower-case hexadecimal digits. */
export async function hmacHex(secret: string, bytes: Bytes): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  return hexOf(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes)));
}
