import { recipientStates, type Dispatch, type RecipientState } from '@prosa/core/contract';
import { sql, type Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import { isSendable } from '../domain/hsm.ts';
import { notFound } from '../domain/problems.ts';
import type { Database, Reader, Tx } from './database.ts';
import type { DispatchesTable } from './dispatch-schema.ts';
import { componentsOf } from './message-templates.ts';
import { afterCursor, pageOf } from './page.ts';

export type DispatchRow = Selectable<DispatchesTable>;

/** Nobody is written to any more. */
export function isDispatchOver({ status }: Pick<DispatchRow, 'status'>): boolean {
  return status === 'finished' || status === 'cancelled';
}

/**
 * What has become of a person, by their message where there is one: so that whatever is told of a message counts at once,
 * and nothing has to be kept in step. Needs the messages and conversations joined.
 */
export const recipientState = sql<RecipientState>`case
  when dispatch_recipients.state <> 'written' then dispatch_recipients.state
  when messages.status = 'failed' then 'failed'
  when conversations.last_inbound_at is not null then 'replied'
  when messages.status = 'pending' and messages.provider_id is null then 'sending'
  when messages.status = 'pending' then 'sent'
  when messages.status = 'played' then 'read'
  else messages.status end`;

/** The people of dispatches, with the message and the conversation of each. */
export function recipientsWithMessages(db: Reader) {
  return db
    .selectFrom('dispatchRecipients')
    .leftJoin('messages', 'messages.id', 'dispatchRecipients.messageId')
    .leftJoin('conversations', 'conversations.id', 'dispatchRecipients.conversationId');
}

type Counts = Dispatch['counts'];

export async function countsOf(db: Reader, dispatchIds: readonly string[]): Promise<ReadonlyMap<string, Counts>> {
  const none = Object.fromEntries(recipientStates.map((state) => [state, 0])) as Counts;
  const counts = new Map<string, Counts>(dispatchIds.map((id) => [id, none]));
  if (dispatchIds.length === 0) return counts;
  const rows = await recipientsWithMessages(db)
    .select(['dispatchRecipients.dispatchId', recipientState.as('is'), (eb) => eb.fn.countAll().as('people')])
    .where('dispatchRecipients.dispatchId', 'in', dispatchIds)
    .groupBy(['dispatchRecipients.dispatchId', recipientState])
    .execute();
  for (const { dispatchId, is, people } of rows) {
    counts.set(dispatchId, { ...(counts.get(dispatchId) ?? none), [is]: Number(people) });
  }
  return counts;
}

/** With what can hold it. */
function dispatchesOf(db: Reader, workspaceId: string) {
  return db
    .selectFrom('dispatches')
    .leftJoin('channels', 'channels.id', 'dispatches.channelId')
    .leftJoin('messageTemplates', (join) =>
      join.onRef('messageTemplates.id', '=', 'dispatches.templateId').on('messageTemplates.deletedAt', 'is', null),
    )
    .selectAll('dispatches')
    .select([
      'channels.version as channelVersion',
      'channels.pausedVersion',
      'messageTemplates.status as templateStatus',
      'messageTemplates.components',
    ])
    .where('dispatches.workspaceId', '=', workspaceId);
}

type Found = DispatchRow & {
  readonly channelVersion: number | null;
  readonly pausedVersion: number | null;
  readonly templateStatus: string | null;
  readonly components: string | null;
};

function pauseOf(row: Found, now: number): Dispatch['pause'] {
  if (row.status !== 'running') return null;
  if (row.channelVersion !== null && row.pausedVersion === row.channelVersion)
    return { reason: 'channel', until: null };
  const { templateStatus, components, limitedUntil } = row;
  if (templateStatus !== null && components !== null && !isSendable(templateStatus, componentsOf({ components })))
    return { reason: 'template', until: null };
  return limitedUntil !== null && limitedUntil > now
    ? { reason: 'messaging_limit', until: isoTime(limitedUntil) }
    : null;
}

function dispatchOf(row: Found, counts: Counts, now: number): Dispatch {
  const time = (at: number | null) => (at === null ? null : isoTime(at));
  const pause = pauseOf(row, now);
  return {
    id: row.id,
    name: row.name,
    channelId: row.channelId,
    template: { id: row.templateId, name: row.templateName, language: row.templateLanguage },
    status: pause === null ? (row.status as Dispatch['status']) : 'paused',
    pause,
    scheduledAt: time(row.scheduledAt),
    startedAt: time(row.startedAt),
    finishedAt: time(row.finishedAt),
    replyQueueId: row.replyQueueId,
    createdBy: { id: row.creatorId, name: row.creatorName },
    total: row.total,
    counts,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

async function withCounts(db: Reader, rows: readonly Found[], now: number): Promise<readonly Dispatch[]> {
  const counts = await countsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => dispatchOf(row, counts.get(row.id) as Counts, now));
}

/** @param now epoch milliseconds, for what holds it until then */
export async function getDispatch(db: Reader, workspaceId: string, id: string, now: number): Promise<Dispatch> {
  const row = await dispatchesOf(db, workspaceId).where('dispatches.id', '=', id).executeTakeFirst();
  const [dispatch] = row ? await withCounts(db, [row], now) : [];
  return dispatch ?? notFound('dispatch');
}

export async function requireDispatch(db: Reader, workspaceId: string, id: string): Promise<DispatchRow> {
  const query = db.selectFrom('dispatches').selectAll().where('workspaceId', '=', workspaceId).where('id', '=', id);
  return (await query.executeTakeFirst()) ?? notFound('dispatch');
}

export async function lockDispatch(db: Database, tx: Tx, workspaceId: string, id: string): Promise<DispatchRow> {
  const query = tx.selectFrom('dispatches').selectAll().where('workspaceId', '=', workspaceId).where('id', '=', id);
  return (await db.lock(query).executeTakeFirst()) ?? notFound('dispatch');
}

const newestFirst = { column: 'dispatches.createdAt', id: 'dispatches.id', type: 'number', order: 'desc' } as const;

export async function listDispatches(
  db: Reader,
  workspaceId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  now: number,
) {
  let query = dispatchesOf(db, workspaceId)
    .orderBy('dispatches.createdAt', 'desc')
    .orderBy('dispatches.id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where(afterCursor(cursor, newestFirst));
  const page = pageOf(
    await query.execute(),
    limit,
    (row) => ({ key: row.createdAt, id: row.id }),
    (row) => row,
  );
  return { data: [...(await withCounts(db, page.data, now))], nextCursor: page.nextCursor };
}

/** Those that there may be something to do for. */
export async function dueDispatches(db: Reader, now: number, limit: number) {
  return await db
    .selectFrom('dispatches')
    .select(['id', 'workspaceId'])
    .where('status', 'in', ['scheduled', 'running'])
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(limit)
    .execute();
}

/** How many of its messages have been handed to delivery and not left yet. */
export async function underWayOf(db: Reader, dispatchId: string): Promise<number> {
  const { jobs } = await db
    .selectFrom('jobs')
    .select((eb) => eb.fn.countAll().as('jobs'))
    .where('dispatchId', '=', dispatchId)
    .where('state', 'in', ['queued', 'running', 'calling'])
    .executeTakeFirstOrThrow();
  return Number(jobs);
}
