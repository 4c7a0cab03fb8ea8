import type { Attachment } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import type { Reader } from './database.ts';
import type { AttachmentsTable } from './schema.ts';

export type AttachmentRow = Selectable<AttachmentsTable>;

export function attachmentOf(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    kind: row.kind as Attachment['kind'],
    fileName: row.fileName,
    mimeType: row.mimeType,
    size: row.size,
    status: row.status as Attachment['status'],
    createdAt: isoTime(row.createdAt),
    version: row.version,
  };
}

export async function findAttachmentRow(
  db: Reader,
  workspaceId: string,
  id: string,
): Promise<AttachmentRow | undefined> {
  return await db
    .selectFrom('attachments')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}
