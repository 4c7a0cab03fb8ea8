import type { BodyOf, Routes, Survey } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { usualQuestions, usualThanks } from '../domain/survey.ts';
import { findQueue } from '../store/queues.ts';
import { surveyOf, type SurveyRow } from '../store/surveys.ts';
import type { Unit } from '../store/unit.ts';

export async function createSurvey(unit: Unit, survey: BodyOf<Routes['surveys']['create']>): Promise<Survey> {
  await requireQueue(unit, survey.queueId);
  const { origins, active, question, thanks, ...columns } = survey;
  const row = await unit.tx
    .insertInto('surveys')
    .values({
      ...columns,
      question: question ?? usualQuestions[survey.instrument],
      thanks: thanks ?? usualThanks,
      origins: JSON.stringify([...new Set(origins)]),
      active: active ? 1 : 0,
      id: newId('survey', unit.now),
      workspaceId: unit.workspaceId,
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return surveyOf(row);
}

/** What was asked before keeps the words that it was asked with. */
export async function updateSurvey(
  unit: Unit,
  surveyId: string,
  changes: BodyOf<Routes['surveys']['update']>,
): Promise<Survey> {
  const query = unit.tx
    .selectFrom('surveys')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', surveyId);
  const row = (await unit.db.lock(query).executeTakeFirst()) ?? notFound('survey');
  await requireQueue(unit, changes.queueId ?? null);
  const saved: SurveyRow = {
    ...row,
    name: changes.name ?? row.name,
    question: changes.question ?? row.question,
    thanks: changes.thanks ?? row.thanks,
    trigger: changes.trigger ?? row.trigger,
    origins: changes.origins ? JSON.stringify([...new Set(changes.origins)]) : row.origins,
    queueId: changes.queueId === undefined ? row.queueId : changes.queueId,
    expiresInSeconds: changes.expiresInSeconds ?? row.expiresInSeconds,
    active: changes.active === undefined ? row.active : changes.active ? 1 : 0,
    updatedAt: unit.now,
    version: row.version + 1,
  };
  const { id, ...columns } = saved;
  await unit.tx.updateTable('surveys').set(columns).where('id', '=', id).execute();
  return surveyOf(saved);
}

async function requireQueue(unit: Unit, queueId: string | null): Promise<void> {
  if (queueId === null || (await findQueue(unit.tx, unit.workspaceId, queueId))) return;
  refuse('validation_failed', { errors: [{ path: 'body.queueId', message: 'there is no such queue' }] });
}
