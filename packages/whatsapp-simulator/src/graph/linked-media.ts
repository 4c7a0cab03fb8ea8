import type { SimulatorContext } from '../context.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { bareType, mediaRules, uploadLifetimeMs } from '../state/media.ts';
import type { StoredMedia } from '../state/media.ts';
import type { MediaKind, MessageContent } from '../state/message.ts';
import type { DeliveryFailure } from '../webhooks/status.ts';
import { storeMedia } from './media-store.ts';

function kindIn(content: MessageContent): MediaKind | undefined {
  const part = 'header' in content ? content.header : content;
  return part && 'media' in part ? part.type : undefined;
}

/** Fetches a `link` as Meta's servers do. What goes wrong is reported as 131053 by webhook. */
export async function fetchLinkedMedia(
  context: SimulatorContext,
  number: BusinessNumber,
  link: string,
  content: MessageContent,
): Promise<StoredMedia | DeliveryFailure> {
  const kind = kindIn(content);
  const failed = (reason: string): DeliveryFailure => ({
    code: 131053,
    details: `Downloading media from weblink failed; ${reason}`,
  });
  try {
    const signal = AbortSignal.any([context.closing, AbortSignal.timeout(20_000)]);
    const response = await context.fetch(link, { signal });
    if (!response.ok) return failed(`http code ${response.status}`);
    const mimeType = bareType(response.headers.get('content-type') ?? '');
    if (kind && !mediaRules[kind].types.includes(mimeType))
      return failed(`content type ${mimeType || 'unknown'} is not supported`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (kind && bytes.length > mediaRules[kind].maxBytes) return failed('the file is too large');
    const { wabaId } = number;
    return await storeMedia(context, { wabaId, mimeType, bytes, lifetimeMs: uploadLifetimeMs });
  } catch {
    return failed('the server could not be reached');
  }
}
