import type { StoredFile } from '../commands/store-attachment.ts';
import { newId } from '../domain/ids.ts';
import { refuse } from '../domain/problems.ts';
import { acceptFile } from '../media/accept-file.ts';
import { visibleFileName } from '../media/disposition.ts';
import { MediaTooLargeError } from '../media/media-store.ts';
import type { MediaDeps } from './media.ts';

/** Stores the body of the request under a key of our own, and refuses what may not be sent. */
export async function storeUpload(
  { media, clock }: Pick<MediaDeps, 'media' | 'clock'>,
  request: Request,
  {
    workspaceId,
    fileName: given,
    maxBytes,
  }: { readonly workspaceId: string; readonly fileName: string; readonly maxBytes: number },
): Promise<StoredFile> {
  if (!request.body) refuse('validation_failed', { errors: [{ path: 'body', message: 'must be a file' }] });
  const fileName = visibleFileName(given);
  const storageKey = `${workspaceId}/${newId('attachment', clock.now())}`;
  try {
    const stored = await media.put(storageKey, request.body, { maxBytes });
    const accepted = acceptFile(stored, fileName);
    if (accepted.outcome === 'accepted') {
      const { size, sha256 } = stored;
      return { storageKey, fileName, size, sha256, ...accepted.type };
    }
    await media.delete(storageKey);
    refuse(accepted.outcome === 'too_large' ? 'payload_too_large' : 'media_type_not_allowed', {
      detail: accepted.detail,
    });
  } catch (error) {
    if (error instanceof MediaTooLargeError) refuse('payload_too_large', { detail: error.message });
    throw error;
  }
}
