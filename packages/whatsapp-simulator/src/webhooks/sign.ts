import { hmacSha256, toHex } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';

export const signatureHeader = 'X-Hub-Signature-256';

/** Value of {@link signatureHeader} for exactly these bytes, keyed with the app secret. */
export async function signBody(appSecret: string, body: Bytes): Promise<string> {
  return `sha256=${toHex(await hmacSha256(appSecret, body))}`;
}
