import type { SimulatorContext } from '../context.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { bareType, mediaRules, uploadLifetimeMs } from '../state/media.ts';
import type { StoredMedia } from '../state/media.ts';
import type { DeliveryFailure } from '../webhooks/status.ts';
import type { LinkedFile } from './draft.ts';
import { storeMedia } from './media-store.ts';

/** Fetches a `link` as Meta's servers do. What goes wrong is reported as 131053 by webhook. */
export async function fetchLinkedMedia(
  context: SimulatorContext,
  number: BusinessNumber,
  { link, kind }: LinkedFile,
): Promise<StoredMedia | DeliveryFailure> {
  const failed = (reason: string): DeliveryFailure => ({
    code: 131053,
    details: `Downloading media from weblink failed; ${reason}`,
  });
  try {
    const signal = AbortSignal.any([context.closing, AbortSignal.timeout(20_000)]);
    const response = await context.fetch(link, { signal });
    if (!response.ok) return failed(`http code ${response.status}`);
    const mimeType = bareType(response.headers.get('content-type') ?? '');
    if (!mediaRules[kind].types.includes(mimeType))
      return failed(`content type ${mimeType || 'unknown'} is not supported`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > mediaRules[kind].maxBytes) return failed('the file is too large');
    const { wabaId } = number;
    return await storeMedia(context, { wabaId, mimeType, bytes, lifetimeMs: uploadLifetimeMs });
  } catch {
    return failed('the server could not be reached');
  }
}
