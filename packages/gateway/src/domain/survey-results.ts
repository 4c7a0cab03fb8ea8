import { surveyScales, type SurveyInstrument, type SurveyResults } from '@prosa/core/contract';

/** So many responses of this status and score. */
export interface ScoreCount {
  readonly status: string;
  readonly score: number | null;
  readonly count: number;
}

type Figures = Omit<SurveyResults, 'instrument' | 'from' | 'to'>;

/** What the responses add up to. Shares and means are not rounded. */
export function surveyFigures(instrument: SurveyInstrument, counts: readonly ScoreCount[]): Figures {
  const { min, max } = surveyScales[instrument];
  const distribution = Array.from({ length: max - min + 1 }, (_, step) => {
    const score = min + step;
    return { score, count: total(counts.filter((row) => row.status === 'answered' && row.score === score)) };
  });
  const skipped = total(counts.filter(({ status }) => status === 'skipped'));
  const sent = total(counts) - skipped;
  const answered = total(distribution);
  const mean = share(
    distribution.reduce((sum, { score, count }) => sum + score * count, 0),
    answered,
  );
  return {
    sent,
    answered,
    skipped,
    responseRate: share(answered, sent),
    score: scoreOf(instrument, distribution, answered, mean),
    mean,
    distribution,
  };
}

/**
 * NPS: promoters (9, 10) minus detractors (0 to 6), in percent (Reichheld, "The One Number You Need to Grow", 2003).
 * CSAT: the satisfied (4, 5) in percent. CES: the mean.
 */
function scoreOf(
  instrument: SurveyInstrument,
  distribution: SurveyResults['distribution'],
  answered: number,
  mean: number | null,
): number | null {
  if (instrument === 'ces') return mean;
  const between = (from: number, to: number) => total(distribution.filter(({ score }) => score >= from && score <= to));
  return share(100 * (instrument === 'nps' ? between(9, 10) - between(0, 6) : between(4, 5)), answered);
}

function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
