import { fromBase64Url, toBase64Url } from '../base64url.ts';
import { minute } from '../clock.ts';
import type { Meta } from '../store/meta.ts';

/** A link to a file works this long, for whoever has it; it carries no token. */
export const linkLifetimeMs = 5 * minute;

export interface LinkSigner {
  /** `/media/{id}?expires=…&signature=…` and when it ends. */
  sign(attachmentId: string, now: number): Promise<{ readonly path: string; readonly expiresAt: number }>;
  verify(attachmentId: string, query: URLSearchParams, now: number): Promise<boolean>;
}

export async function createLinkSigner({ secret }: Meta): Promise<LinkSigner> {
  const encoder = new TextEncoder();
  const seed = await crypto.subtle.digest('SHA-256', encoder.encode(`media:${secret}`));
  const key = await crypto.subtle.importKey('raw', seed, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const signed = (attachmentId: string, expiresAt: number) => encoder.encode(`${attachmentId}.${expiresAt}`);
  return {
    async sign(attachmentId, now) {
      const expiresAt = now + linkLifetimeMs;
      const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed(attachmentId, expiresAt)));
      return { path: `/media/${attachmentId}?expires=${expiresAt}&signature=${toBase64Url(signature)}`, expiresAt };
    },
    async verify(attachmentId, query, now) {
      const expiresAt = Number(query.get('expires'));
      if (!Number.isSafeInteger(expiresAt) || expiresAt <= now || expiresAt > now + linkLifetimeMs) return false;
      try {
        const signature = fromBase64Url(query.get('signature') ?? '');
        return await crypto.subtle.verify('HMAC', key, signature, signed(attachmentId, expiresAt));
      } catch {
        return false;
      }
    },
  };
}
