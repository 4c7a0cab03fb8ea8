const prefix = 'prk_';

export function isApiKey(credential: string): boolean {
  return credential.startsWith(prefix);
}

/** A new key: 256 random bits behind the prefix by which it is told from a token. */
export function makeApiKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return prefix + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256, hex. The key has so much randomness that a slow hash would add nothing. */
export async function hashApiKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
