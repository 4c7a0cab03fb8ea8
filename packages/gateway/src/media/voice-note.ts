import type { MediaStore, StoredMedia } from './media-store.ts';
import { writeOggOpus } from './ogg-opus.ts';
import { readWebmOpus } from './webm-opus.ts';

/** What most browsers record, and no phone's WhatsApp plays. */
export const recordedType = 'audio/webm';

/**
 * Makes a voice message out of a recording that is in the store: the same Opus in Ogg, beside the recording.
 * @throws WebmError, RangeError when it cannot be read
 */
export async function storeVoiceNote(
  media: MediaStore,
  recording: { readonly key: string },
  key: string,
  maxBytes: number,
): Promise<StoredMedia> {
  const stored = await media.get(recording.key);
  if (stored === null) throw new RangeError('unable to read the recording; it is not in the store');
  const bytes = new Uint8Array(await new Response(stored as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
  const ogg = writeOggOpus(readWebmOpus(bytes));
  return await media.put(key, new Blob([ogg]).stream(), { maxBytes });
}

/** The name that goes with it. */
export function voiceNoteName(fileName: string): string {
  return `${fileName.replace(/\.(webm|weba)$/i, '')}.ogg`;
}
