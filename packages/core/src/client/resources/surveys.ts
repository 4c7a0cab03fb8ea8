import type {
  Survey,
  SurveyCreate,
  SurveyInstrument,
  SurveyResponse,
  SurveyResults,
  SurveySend,
  SurveyUpdate,
} from '../../contract/index.ts';
import { surveyPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** Which answers are listed. */
export interface SurveyResponsesParams extends PageParams {
  readonly surveyId?: string | undefined;
  readonly instrument?: SurveyInstrument | undefined;
  readonly conversationId?: string | undefined;
  readonly status?: SurveyResponse['status'] | undefined;
}

/** Whose answers are added up: of one instrument, in a period, perhaps of one survey, queue or agent. */
export interface SurveyResultsParams {
  readonly instrument: SurveyInstrument;
  readonly surveyId?: string | undefined;
  readonly queueId?: string | undefined;
  readonly agentId?: string | undefined;
  /** ISO 8601; the last 30 days when absent. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * CSAT, NPS and CES. Making and changing them is for administrators and API keys. A method that takes an id rejects with
 * `not_found`.
 */
export interface SurveysResource {
  /** By name. Rejects with `cursor_invalid`. */
  list(params?: PageParams, options?: CallOptions): List<Survey>;
  /** One survey, with its texts. */
  get(surveyId: string, options?: CallOptions): Promise<Survey>;
  /**
   * Asked by itself when a conversation is finished, unless `trigger` is `manual`; usual texts when none are given.
   * @example
   * await prosa.surveys.create({ instrument: 'csat', name: 'Depois do atendimento', expiresInSeconds: 86_400 });
   */
  create(survey: SurveyCreate, options?: CommandOptions): Promise<Survey>;
  /** The fields that are given; what was asked already stays as it was asked. */
  update(surveyId: string, changes: SurveyUpdate, options?: CommandOptions): Promise<Survey>;
  /**
   * Asks the customer of a conversation, once. Its `status` is `skipped` when WhatsApp's window is closed. Rejects with
   * `survey_already_sent`, `survey_not_available`, `conversation_not_yours`.
   * @example
   * await prosa.surveys.send(conversationId, { instrument: 'nps' });
   */
  send(conversationId: string, survey: SurveySend, options?: CommandOptions): Promise<SurveyResponse>;
  /** Newest first. Rejects with `cursor_invalid`. */
  responses(params?: SurveyResponsesParams, options?: CallOptions): List<SurveyResponse>;
  /**
   * Response rate from 0 to 1; the score of NPS from −100 to 100, of CSAT in percent, of CES the mean; `null` without
   * answers.
   * @example
   * const { score, responseRate } = await prosa.surveys.results({ instrument: 'nps', from: '2026-11-01T00:00:00Z' });
   */
  results(params: SurveyResultsParams, options?: CallOptions): Promise<SurveyResults>;
}

export function createSurveys({ methods }: Calls): SurveysResource {
  const { list, act, say, ask } = methods();
  return {
    list: list(routes.list),
    get: act(routes.get),
    create: say(routes.create),
    update: say(routes.update),
    send: say(routes.send),
    responses: list(routes.responses),
    results: ask(routes.results),
  };
}
