import { visitorFileMaxBytes } from '../channels/webchat/config.ts';
import { isoTime } from '../clock.ts';
import type { VisitorPrincipal } from '../commands/principal.ts';
import { storeAttachment, type StoredFile } from '../commands/store-attachment.ts';
import { notFound, refuse } from '../domain/problems.ts';
import type { AttachmentRow } from '../store/attachments.ts';
import type { Reader } from '../store/database.ts';
import type { FileDeps } from './attachments.ts';
import type { Handlers } from './handlers.ts';
import { dropUpload, storeUpload } from './store-upload.ts';
import type { VisitorLimits } from './visitor-limits.ts';

type WebchatFileHandlers = Pick<Handlers['webchat'], 'upload' | 'attachmentUrl'>;

export function webchatFileHandlers(deps: FileDeps & { readonly limits: VisitorLimits }): WebchatFileHandlers {
  return {
    upload: {
      prepare(request, { query: { fileName } }, { workspaceId, contactId }): Promise<StoredFile> {
        deps.limits('uploads', contactId);
        return storeUpload(deps, request, { workspaceId, fileName, maxBytes: visitorFileMaxBytes });
      },
      fingerprint: (file: StoredFile) => `${file.fileName}\n${file.sha256}`,
      command: (unit, principal, file: StoredFile) => storeAttachment(unit, principal, file),
      undo: (file: StoredFile) => dropUpload(deps.media, file),
    },
    async attachmentUrl({ db, principal, now }, { params }) {
      const row = (await findForVisitor(db, principal, params.attachmentId)) ?? notFound('attachment');
      if (row.status !== 'ready') refuse('attachment_not_ready');
      const { path, expiresAt } = await deps.links.sign(row.id, now);
      return { url: deps.publicUrl + path, expiresAt: isoTime(expiresAt) };
    },
  };
}

/** What the visitor uploaded, or what a message that the visitor sees carries. */
async function findForVisitor(
  db: Reader,
  { workspaceId, contactId }: VisitorPrincipal,
  id: string,
): Promise<AttachmentRow | undefined> {
  return await db
    .selectFrom('attachments')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('createdBy', '=', contactId),
        eb.exists(
          eb
            .selectFrom('messages as m')
            .innerJoin('conversations as c', 'c.id', 'm.conversationId')
            .select('m.id')
            .whereRef('m.id', '=', 'attachments.messageId')
            .where('m.direction', '<>', 'internal')
            .where('c.workspaceId', '=', workspaceId)
            .where('c.contactId', '=', contactId),
        ),
      ]),
    )
    .executeTakeFirst();
}
