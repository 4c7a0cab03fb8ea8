import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { bareType, kindOf, mediaRules, mediaUrlLifetimeMs, uploadLifetimeMs } from '../state/media.ts';
import type { StoredMedia } from '../state/media.ts';
import { storeMedia } from './media-store.ts';
import { GraphRefusal, invalidParameter, unknownObject } from './refusal.ts';

/** Path of Meta's download host, here on the simulator's own. */
export const downloadPath = '/whatsapp_business/attachments/';

/**
 * `POST /{phone-number-id}/media`. `messaging_product` may stand in the query and `type` may be a kind (`image`)
 * rather than a MIME type: both are seen from public clients.
 */
export async function uploadMedia(
  context: SimulatorContext,
  number: BusinessNumber,
  form: FormData,
  query: URLSearchParams,
): Promise<JsonObject> {
  const product = form.get('messaging_product') ?? query.get('messaging_product');
  if (product !== 'whatsapp')
    throw new GraphRefusal(100, { message: '(#100) The parameter messaging_product is required.' });
  const file = form.get('file');
  if (!(file instanceof Blob)) throw new GraphRefusal(100, { message: '(#100) The parameter file is required.' });

  const claimed = form.get('type') ?? query.get('type');
  const stated = typeof claimed === 'string' && claimed.includes('/') ? claimed : file.type;
  const kind = kindOf(stated);
  if (!kind) {
    const allowed = Object.values(mediaRules)
      .flatMap((rule) => rule.types)
      .join(', ');
    throw new GraphRefusal(100, {
      message: `(#100) Param file must be a file with one of the following types: ${allowed}. Received file of type '${bareType(stated) || 'application/octet-stream'}'.`,
    });
  }
  if (file.size === 0) throw invalidParameter('The file is empty.');
  if (file.size > mediaRules[kind].maxBytes) {
    throw invalidParameter(`The file is too large: ${kind} files may have at most ${mediaRules[kind].maxBytes} bytes.`);
  }
  const filename = 'name' in file && typeof file.name === 'string' ? file.name : undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const lifetimeMs = uploadLifetimeMs;
  const media = await storeMedia(context, { wabaId: number.wabaId, mimeType: stated, bytes, filename, lifetimeMs });
  return { id: media.id };
}

/** The media object, if this account owns it and it has not expired. */
export function findMedia(context: SimulatorContext, id: string, accounts: readonly string[]): StoredMedia | undefined {
  const media = context.state.media.get(id);
  if (!media || !accounts.includes(media.wabaId)) return undefined;
  return media.expiresAt > context.clock.now() ? media : undefined;
}

/** `GET /{media-id}`: the address works for five minutes. */
export function describeMedia(context: SimulatorContext, media: StoredMedia): JsonObject {
  return {
    messaging_product: 'whatsapp',
    url: mediaUrl(context, media),
    mime_type: media.mimeType,
    sha256: media.sha256,
    file_size: media.bytes.length,
    id: media.id,
  };
}

export function mediaUrl(context: SimulatorContext, media: StoredMedia): string {
  const url = new URL(downloadPath, context.origin());
  url.searchParams.set('mid', media.id);
  url.searchParams.set('ext', String(Math.floor((context.clock.now() + mediaUrlLifetimeMs) / 1000)));
  url.searchParams.set('hash', media.sha256.slice(0, 32));
  return url.href;
}

/** `GET <url>` with the Bearer token. 404 once the address has expired. */
export function downloadMedia(
  context: SimulatorContext,
  query: URLSearchParams,
  accounts: readonly string[],
): Response {
  const id = query.get('mid') ?? '';
  const media = findMedia(context, id, accounts);
  const late = Number(query.get('ext')) * 1000 <= context.clock.now();
  if (!media || late || query.get('hash') !== media.sha256.slice(0, 32)) {
    return new Response('', { status: 404 });
  }
  return new Response(media.bytes, {
    headers: { 'Content-Type': media.mimeType, 'Content-Length': String(media.bytes.length) },
  });
}

export function deleteMedia(context: SimulatorContext, id: string, accounts: readonly string[]): JsonObject {
  if (!findMedia(context, id, accounts)) throw unknownObject('delete', id);
  context.state.media.delete(id);
  context.persist();
  return { success: true };
}
