import { isoTime, day } from '../clock.ts';
import { createSurvey, updateSurvey } from '../commands/save-survey.ts';
import { sendSurvey } from '../commands/send-survey.ts';
import { refuse } from '../domain/problems.ts';
import { surveyFigures } from '../domain/survey-results.ts';
import { countScores, listSurveyResponses } from '../store/survey-responses.ts';
import { getSurvey, listSurveys } from '../store/surveys.ts';
import type { Handlers } from './handlers.ts';

/** What results are about when nothing else is asked for. */
const usualPeriodMs = 30 * day;

export const surveyHandlers: Handlers['surveys'] = {
  list: ({ db, principal }, { query }) => listSurveys(db, principal.workspaceId, query),
  get: ({ db, principal }, { params }) => getSurvey(db, principal.workspaceId, params.surveyId),
  create: (unit, _principal, { body }) => createSurvey(unit, body),
  update: (unit, _principal, { params, body }) => updateSurvey(unit, params.surveyId, body),
  send: (unit, principal, { params, body }) => sendSurvey(unit, principal, params.conversationId, body),
  responses: ({ db, principal, now }, { query }) => listSurveyResponses(db, principal.workspaceId, now, query, query),
  async results({ db, principal, now }, { query: { instrument, from: first, to: last, ...filter } }) {
    const to = last === undefined ? now : Date.parse(last);
    const from = first === undefined ? to - usualPeriodMs : Date.parse(first);
    if (from > to) refuse('validation_failed', { errors: [{ path: 'query.from', message: 'must not be after to' }] });
    // Without an end the present moment counts; with one it is the first moment that does not.
    const before = last === undefined ? null : to;
    const counts = await countScores(db, principal.workspaceId, { instrument, from, before, ...filter });
    return { instrument, from: isoTime(from), to: isoTime(to), ...surveyFigures(instrument, counts) };
  },
};
