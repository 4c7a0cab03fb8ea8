import type { Attachment, Message, MessageContent } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime, isoTimeOrNull } from '../clock.ts';
import { notFound } from '../domain/problems.ts';
import { attachmentOf, type AttachmentRow } from './attachments.ts';
import type { Reader } from './database.ts';
import { afterCursor, pageOf } from './page.ts';
import type { MessagesTable } from './schema.ts';

export type MessageRow = Selectable<MessagesTable>;

function messageOf(row: MessageRow, attachment: AttachmentRow | undefined): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    direction: row.direction as Message['direction'],
    author: { kind: row.authorKind as Message['author']['kind'], id: row.authorId, name: row.authorName },
    content: contentOf(row, attachment && attachmentOf(attachment)),
    status: row.status as Message['status'],
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Message['failure']),
    sentAt: isoTimeOrNull(row.sentAt),
    deliveredAt: isoTimeOrNull(row.deliveredAt),
    readAt: isoTimeOrNull(row.readAt),
    clientId: row.clientId,
    resendOf: row.resendOf,
    position: row.position,
    createdAt: isoTime(row.createdAt),
    version: row.version,
  };
}

/** `content` holds everything but the attachment and what only the gateway needs (`raw`). */
function contentOf(row: MessageRow, attachment: Attachment | undefined): MessageContent {
  const { raw: _, ...stored } = JSON.parse(row.content) as Record<string, unknown>;
  return { type: row.type, ...stored, ...(attachment && { attachment }) } as MessageContent;
}

/** Whole messages in the order of the rows. */
export async function messagesOf(db: Reader, rows: readonly MessageRow[]): Promise<Message[]> {
  const ids = rows.map((row) => row.attachmentId).filter((id) => id !== null);
  const attachments =
    ids.length === 0 ? [] : await db.selectFrom('attachments').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(attachments.map((attachment) => [attachment.id, attachment]));
  return rows.map((row) => messageOf(row, row.attachmentId === null ? undefined : byId.get(row.attachmentId)));
}

/** With its parent and workspace: an id of another conversation is not found. */
export async function getMessage(
  db: Reader,
  workspaceId: string,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  const row = await db
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('id', '=', messageId)
    .executeTakeFirst();
  const [message] = row ? await messagesOf(db, [row]) : [];
  return message ?? notFound('message');
}

/** For code that already knows the row is of this workspace. */
export async function messageFromRow(db: Reader, row: MessageRow): Promise<Message> {
  const [message] = await messagesOf(db, [row]);
  return message ?? notFound('message');
}

export async function listMessages(
  db: Reader,
  workspaceId: string,
  conversationId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  /** `desc`: newest first. */
  order: 'asc' | 'desc' = 'desc',
) {
  let query = db
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .orderBy('position', order)
    .orderBy('id', order)
    .limit(page.limit + 1);
  const key = { column: 'position', id: 'id', type: 'number', order } as const;
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, key));
  const { data, nextCursor } = pageOf(
    await query.execute(),
    page.limit,
    (row) => ({ key: row.position, id: row.id }),
    (row) => row,
  );
  return { data: await messagesOf(db, data), nextCursor };
}
