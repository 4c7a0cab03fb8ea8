import { attachmentMaxBytes } from '@prosa/core/contract';
import { MediaTooLargeError, type MediaStore, type StoredMedia } from '../../media/media-store.ts';
import { sniff } from '../../media/sniff.ts';
import type { AttachmentRow, FetchedMedia } from '../channel.ts';
import { fileDeadline, type GraphClient, type GraphOptions } from './graph.ts';
import { refusalOf, successOf } from './graph-reply.ts';
import { fieldsOf, sha256Of, textOf } from './parse/fields.ts';

/** Largest file of any kind that Meta hands out ("Media"; above it the message carries error 131052). */
const maxBytes = attachmentMaxBytes.document;

/**
 * Brings a file that came in under our own roof: asks for its address, which lives for five minutes, and streams it into
 * the store. An address that has run out is asked for once more.
 */
export async function fetchMedia(
  graph: GraphClient,
  attachment: AttachmentRow,
  key: string,
  options: GraphOptions & { readonly signal: AbortSignal; readonly media: MediaStore },
): Promise<FetchedMedia> {
  if (attachment.providerMediaId === null) return { outcome: 'failed', detail: 'the message names no file' };
  let outcome = await fetchOnce(graph, attachment, attachment.providerMediaId, key, options);
  if (outcome === 'expired') outcome = await fetchOnce(graph, attachment, attachment.providerMediaId, key, options);
  return outcome === 'expired' ? { outcome: 'retry', detail: 'the address of the file had run out, twice' } : outcome;
}

async function fetchOnce(
  graph: GraphClient,
  attachment: AttachmentRow,
  mediaId: string,
  key: string,
  options: GraphOptions & { readonly signal: AbortSignal; readonly media: MediaStore },
): Promise<FetchedMedia | 'expired'> {
  const reply = await graph.mediaInfo(mediaId, options);
  const info = fieldsOf(successOf(reply));
  const url = textOf(info['url']);
  if (url === null) return refused(reply);

  const signal = fileDeadline(options, options.signal);
  try {
    const response = await graph.download(url, { signal });
    if (response === null) return { outcome: 'failed', detail: 'the file is on a host that is not on the list' };
    if (!response.ok || response.body === null) {
      response.body?.cancel().catch(() => undefined);
      return downloadRefused(response.status);
    }
    const stored = await options.media.put(key, response.body, { maxBytes });
    const expected = [sha256Of(info['sha256']), attachment.sha256].filter((sum) => sum !== null);
    return await checked(stored, expected, key, options.media);
  } catch (error) {
    if (error instanceof MediaTooLargeError) return { outcome: 'failed', detail: 'the file is larger than accepted' };
    return { outcome: 'retry', detail: 'the download did not finish' };
  }
}

async function checked(
  stored: StoredMedia,
  expected: readonly string[],
  key: string,
  media: MediaStore,
): Promise<FetchedMedia> {
  if (expected.some((sum) => sum !== stored.sha256)) {
    await media.delete(key);
    return { outcome: 'failed', detail: 'the file is not the one that was sent: its SHA-256 differs' };
  }
  const mimeType = sniff(stored.head)?.mimeType ?? 'application/octet-stream';
  return { outcome: 'stored', size: stored.size, sha256: stored.sha256, mimeType };
}

function refused(reply: Parameters<typeof refusalOf>[0]): FetchedMedia {
  const refusal = refusalOf(reply);
  const { outcome, detail } = refusal;
  if (outcome !== 'failed') return { outcome: 'retry', detail };
  return { outcome, detail, ...(refusal.trouble && { trouble: refusal.trouble }) };
}

/** Meta answers 404 when the address has run out ("Media"). */
function downloadRefused(status: number): FetchedMedia | 'expired' {
  if (status === 404 || status === 410) return 'expired';
  const transient = status === 401 || status === 408 || status === 429 || status >= 500;
  return { outcome: transient ? 'retry' : 'failed', detail: `HTTP ${status} from the host of the file` };
}
