import { attachmentMaxBytes } from '@prosa/core/contract';
import { isoTime } from '../clock.ts';
import { storeAttachment, type StoredFile } from '../commands/store-attachment.ts';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { acceptFile } from '../media/accept-file.ts';
import { MediaTooLargeError } from '../media/media-store.ts';
import { attachmentOf, findAttachmentRow } from '../store/attachments.ts';
import type { Handlers } from './handlers.ts';
import type { MediaDeps } from './media.ts';

export function attachmentHandlers(deps: MediaDeps & { readonly publicUrl: string }): Handlers['attachments'] {
  return {
    upload: {
      async prepare(request, { query }, principal): Promise<StoredFile> {
        if (!request.body) refuse('validation_failed', { errors: [{ path: 'body', message: 'must be a file' }] });
        const storageKey = `${principal.workspaceId}/${newId('attachment', deps.clock.now())}`;
        try {
          const stored = await deps.media.put(storageKey, request.body, { maxBytes: attachmentMaxBytes.document });
          const accepted = acceptFile(stored, query.fileName);
          if (accepted.outcome === 'accepted') {
            const { size, sha256 } = stored;
            return { storageKey, fileName: query.fileName, size, sha256, ...accepted.type };
          }
          await deps.media.delete(storageKey);
          refuse(accepted.outcome === 'too_large' ? 'payload_too_large' : 'media_type_not_allowed', {
            detail: accepted.detail,
          });
        } catch (error) {
          if (error instanceof MediaTooLargeError) refuse('payload_too_large', { detail: error.message });
          throw error;
        }
      },
      fingerprint: (file: StoredFile) => `${file.fileName}\n${file.sha256}`,
      command: (unit, principal, file: StoredFile) => storeAttachment(unit, principal, file),
      undo: (file: StoredFile) => deps.media.delete(file.storageKey),
    },
    async get({ db, principal }, { params }) {
      return attachmentOf(
        (await findAttachmentRow(db, principal.workspaceId, params.attachmentId)) ?? notFound('attachment'),
      );
    },
    async url({ db, principal, now }, { params }) {
      const row = (await findAttachmentRow(db, principal.workspaceId, params.attachmentId)) ?? notFound('attachment');
      if (row.status !== 'ready') refuse('attachment_not_ready');
      const { path, expiresAt } = await deps.links.sign(row.id, now);
      return { url: deps.publicUrl + path, expiresAt: isoTime(expiresAt) };
    },
  };
}
