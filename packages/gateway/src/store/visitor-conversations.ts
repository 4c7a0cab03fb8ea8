import { chatOverStatuses } from '../domain/lifecycle.ts';
import type { VisitorConversation, VisitorSurvey } from '@prosa/core/contract';
import { isoTime, isoTimeOrNull } from '../clock.ts';
import type { VisitorPrincipal } from '../commands/principal.ts';
import { notFound } from '../domain/problems.ts';
import type { Reader } from './database.ts';
import { afterCursor, pageOf } from './page.ts';
import { visitorSurveysOf } from './surveys.ts';

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
      'c.endedAt',
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
  triage: 'waiting',
  bot: 'waiting',
  awaiting_reply: 'waiting',
  queued: 'waiting',
  offered: 'waiting',
  active: 'active',
  pending: 'active',
  wrap_up: 'ended',
  closed: 'ended',
  expired: 'ended',
};

function conversationOf(row: Row, survey: VisitorSurvey | null): VisitorConversation {
  const status = statuses[row.status] ?? 'ended';
  return {
    id: row.id,
    status,
    subject: row.subject,
    agentName: status === 'active' ? row.agentName : null,
    protocol: row.protocol,
    unreadCount: row.unreadCount ?? 0,
    readPosition: row.agentReadPosition,
    survey,
    createdAt: isoTime(row.createdAt),
    endedAt: isoTimeOrNull(row.endedAt),
    version: row.version,
  };
}

async function conversationsOf(db: Reader, rows: readonly Row[], now: number): Promise<VisitorConversation[]> {
  const ids = rows.map(({ id }) => id);
  const surveys = await visitorSurveysOf(db, ids, now);
  return rows.map((row) => conversationOf(row, surveys.get(row.id) ?? null));
}

async function oneOf(db: Reader, row: Row | undefined, now: number): Promise<VisitorConversation | null> {
  return row ? ((await conversationsOf(db, [row], now))[0] ?? null) : null;
}

export async function getVisitorConversation(
  db: Reader,
  visitor: VisitorScope,
  conversationId: string,
  /** Epoch milliseconds: whether a survey is still open. */
  now: number,
): Promise<VisitorConversation> {
  const row = await ofVisitor(db, visitor).where('c.id', '=', conversationId).executeTakeFirst();
  return (await oneOf(db, row, now)) ?? notFound('conversation');
}

/** By id; those that are not the visitor's are left out. */
export async function visitorConversations(
  db: Reader,
  visitor: VisitorScope,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, VisitorConversation>> {
  if (ids.length === 0) return new Map();
  const rows = await ofVisitor(db, visitor).where('c.id', 'in', ids).execute();
  const found = await conversationsOf(db, rows, now);
  return new Map(found.map((conversation) => [conversation.id, conversation]));
}

/** The one that is open, otherwise the last one; `null` before the first. */
export async function currentVisitorConversation(
  db: Reader,
  visitor: VisitorScope,
  now: number,
): Promise<VisitorConversation | null> {
  const newest = ofVisitor(db, visitor).orderBy('c.createdAt', 'desc').orderBy('c.id', 'desc').limit(1);
  const row =
    (await newest.where('c.status', 'not in', chatOverStatuses).executeTakeFirst()) ??
    (await newest.executeTakeFirst());
  return await oneOf(db, row, now);
}

const newestFirst = { column: 'c.createdAt', id: 'c.id', type: 'number', order: 'desc' } as const;

export async function listVisitorConversations(
  db: Reader,
  visitor: VisitorScope,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  now: number,
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
  return { data: await conversationsOf(db, data, now), nextCursor };
}
