import {
  surveyScales,
  type ConversationOutcome,
  type SurveyInstrument,
  type SurveyResponse,
} from '@prosa/core/contract';

/** Asked when the survey has no question of its own. */
export const usualQuestions: Readonly<Record<SurveyInstrument, string>> = {
  csat: 'Como você avalia o atendimento que recebeu?',
  nps: 'De 0 a 10, quanto você nos recomendaria a um amigo ou colega?',
  ces: 'Foi fácil resolver o que você precisava?',
};

export const usualThanks = 'Agradecemos a sua resposta.';

const silentOutcomes: readonly ConversationOutcome[] = [
  'mistake',
  'no_reply',
  'abandoned_client',
  'queue_timeout',
  'bot_resolved',
  'discarded',
  'offline',
  'window_expired',
  'no_answer',
];

/** Whether a customer is asked after a service that ended so: nobody is who was not attended. */
export function asksAfter(outcome: ConversationOutcome): boolean {
  return !silentOutcomes.includes(outcome);
}

export function isScore(instrument: SurveyInstrument, score: number): boolean {
  const { min, max } = surveyScales[instrument];
  return Number.isInteger(score) && score >= min && score <= max;
}

/** The score that a text is: its digits and nothing more, but blanks and a period. `null` when it is anything else. */
export function typedScore(instrument: SurveyInstrument, text: string): number | null {
  const digits = /^(10|\d)\.?$/.exec(text.trim())?.[1];
  const score = Number(digits);
  return digits !== undefined && isScore(instrument, score) ? score : null;
}

export interface SurveyPlace {
  readonly origin: string;
  readonly queueId: string | null;
}

interface Fitting {
  readonly id: string;
  readonly active: number;
  /** JSON list. */
  readonly origins: string;
  readonly queueId: string | null;
  readonly createdAt: number;
}

export function surveyFits({ active, origins, queueId }: Fitting, place: SurveyPlace): boolean {
  const reached = (JSON.parse(origins) as readonly string[]).includes(place.origin);
  return active === 1 && reached && (queueId === null || queueId === place.queueId);
}

/** The one for the queue wins over the one for any; of several, the oldest. */
export function fittingSurvey<Survey extends Fitting>(surveys: readonly Survey[], place: SurveyPlace): Survey | null {
  const rank = ({ queueId }: Survey) => (queueId === null ? 1 : 0);
  const [first] = surveys
    .filter((survey) => surveyFits(survey, place))
    .sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return first ?? null;
}

/** The status as of now: a survey whose time has passed is over, whether or not anybody has written it down yet. */
export function surveyStatusAt(
  { status, expiresAt }: { readonly status: string; readonly expiresAt: number },
  now: number,
): SurveyResponse['status'] {
  return status === 'sent' && expiresAt <= now ? 'timed_out' : (status as SurveyResponse['status']);
}
