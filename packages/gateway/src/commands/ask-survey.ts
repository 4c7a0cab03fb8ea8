import type { Conversation, ConversationOutcome } from '@prosa/core/contract';
import { second } from '../clock.ts';
import { newId } from '../domain/ids.ts';
import { isWindowOpen } from '../domain/service-window.ts';
import { surveyQuestion } from '../domain/survey-question.ts';
import { asksAfter, fittingSurvey } from '../domain/survey.ts';
import { changeResponse, getSurveyResponse, lockResponse, type SurveyResponseRow } from '../store/survey-responses.ts';
import { activeSurveys, type SurveyRow } from '../store/surveys.ts';
import type { Unit } from '../store/unit.ts';
import { say } from './automatic-message.ts';
import { appendTimeline, type ConversationDraft } from './conversation-draft.ts';

/** Asks what is to be asked after a service. A conversation that was asked before, by hand, is left alone. */
export async function askOnClose(unit: Unit, draft: ConversationDraft, outcome: ConversationOutcome): Promise<void> {
  if (!asksAfter(outcome)) return;
  const survey = fittingSurvey(await activeSurveys(unit.tx, unit.workspaceId, { trigger: 'on_close' }), draft.row);
  if (survey && !(await wasAsked(unit, draft.row.id))) await askSurvey(unit, draft, survey);
}

/** What could not be asked was not asked: it may be tried again. */
export async function wasAsked(unit: Unit, conversationId: string): Promise<boolean> {
  const response = await lockResponse(unit.db, unit.tx, unit.workspaceId, conversationId);
  return response !== undefined && response.status !== 'skipped';
}

/**
 * Puts the question to the customer of a locked conversation: as a message on WhatsApp, beside the messages on a
 * webchat. When WhatsApp's window is closed it is recorded as skipped. Saving the draft tells.
 * @returns the id of the response
 */
export async function askSurvey(unit: Unit, draft: ConversationDraft, survey: SurveyRow): Promise<string> {
  const { row } = draft;
  const { instrument } = survey;
  const asked = await recordAsking(unit, row, survey);
  if (asked.skipReason !== null) {
    await appendTimeline(unit, draft, { name: 'survey_skipped', instrument, reason: asked.skipReason });
    return asked.id;
  }
  await appendTimeline(unit, draft, { name: 'survey_sent', instrument });
  if (row.origin === 'whatsapp') await say(unit, draft, surveyQuestion(asked));
  await announceResponse(unit, draft, 'survey.sent', asked.id);
  return asked.id;
}

async function recordAsking(
  unit: Unit,
  row: ConversationDraft['row'],
  { id: surveyId, instrument, question, thanks, expiresInSeconds }: SurveyRow,
): Promise<SurveyResponseRow> {
  const { workspaceId, now } = unit;
  const skipped = !isWindowOpen(row.windowExpiresAt, now);
  const asking = {
    surveyId,
    instrument,
    question,
    thanks,
    agentId: row.assigneeId,
    queueId: row.queueId,
    status: skipped ? 'skipped' : 'sent',
    skipReason: skipped ? 'window_closed' : null,
    sentAt: now,
    expiresAt: now + expiresInSeconds * second,
  };
  const before = await lockResponse(unit.db, unit.tx, workspaceId, row.id);
  if (before) {
    await changeResponse(unit.tx, before, asking);
    return { ...before, ...asking };
  }
  return await unit.tx
    .insertInto('surveyResponses')
    .values({
      ...asking,
      id: newId('surveyResponse', now),
      workspaceId,
      conversationId: row.id,
      contactId: row.contactId,
      score: null,
      comment: null,
      answeredAt: null,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function announceResponse(
  unit: Unit,
  draft: ConversationDraft,
  event: 'survey.sent' | 'survey.answered',
  responseId: string,
): Promise<void> {
  const response = await getSurveyResponse(unit.tx, unit.workspaceId, responseId, unit.now);
  draft.announcements.push((conversation: Conversation) =>
    unit.emit(event, { response, conversation }, conversation.id),
  );
}
