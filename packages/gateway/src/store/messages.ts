import type { Attachment, Message, MessageContent } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime, isoTimeOrNull } from '../clock.ts';
import { notFound } from '../domain/problems.ts';
import { shownReactions } from '../domain/reactions.ts';
import { attachmentOf } from './attachments.ts';
import type { Reader } from './database.ts';
import { afterCursor, decodeCursor, encodeCursor, pageOf, type Position } from './page.ts';
import type { MessagesTable } from './message-schema.ts';

export type MessageRow = Selectable<MessagesTable>;

function messageOf(row: MessageRow, content: StoredContent, files: Files): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    direction: row.direction as Message['direction'],
    author: { kind: row.authorKind as Message['author']['kind'], id: row.authorId, name: row.authorName },
    content: contentOf(row, content, files),
    status: row.status as Message['status'],
    failure: parsed<Message['failure']>(row.failure),
    sentAt: isoTimeOrNull(row.sentAt),
    deliveredAt: isoTimeOrNull(row.deliveredAt),
    readAt: isoTimeOrNull(row.readAt),
    clientId: row.clientId,
    resendOf: row.resendOf,
    replyTo: parsed<Message['replyTo']>(row.replyTo),
    reactions: shownReactions(parsed<Message['reactions']>(row.reactions)),
    forwarded: row.forwarded as Message['forwarded'],
    referral: parsed<Message['referral']>(row.referral),
    pricing: parsed<Message['pricing']>(row.pricing),
    editedAt: isoTimeOrNull(row.editedAt),
    revokedAt: isoTimeOrNull(row.revokedAt),
    position: row.position,
    createdAt: isoTime(row.createdAt),
    version: row.version,
  };
}

function parsed<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T);
}

type Files = ReadonlyMap<string, Attachment>;

/** Everything but the files, which are named by their ids. */
interface StoredContent extends Readonly<Record<string, unknown>> {
  readonly cards?: readonly ({ readonly attachmentId?: string } & Readonly<Record<string, unknown>>)[];
}

/** Without what only the gateway needs (`raw`), and with the files. */
function contentOf({ type, attachmentId }: MessageRow, { raw: _, ...stored }: StoredContent, files: Files) {
  const attachment = attachmentId === null ? undefined : files.get(attachmentId);
  const cards = stored.cards?.map(({ attachmentId: id, ...card }) => {
    const file = id === undefined ? undefined : files.get(id);
    return { ...card, ...(file && { attachment: file }) };
  });
  return { type, ...stored, ...(attachment && { attachment }), ...(cards && { cards }) } as MessageContent;
}

/** Whole messages in the order of the rows. */
export async function messagesOf(db: Reader, rows: readonly MessageRow[]): Promise<Message[]> {
  const contents = rows.map(({ content }) => JSON.parse(content) as StoredContent);
  const ids = [
    ...rows.map(({ attachmentId }) => attachmentId),
    ...contents.flatMap(({ cards = [] }) => cards.map(({ attachmentId }) => attachmentId ?? null)),
  ].filter((id) => id !== null);
  const found = ids.length === 0 ? [] : await db.selectFrom('attachments').selectAll().where('id', 'in', ids).execute();
  const files = new Map(found.map((row) => [row.id, attachmentOf(row)]));
  return rows.map((row, index) => messageOf(row, contents[index] ?? {}, files));
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

const byPosition = { column: 'position', id: 'id', type: 'number' } as const;

/** All messages of a conversation that is of the workspace, in an order. */
function thread(db: Reader, workspaceId: string, conversationId: string, order: 'asc' | 'desc', limit: number) {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .orderBy('position', order)
    .orderBy('id', order)
    .limit(limit);
}

const positionOf = (row: MessageRow): Position => ({ key: row.position, id: row.id });

export async function listMessages(
  db: Reader,
  workspaceId: string,
  conversationId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  /** `desc`: newest first. */
  order: 'asc' | 'desc' = 'desc',
) {
  let query = thread(db, workspaceId, conversationId, order, page.limit + 1);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, { ...byPosition, order }));
  const { data, nextCursor } = pageOf(await query.execute(), page.limit, positionOf, (row) => row);
  return { data: await messagesOf(db, data), nextCursor };
}

/** A page newest first that goes on both ways. */
export interface ThreadPage {
  readonly data: Message[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
}

/** Told from a cursor to older messages by this before the id, which no id has. */
const towardsNewer = '>';

/** The messages that are newer than the page that gave the cursor; `null`: it is a cursor to older ones. */
export async function listNewerMessages(
  db: Reader,
  workspaceId: string,
  conversationId: string,
  { cursor, limit }: { readonly cursor: string; readonly limit: number },
): Promise<ThreadPage | null> {
  const after = decodeCursor(cursor, 'number');
  if (!after.id.startsWith(towardsNewer)) return null;
  const rows = await thread(db, workspaceId, conversationId, 'asc', limit + 1)
    .where('position', '>', Number(after.key))
    .execute();
  return await threadPage(db, rows.slice(0, limit).toReversed(), { newer: rows.length > limit, older: true });
}

/** The page that has the message in its middle; near an end of the conversation the other side is longer. */
export async function listMessagesAround(
  db: Reader,
  workspaceId: string,
  conversationId: string,
  { around, limit }: { readonly around: string; readonly limit: number },
): Promise<ThreadPage> {
  const { position } = await getMessage(db, workspaceId, conversationId, around);
  const side = (order: 'asc' | 'desc') => thread(db, workspaceId, conversationId, order, limit + 1);
  const [older, newer] = await Promise.all([
    side('desc').where('position', '<=', position).execute(),
    side('asc').where('position', '>', position).execute(),
  ]);
  const half = Math.floor(limit / 2);
  const newerShown = Math.min(newer.length, Math.max(half, limit - older.length));
  const shown = [...newer.slice(0, newerShown).toReversed(), ...older.slice(0, limit - newerShown)];
  const more = { newer: newer.length > newerShown, older: older.length > limit - newerShown };
  return await threadPage(db, shown, more);
}

async function threadPage(
  db: Reader,
  rows: readonly MessageRow[],
  more: { readonly newer: boolean; readonly older: boolean },
): Promise<ThreadPage> {
  const [newest, oldest] = [rows[0], rows.at(-1)];
  return {
    data: await messagesOf(db, rows),
    nextCursor: more.older && oldest ? encodeCursor(positionOf(oldest)) : null,
    previousCursor: more.newer && newest ? encodeCursor({ key: newest.position, id: towardsNewer + newest.id }) : null,
  };
}
