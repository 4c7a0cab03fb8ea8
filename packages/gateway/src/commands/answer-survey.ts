import type { SurveyInstrument, SurveyResponse } from '@prosa/core/contract';
import { surveyScales } from '@prosa/core/contract';
import { notFound, refuse } from '../domain/problems.ts';
import { isScore } from '../domain/survey.ts';
import { changeResponse, getSurveyResponse, lockResponse, type SurveyResponseRow } from '../store/survey-responses.ts';
import type { Unit } from '../store/unit.ts';
import { announceResponse } from './ask-survey.ts';
import { appendTimeline, openConversation, saveConversation, type ConversationDraft } from './conversation-draft.ts';

export interface SurveyAnswer {
  /** Whose conversation it has to be. */
  readonly contactId: string;
  readonly conversationId: string;
  readonly score: number;
  readonly comment?: string | null | undefined;
}

/**
 * The customer answers what the conversation was asked. Once: refuses with `survey_already_answered`, and with
 * `survey_not_available` when nothing was asked or its time has passed.
 */
export async function answerSurvey(
  unit: Unit,
  { contactId, conversationId, score, comment = null }: SurveyAnswer,
): Promise<SurveyResponse> {
  const draft = await openConversation(unit, conversationId);
  if (draft.row.contactId !== contactId) notFound('conversation');
  const response = await lockResponse(unit.db, unit.tx, unit.workspaceId, conversationId);
  if (response?.status === 'answered') refuse('survey_already_answered');
  if (!response || !acceptsAnswer(response, unit.now)) refuse('survey_not_available');
  requireScore(response.instrument as SurveyInstrument, score);
  await recordAnswer(unit, draft, response, { score, comment, at: unit.now });
  await saveConversation(unit, draft);
  return await getSurveyResponse(unit.tx, unit.workspaceId, response.id, unit.now);
}

/** Whether an answer that was given at `at` counts. It may have been on its way while its time passed. */
export function acceptsAnswer({ status, expiresAt }: SurveyResponseRow, at: number): boolean {
  return (status === 'sent' || status === 'timed_out') && at < expiresAt;
}

/** For a locked conversation. Saving the draft tells. */
export async function recordAnswer(
  unit: Unit,
  draft: ConversationDraft,
  response: SurveyResponseRow,
  { score, comment, at }: { readonly score: number; readonly comment: string | null; readonly at: number },
): Promise<void> {
  const { id, instrument } = response;
  await changeResponse(unit.tx, response, { status: 'answered', score, comment, answeredAt: at });
  await appendTimeline(unit, draft, { name: 'survey_answered', instrument, score, comment });
  await announceResponse(unit, draft, 'survey.answered', id);
}

function requireScore(instrument: SurveyInstrument, score: number): void {
  if (isScore(instrument, score)) return;
  const { min, max } = surveyScales[instrument];
  const message = `must be a whole number from ${String(min)} to ${String(max)}`;
  refuse('validation_failed', { errors: [{ path: 'body.score', message }] });
}
