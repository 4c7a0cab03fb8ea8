import { toBase64Url } from '../base64url.ts';

/** Random bytes as text for URLs and headers: base64url without padding. */
export function randomText(bytes: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));
}
