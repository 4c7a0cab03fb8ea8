import { attachmentMaxBytes } from '@prosa/core/contract';
import { isoTime } from '../clock.ts';
import { storeAttachment, type StoredFile } from '../commands/store-attachment.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { attachmentOf, findAttachmentRow } from '../store/attachments.ts';
import type { Handlers } from './handlers.ts';
import { originalOf, type MediaDeps } from './media.ts';
import { dropUpload, storeUpload } from './store-upload.ts';

export interface FileDeps extends MediaDeps {
  readonly publicUrl: string;
}

export function attachmentHandlers(deps: FileDeps): Handlers['attachments'] {
  return {
    upload: {
      prepare: (request, { query: { fileName } }, { workspaceId }): Promise<StoredFile> =>
        storeUpload(deps, request, { workspaceId, fileName, maxBytes: attachmentMaxBytes.document, stickers: true }),
      fingerprint: (file: StoredFile) => `${file.fileName}\n${file.sha256}`,
      command: (unit, principal, file: StoredFile) => storeAttachment(unit, principal, file),
      undo: (file: StoredFile) => dropUpload(deps.media, file),
    },
    async get({ db, principal }, { params }) {
      return attachmentOf(
        (await findAttachmentRow(db, principal.workspaceId, params.attachmentId)) ?? notFound('attachment'),
      );
    },
    async url({ db, principal, now }, { params, query }) {
      const row = (await findAttachmentRow(db, principal.workspaceId, params.attachmentId)) ?? notFound('attachment');
      if (row.status !== 'ready') refuse('attachment_not_ready');
      if (query.original === 'true' && row.originalKey === null) notFound('original');
      const { path, expiresAt } = await deps.links.sign(query.original === 'true' ? originalOf(row.id) : row.id, now);
      return { url: deps.publicUrl + path, expiresAt: isoTime(expiresAt) };
    },
  };
}
