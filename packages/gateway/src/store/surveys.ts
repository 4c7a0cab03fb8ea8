import { surveyScales, type Survey, type SurveyInstrument, type VisitorSurvey } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import { notFound } from '../domain/problems.ts';
import type { Reader } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { SurveysTable } from './desk-schema.ts';

export type SurveyRow = Selectable<SurveysTable>;

export function surveyOf(row: SurveyRow): Survey {
  return {
    id: row.id,
    instrument: row.instrument as SurveyInstrument,
    name: row.name,
    question: row.question,
    thanks: row.thanks,
    trigger: row.trigger as Survey['trigger'],
    origins: JSON.parse(row.origins) as Survey['origins'],
    queueId: row.queueId,
    expiresInSeconds: row.expiresInSeconds,
    active: row.active === 1,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

export async function findSurveyRow(db: Reader, workspaceId: string, id: string): Promise<SurveyRow | undefined> {
  return await db
    .selectFrom('surveys')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function getSurvey(db: Reader, workspaceId: string, id: string): Promise<Survey> {
  return surveyOf((await findSurveyRow(db, workspaceId, id)) ?? notFound('survey'));
}

export async function listSurveys(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = db
    .selectFrom('surveys')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byName));
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.name, id: row.id }), surveyOf);
}

/** The active ones, of an instrument or of a trigger. */
export async function activeSurveys(
  db: Reader,
  workspaceId: string,
  of: { readonly instrument: string } | { readonly trigger: Survey['trigger'] },
): Promise<SurveyRow[]> {
  const query = db.selectFrom('surveys').selectAll().where('workspaceId', '=', workspaceId).where('active', '=', 1);
  return await (
    'trigger' in of ? query.where('trigger', '=', of.trigger) : query.where('instrument', '=', of.instrument)
  ).execute();
}

/**
 * The surveys of conversations as their visitors see them: while an answer is accepted, and the answer itself until
 * then. Conversations without one are left out. The caller has made sure that they are the visitor's.
 */
export async function visitorSurveysOf(
  db: Reader,
  conversationIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, VisitorSurvey>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('surveyResponses')
    .selectAll()
    .where('conversationId', 'in', conversationIds)
    .where('status', 'in', ['sent', 'answered'])
    .where('expiresAt', '>', now)
    .execute();
  return new Map(
    rows.map(({ conversationId, instrument, question, thanks, score, expiresAt }) => [
      conversationId,
      {
        instrument: instrument as SurveyInstrument,
        question,
        thanks,
        ...surveyScales[instrument as SurveyInstrument],
        score,
        expiresAt: isoTime(expiresAt),
      },
    ]),
  );
}
