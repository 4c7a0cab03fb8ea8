import { describe, expect, it } from 'vitest';
import { surveyFigures, type ScoreCount } from './survey-results.ts';

const answers = (...counts: (readonly [score: number, count: number])[]): ScoreCount[] =>
  counts.map(([score, count]) => ({ status: 'answered', score, count }));
const unanswered = (status: string, count: number): ScoreCount => ({ status, score: null, count });

describe('the figures', () => {
  it('are unknown without answers, not zero', () => {
    expect(surveyFigures('csat', [])).toEqual({
      sent: 0,
      answered: 0,
      skipped: 0,
      responseRate: null,
      score: null,
      mean: null,
      distribution: [1, 2, 3, 4, 5].map((score) => ({ score, count: 0 })),
    });
    expect(surveyFigures('nps', [unanswered('sent', 2), unanswered('timed_out', 1)])).toMatchObject({
      sent: 3,
      responseRate: 0,
      score: null,
      mean: null,
    });
  });

  it('count what was skipped as not sent', () => {
    const figures = surveyFigures('csat', [...answers([5, 1]), unanswered('sent', 3), unanswered('skipped', 6)]);
    expect(figures).toMatchObject({ sent: 4, answered: 1, skipped: 6, responseRate: 0.25 });
  });

  it('of satisfaction are the share of 4 and 5', () => {
    expect(surveyFigures('csat', answers([1, 1], [3, 1], [4, 1], [5, 5]))).toMatchObject({ score: 75, mean: 33 / 8 });
  });

  it('of recommendation are the promoters without the detractors', () => {
    expect(surveyFigures('nps', answers([0, 1], [6, 1], [7, 1], [8, 1], [9, 2], [10, 4])).score).toBe(40);
    expect(surveyFigures('nps', answers([6, 2])).score).toBe(-100);
    expect(surveyFigures('nps', answers([9, 1], [10, 1])).score).toBe(100);
    expect(surveyFigures('nps', answers([7, 1], [8, 3])).score).toBe(0);
  });

  it('of effort are the mean', () => {
    expect(surveyFigures('ces', answers([1, 1], [7, 2]))).toMatchObject({ score: 5, mean: 5 });
  });

  it('name every score of the scale, lowest first', () => {
    const { distribution } = surveyFigures('nps', answers([10, 2], [0, 1]));
    expect(distribution.map(({ score }) => score)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(distribution.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
  });
});
