import type { VisitorMessage } from '@prosa/core/contract';
import { notFound } from '../domain/problems.ts';
import { visitorMessageOf } from '../domain/visitor-message.ts';
import type { Reader } from './database.ts';
import { listMessages, messageFromRow, messagesOf } from './messages.ts';
import { encodeCursor } from './page.ts';
import type { VisitorScope } from './visitor-conversations.ts';

/** Messages of one visitor's conversations, and nobody else's. */
function ofVisitor(db: Reader, { workspaceId, contactId }: VisitorScope) {
  return db
    .selectFrom('messages as m')
    .innerJoin('conversations as c', 'c.id', 'm.conversationId')
    .selectAll('m')
    .where('m.workspaceId', '=', workspaceId)
    .where('c.workspaceId', '=', workspaceId)
    .where('c.contactId', '=', contactId);
}

/** What the visitor sent under this name before. */
export async function findSentByVisitor(db: Reader, visitor: VisitorScope, clientId: string) {
  return await ofVisitor(db, visitor)
    .where('m.clientId', '=', clientId)
    .where('m.direction', '=', 'inbound')
    .executeTakeFirst();
}

export async function getVisitorMessage(db: Reader, visitor: VisitorScope, messageId: string): Promise<VisitorMessage> {
  const row = await ofVisitor(db, visitor).where('m.id', '=', messageId).executeTakeFirst();
  return (row && visitorMessageOf(await messageFromRow(db, row))) ?? notFound('message');
}

/** By id, as they are now; what is not for the visitor is left out. */
export async function visitorMessages(
  db: Reader,
  visitor: VisitorScope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VisitorMessage>> {
  if (ids.length === 0) return new Map();
  const messages = await messagesOf(db, await ofVisitor(db, visitor).where('m.id', 'in', ids).execute());
  const shown = messages.map(visitorMessageOf).filter((message) => message !== null);
  return new Map(shown.map((message) => [message.id, message]));
}

/**
 * Newest first. What is hidden is passed over, so a page is read in as many steps as it takes to fill it. The caller
 * has made sure that the conversation is the visitor's.
 */
export async function listVisitorMessages(
  db: Reader,
  { workspaceId }: VisitorScope,
  conversationId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ data: VisitorMessage[]; nextCursor: string | null }> {
  const found: VisitorMessage[] = [];
  let { cursor } = page;
  for (;;) {
    const step = await listMessages(db, workspaceId, conversationId, { limit: page.limit + 1, cursor });
    found.push(...step.data.map(visitorMessageOf).filter((message) => message !== null));
    if (step.nextCursor === null || found.length > page.limit) break;
    cursor = step.nextCursor;
  }
  const data = found.slice(0, page.limit);
  const last = data.at(-1);
  const nextCursor = found.length > page.limit && last ? encodeCursor({ key: last.position, id: last.id }) : null;
  return { data, nextCursor };
}
