import type { SurveyResponse, SurveySend } from '@prosa/core/contract';
import { refuse } from '../domain/problems.ts';
import { fittingSurvey, surveyFits } from '../domain/survey.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { getSurveyResponse } from '../store/survey-responses.ts';
import { activeSurveys, findSurveyRow, type SurveyRow } from '../store/surveys.ts';
import type { Unit } from '../store/unit.ts';
import { askSurvey, wasAsked } from './ask-survey.ts';
import { openConversation, saveConversation } from './conversation-draft.ts';
import { requireOwnership } from './ownership.ts';
import type { Principal } from './principal.ts';

/** Asks by hand, while the service goes on or after it. Once; what was skipped can be tried again. */
export async function sendSurvey(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  wanted: SurveySend,
): Promise<SurveyResponse> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  await requireOwnership(unit, principal, row);
  if (row.answeredAt === null) {
    refuse('survey_not_available', { detail: 'Nobody has attended this conversation yet.' });
  }
  const survey = await surveyFor(unit, row, wanted);
  if (await wasAsked(unit, conversationId)) refuse('survey_already_sent');
  const responseId = await askSurvey(unit, draft, survey);
  await saveConversation(unit, draft);
  return await getSurveyResponse(unit.tx, unit.workspaceId, responseId, unit.now);
}

async function surveyFor(unit: Unit, row: ConversationRow, wanted: SurveySend): Promise<SurveyRow> {
  if ('instrument' in wanted) {
    const survey = fittingSurvey(await activeSurveys(unit.tx, unit.workspaceId, wanted), row);
    return survey ?? refuse('survey_not_available', { detail: `No active ${wanted.instrument} survey fits here.` });
  }
  const survey = await findSurveyRow(unit.tx, unit.workspaceId, wanted.surveyId);
  if (!survey) {
    refuse('validation_failed', { errors: [{ path: 'body.surveyId', message: 'there is no such survey' }] });
  }
  if (surveyFits(survey, row)) return survey;
  refuse('survey_not_available', { detail: 'The survey is not active, or not for this origin or queue.' });
}
