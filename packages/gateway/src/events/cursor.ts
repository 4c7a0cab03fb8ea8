import { fromBase64Url, toBase64Url } from '../base64url.ts';
import type { Meta } from '../store/meta.ts';

/** Opaque to readers: encrypted, so that it does not tell how much happens in the workspace, and bound to the reader. */
export interface CursorCodec {
  encode(seq: number, scope: string): Promise<string>;
  /** `null` for a cursor of another reader, of another epoch, or none of ours. */
  decode(cursor: string, scope: string): Promise<number | null>;
}

const ivBytes = 12;

export async function createCursorCodec({ epoch, secret }: Meta): Promise<CursorCodec> {
  const seed = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`cursor:${secret}`));
  const key = await crypto.subtle.importKey('raw', seed, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const algorithm = (iv: Uint8Array<ArrayBuffer>, scope: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(`${epoch}:${scope}`),
  });
  return {
    async encode(seq, scope) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      // Padded, so that its length tells nothing either.
      const plain = new TextEncoder().encode(String(seq).padStart(16, '0'));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm(iv, scope), key, plain));
      return toBase64Url(new Uint8Array([...iv, ...sealed]));
    },
    async decode(cursor, scope) {
      try {
        const bytes = fromBase64Url(cursor);
        const plain = await crypto.subtle.decrypt(algorithm(bytes.slice(0, ivBytes), scope), key, bytes.slice(ivBytes));
        return Number(new TextDecoder().decode(plain));
      } catch {
        return null;
      }
    },
  };
}
