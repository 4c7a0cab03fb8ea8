import { attachmentMaxBytes } from '@prosa/core/contract';
import type { StoredFile } from '../commands/store-attachment.ts';
import { newId } from '../domain/ids.ts';
import { refuse } from '../domain/problems.ts';
import { acceptFile, type AcceptOptions } from '../media/accept-file.ts';
import { visibleFileName } from '../media/disposition.ts';
import { MediaTooLargeError, type MediaStore, type StoredMedia } from '../media/media-store.ts';
import { sizeInWords } from '../media/size-in-words.ts';
import { sniff } from '../media/sniff.ts';
import { recordedType, storeVoiceNote, voiceNoteName } from '../media/voice-note.ts';
import { WebmError } from '../media/webm-opus.ts';
import type { MediaDeps } from './media.ts';

/**
 * Stores the body of the request under a key of our own, and refuses what may not be sent. What a browser recorded becomes
 * a voice message.
 */
export async function storeUpload(
  { media, clock }: Pick<MediaDeps, 'media' | 'clock'>,
  request: Request,
  {
    workspaceId,
    fileName: given,
    maxBytes,
    ...options
  }: { readonly workspaceId: string; readonly fileName: string; readonly maxBytes: number } & AcceptOptions,
): Promise<StoredFile> {
  if (!request.body) refuse('validation_failed', { errors: [{ path: 'body', message: 'must be a file' }] });
  const fileName = visibleFileName(given);
  const newKey = () => `${workspaceId}/${newId('attachment', clock.now())}`;
  const storageKey = newKey();
  try {
    const stored = await media.put(storageKey, request.body, { maxBytes });
    if (sniff(stored.head)?.mimeType === recordedType) {
      return await storeRecording(media, { stored, storageKey, fileName }, newKey());
    }
    return { storageKey, originalKey: null, ...(await accept(media, storageKey, stored, fileName, options)) };
  } catch (error) {
    if (error instanceof MediaTooLargeError) {
      refuse('payload_too_large', {
        detail: `A file can have at most ${sizeInWords(error.maxBytes)}, and this one has more.`,
      });
    }
    throw error;
  }
}

/** Removes what was stored for nothing. */
export async function dropUpload(media: MediaStore, { storageKey, originalKey }: StoredFile): Promise<void> {
  for (const key of [storageKey, originalKey]) if (key !== null) await media.delete(key);
}

async function accept(
  media: MediaStore,
  key: string,
  stored: StoredMedia,
  fileName: string,
  options: AcceptOptions = {},
) {
  const accepted = acceptFile(stored, fileName, options);
  if (accepted.outcome === 'accepted') {
    const { size, sha256 } = stored;
    return { fileName, size, sha256, ...accepted.type };
  }
  await media.delete(key);
  refuse(accepted.outcome === 'too_large' ? 'payload_too_large' : 'media_type_not_allowed', {
    detail: accepted.detail,
  });
}

/** What the browser recorded, as a voice message that channels take; the recording stays. */
async function storeRecording(
  media: MediaStore,
  recording: { readonly stored: StoredMedia; readonly storageKey: string; readonly fileName: string },
  key: string,
): Promise<StoredFile> {
  const { stored, storageKey: originalKey, fileName } = recording;
  try {
    if (stored.size > attachmentMaxBytes.audio) throw new MediaTooLargeError(attachmentMaxBytes.audio);
    const note = await storeVoiceNote(media, { key: originalKey }, key, attachmentMaxBytes.audio);
    return { storageKey: key, originalKey, ...(await accept(media, key, note, voiceNoteName(fileName))) };
  } catch (error) {
    await media.delete(originalKey);
    if (!(error instanceof WebmError || error instanceof RangeError)) throw error;
    refuse('media_type_not_allowed', { detail: 'The recording cannot be read: it has no whole sound of Opus in it.' });
  }
}
