import type { VisitorConversation } from '@prosa/core/contract';
import { isoTime, isoTimeOrNull } from '../clock.ts';
import type { VisitorPrincipal } from '../commands/principal.ts';
import { notFound } from '../domain/problems.ts';
import type { Reader } from './database.ts';
import { afterCursor, pageOf } from './page.ts';

export type VisitorScope = Pick<VisitorPrincipal, 'workspaceId' | 'contactId'>;

/** Conversations of one visitor, and nobody else's. Every look-up of a visitor begins here. */
function ofVisitor(db: Reader, { workspaceId, contactId }: VisitorScope) {
  return db
    .selectFrom('conversations as c')
    .leftJoin('agents as assignee', 'assignee.id', 'c.assigneeId')
    .where('c.workspaceId', '=', workspaceId)
    .where('c.contactId', '=', contactId)
    .select([
      'c.id',
      'c.status',
      'c.subject',
      'c.protocol',
      'c.agentReadPosition',
      'c.createdAt',
      'c.closedAt',
      'c.version',
      'assignee.name as agentName',
    ])
    .select((eb) =>
      eb
        .selectFrom('messages as m')
        .whereRef('m.conversationId', '=', 'c.id')
        .whereRef('m.position', '>', 'c.visitorReadPosition')
        .where('m.direction', '=', 'outbound')
        .where('m.authorKind', 'in', ['agent', 'api'])
        .select(eb.fn.countAll<number>().as('count'))
        .as('unreadCount'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof ofVisitor>['executeTakeFirstOrThrow']>>;

const statuses: Readonly<Record<string, VisitorConversation['status']>> = {
  awaiting_reply: 'waiting',
  queued: 'waiting',
  active: 'active',
  wrap_up: 'ended',
  closed: 'ended',
};

async function conversationOf(row: Row): Promise<VisitorConversation> {
  const status = statuses[row.status] ?? 'ended';
  return Promise.resolve({
    id: row.id,
    status,
    subject: row.subject,
    agentName: status === 'active' ? row.agentName : null,
    protocol: row.protocol,
    unreadCount: row.unreadCount ?? 0,
    readPosition: row.agentReadPosition,
    survey: null,
    createdAt: isoTime(row.createdAt),
    endedAt: isoTimeOrNull(row.closedAt),
    version: row.version,
  });
}

export async function getVisitorConversation(
  db: Reader,
  visitor: VisitorScope,
  conversationId: string,
): Promise<VisitorConversation> {
  const row = await ofVisitor(db, visitor).where('c.id', '=', conversationId).executeTakeFirst();
  return row ? await conversationOf(row) : notFound('conversation');
}

/** By id; those that are not the visitor's are left out. */
export async function visitorConversations(
  db: Reader,
  visitor: VisitorScope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VisitorConversation>> {
  if (ids.length === 0) return new Map();
  const rows = await ofVisitor(db, visitor).where('c.id', 'in', ids).execute();
  const found = await Promise.all(rows.map((row) => conversationOf(row)));
  return new Map(found.map((conversation) => [conversation.id, conversation]));
}

/** The one that is open, otherwise the last one; `null` before the first. */
export async function currentVisitorConversation(
  db: Reader,
  visitor: VisitorScope,
): Promise<VisitorConversation | null> {
  const newest = ofVisitor(db, visitor).orderBy('c.createdAt', 'desc').orderBy('c.id', 'desc').limit(1);
  const row =
    (await newest.where('c.status', 'not in', ['closed', 'wrap_up']).executeTakeFirst()) ??
    (await newest.executeTakeFirst());
  return row ? await conversationOf(row) : null;
}

const newestFirst = { column: 'c.createdAt', id: 'c.id', type: 'number', order: 'desc' } as const;

export async function listVisitorConversations(
  db: Reader,
  visitor: VisitorScope,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = ofVisitor(db, visitor)
    .orderBy('c.createdAt', 'desc')
    .orderBy('c.id', 'desc')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, newestFirst));
  const { data, nextCursor } = pageOf(
    await query.execute(),
    page.limit,
    (row) => ({ key: row.createdAt, id: row.id }),
    (row) => row,
  );
  return { data: await Promise.all(data.map((row) => conversationOf(row))), nextCursor };
}
