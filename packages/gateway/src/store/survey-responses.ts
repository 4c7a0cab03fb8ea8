import type { SurveyInstrument, SurveyResponse } from '@prosa/core/contract';
import { sql, type Selectable } from 'kysely';
import { isoTime, isoTimeOrNull } from '../clock.ts';
import { notFound } from '../domain/problems.ts';
import type { ScoreCount } from '../domain/survey-results.ts';
import { surveyStatusAt } from '../domain/survey.ts';
import type { Database, Reader, Tx } from './database.ts';
import { afterCursor, pageOf } from './page.ts';
import type { SurveyResponsesTable } from './desk-schema.ts';

export type SurveyResponseRow = Selectable<SurveyResponsesTable>;

function withNames(db: Reader, workspaceId: string) {
  return db
    .selectFrom('surveyResponses as r')
    .innerJoin('conversations as c', 'c.id', 'r.conversationId')
    .leftJoin('agents as agent', 'agent.id', 'r.agentId')
    .leftJoin('queues as queue', 'queue.id', 'r.queueId')
    .selectAll('r')
    .select(['c.protocol', 'agent.name as agentName', 'queue.name as queueName'])
    .where('r.workspaceId', '=', workspaceId);
}

type NamedRow = Awaited<ReturnType<ReturnType<typeof withNames>['executeTakeFirstOrThrow']>>;

function responseOf(row: NamedRow, now: number): SurveyResponse {
  return {
    id: row.id,
    surveyId: row.surveyId,
    instrument: row.instrument as SurveyInstrument,
    conversationId: row.conversationId,
    protocol: row.protocol,
    agent: person(row.agentId, row.agentName),
    queue: person(row.queueId, row.queueName),
    status: surveyStatusAt(row, now),
    skipReason: row.skipReason,
    score: row.score,
    comment: row.comment,
    sentAt: isoTime(row.sentAt),
    answeredAt: isoTimeOrNull(row.answeredAt),
    expiresAt: isoTime(row.expiresAt),
    version: row.version,
  };
}

function person(id: string | null, name: string | null) {
  return id === null || name === null ? null : { id, name };
}

export async function getSurveyResponse(
  db: Reader,
  workspaceId: string,
  id: string,
  now: number,
): Promise<SurveyResponse> {
  const row = await withNames(db, workspaceId).where('r.id', '=', id).executeTakeFirst();
  return row ? responseOf(row, now) : notFound('survey response');
}

/** What a conversation was asked, locked. The conversation is locked before it. */
export async function lockResponse(
  db: Database,
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<SurveyResponseRow | undefined> {
  const query = tx
    .selectFrom('surveyResponses')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId);
  return await db.lock(query).executeTakeFirst();
}

/** What a contact was asked: under this id, or last of all and not answered yet. */
export async function findAsked(
  db: Reader,
  workspaceId: string,
  contactId: string,
  responseId?: string,
): Promise<SurveyResponseRow | undefined> {
  const query = db
    .selectFrom('surveyResponses')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId);
  return await (
    responseId === undefined
      ? query.where('status', '=', 'sent').orderBy('sentAt', 'desc').orderBy('id', 'desc').limit(1)
      : query.where('id', '=', responseId)
  ).executeTakeFirst();
}

export interface ResponseFilter {
  readonly surveyId?: string | undefined;
  readonly instrument?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly status?: SurveyResponse['status'] | undefined;
}

const newestFirst = { column: 'r.sentAt', id: 'r.id', type: 'number', order: 'desc' } as const;

export async function listSurveyResponses(
  db: Reader,
  workspaceId: string,
  now: number,
  filter: ResponseFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = withNames(db, workspaceId)
    .orderBy('r.sentAt', 'desc')
    .orderBy('r.id', 'desc')
    .limit(page.limit + 1);
  if (filter.surveyId !== undefined) query = query.where('r.surveyId', '=', filter.surveyId);
  if (filter.instrument !== undefined) query = query.where('r.instrument', '=', filter.instrument);
  if (filter.conversationId !== undefined) query = query.where('r.conversationId', '=', filter.conversationId);
  if (filter.status !== undefined) query = query.where(statusAt(now), '=', filter.status);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, newestFirst));
  return pageOf(
    await query.execute(),
    page.limit,
    (row) => ({ key: row.sentAt, id: row.id }),
    (row) => responseOf(row, now),
  );
}

/** `surveyStatusAt`, in the database. */
function statusAt(now: number) {
  const status = sql.ref<string>('r.status');
  return sql<string>`CASE WHEN ${status} = 'sent' AND ${sql.ref('r.expiresAt')} <= ${now} THEN 'timed_out' ELSE ${status} END`;
}

export interface ResultsFilter {
  readonly instrument: string;
  readonly surveyId?: string | undefined;
  readonly queueId?: string | undefined;
  readonly agentId?: string | undefined;
  /** Asked from here on, epoch milliseconds. */
  readonly from: number;
  /** Asked before; `null`: no end. */
  readonly before: number | null;
}

export async function countScores(db: Reader, workspaceId: string, filter: ResultsFilter): Promise<ScoreCount[]> {
  let query = db
    .selectFrom('surveyResponses')
    .select((eb) => ['status', 'score', eb.fn.countAll<number>().as('count')])
    .where('workspaceId', '=', workspaceId)
    .where('instrument', '=', filter.instrument)
    .where('sentAt', '>=', filter.from)
    .groupBy(['status', 'score']);
  if (filter.before !== null) query = query.where('sentAt', '<', filter.before);
  if (filter.surveyId !== undefined) query = query.where('surveyId', '=', filter.surveyId);
  if (filter.queueId !== undefined) query = query.where('queueId', '=', filter.queueId);
  if (filter.agentId !== undefined) query = query.where('agentId', '=', filter.agentId);
  return await query.execute();
}

export async function changeResponse(
  tx: Tx,
  row: SurveyResponseRow,
  changes: Partial<SurveyResponseRow>,
): Promise<void> {
  const { id, ...columns } = { ...row, ...changes, version: row.version + 1 };
  await tx.updateTable('surveyResponses').set(columns).where('id', '=', id).execute();
}

const atOnce = 500;

/** Writes down which surveys are over. Reads do not wait for it. */
export async function closeExpiredSurveys(db: Database, now: number): Promise<void> {
  const over = await db.read
    .selectFrom('surveyResponses')
    .select('id')
    .where('status', '=', 'sent')
    .where('expiresAt', '<=', now)
    .limit(atOnce)
    .execute();
  if (over.length === 0) return;
  await db.transaction(async (tx) => {
    await tx
      .updateTable('surveyResponses')
      .set((eb) => ({ status: 'timed_out', version: eb('version', '+', 1) }))
      .where(
        'id',
        'in',
        over.map(({ id }) => id),
      )
      .where('status', '=', 'sent')
      .execute();
  });
}
