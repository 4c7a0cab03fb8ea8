/** 128 random bits as text. `crypto.randomUUID` would be missing on pages without HTTPS. */
export function randomId(): string {
  return globalThis.crypto.getRandomValues(new Uint32Array(4)).join('-');
}
