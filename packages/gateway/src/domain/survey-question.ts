import { surveyScales, type MessageContent, type SurveyInstrument } from '@prosa/core/contract';
import { isScore } from './survey.ts';

export type InteractiveContent = Omit<Extract<MessageContent, { readonly type: 'interactive' }>, 'type'>;

interface Asked {
  /** Of the response. */
  readonly id: string;
  readonly instrument: string;
  readonly question: string;
}

/** What the customer tapped in a survey. */
export type SurveyTap =
  | { readonly responseId: string; readonly score: number }
  /** A range of NPS, by its lowest score. */
  | { readonly responseId: string; readonly group: number };

/** What a score means; the end of the scale that is good comes first in a list. */
const words: Readonly<Record<Exclude<SurveyInstrument, 'nps'>, readonly string[]>> = {
  csat: ['Péssimo', 'Ruim', 'Regular', 'Bom', 'Ótimo'],
  ces: ['Muito difícil', 'Difícil', 'Um pouco difícil', 'Nem um nem outro', 'Um pouco fácil', 'Fácil', 'Muito fácil'],
};

/** A list takes ten rows and NPS has eleven scores (Meta, "Interactive list messages"): they are asked in two steps. */
const groups = [
  { scores: [10, 9], title: '9 ou 10' },
  { scores: [8, 7], title: '7 ou 8' },
  { scores: [6, 5, 4, 3, 2, 1, 0], title: '0 a 6' },
] as const;

const listLabel = 'Escolher nota';

/** The first message: a list of the scores with their words, or for NPS three ranges to tap. */
export function surveyQuestion({ id, instrument, question }: Asked): InteractiveContent {
  if (instrument === 'nps') {
    return {
      text: `${question}\n\nToque na faixa da sua nota ou digite um número de 0 a 10.`,
      listLabel: null,
      options: groups.map(({ scores, title }) => ({ id: `${id}:group:${String(Math.min(...scores))}`, title })),
    };
  }
  const { min, max } = surveyScales[instrument as SurveyInstrument];
  const options = words[instrument as keyof typeof words].map((word, step) => ({
    id: `${id}:${String(min + step)}`,
    title: `${String(min + step)} – ${word}`,
  }));
  return {
    text: `${question}\n\nEscolha na lista ou digite um número de ${String(min)} a ${String(max)}.`,
    listLabel,
    options: options.reverse(),
  };
}

/** The second message of NPS: the exact score within the range. `null` for a range that was never offered. */
export function surveyFollowUp({ id }: Asked, group: number): InteractiveContent | null {
  const scores = groups.find((known) => Math.min(...known.scores) === group)?.scores;
  if (!scores) return null;
  return {
    text: 'E qual é a nota exata?',
    listLabel: scores.length > 3 ? listLabel : null,
    options: scores.map((score) => ({ id: `${id}:${String(score)}`, title: String(score) })),
  };
}

/** Reads the id of a tapped option; `null` when it is none of a survey. */
export function surveyTap(replyId: string): SurveyTap | null {
  const [, responseId, range, digits] = /^(svr_\w{26}):(group:)?(\d{1,2})$/.exec(replyId) ?? [];
  if (responseId === undefined) return null;
  const value = Number(digits);
  return range === undefined ? { responseId, score: value } : { responseId, group: value };
}

/** Whether what was tapped is one of the options of this instrument. */
export function wasOffered(tap: SurveyTap, asked: Asked): boolean {
  if ('score' in tap) return isScore(asked.instrument as SurveyInstrument, tap.score);
  return asked.instrument === 'nps' && surveyFollowUp(asked, tap.group) !== null;
}
