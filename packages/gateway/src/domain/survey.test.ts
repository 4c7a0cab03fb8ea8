import { conversationOutcomes } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { asksAfter, fittingSurvey, isScore, surveyFits, surveyStatusAt, typedScore } from './survey.ts';

it('asks nobody who was not attended', () => {
  expect(conversationOutcomes.filter((outcome) => !asksAfter(outcome))).toEqual([
    'no_reply',
    'mistake',
    'abandoned_client',
    'queue_timeout',
    'bot_resolved',
    'discarded',
    'offline',
    'window_expired',
    'no_answer',
  ]);
});

describe('a score', () => {
  it.each([
    ['csat', [0, 6, 4.5, -1, NaN]],
    ['nps', [-1, 11, 0.5]],
    ['ces', [0, 8, Infinity]],
  ] as const)('of %s is none of %j', (instrument, scores) => {
    for (const score of scores) expect(isScore(instrument, score), String(score)).toBe(false);
  });

  it('reaches from one end of the scale to the other', () => {
    const ends = { csat: [1, 5], nps: [0, 10], ces: [1, 7] } as const;
    for (const [instrument, scores] of Object.entries(ends)) {
      for (const score of scores) expect(isScore(instrument as keyof typeof ends, score), instrument).toBe(true);
    }
  });
});

describe('a typed score', () => {
  it.each([
    '',
    ' ',
    '.',
    '10!',
    'nota 9',
    '9/10',
    '1 0',
    '09',
    '-1',
    '+5',
    '4,5',
    '4.5',
    '5..',
    '11',
    '100',
    '٣',
    '５',
  ])('is not %j', (text) => {
    expect(typedScore('nps', text)).toBeNull();
  });

  it.each([
    ['0', 0],
    ['10', 10],
    [' 7 ', 7],
    ['\n10.\n', 10],
  ])('is %j', (text, score) => {
    expect(typedScore('nps', text)).toBe(score);
  });

  it('is one of its own scale', () => {
    expect([typedScore('csat', '0'), typedScore('csat', '5'), typedScore('csat', '6')]).toEqual([null, 5, null]);
    expect([typedScore('ces', '7'), typedScore('ces', '8'), typedScore('ces', '10')]).toEqual([7, null, null]);
  });
});

describe('the survey that fits', () => {
  const surveyOf = (id: string, changes: Partial<Parameters<typeof surveyFits>[0]> = {}) => ({
    id,
    active: 1,
    origins: '["whatsapp","webchat"]',
    queueId: null,
    createdAt: 100,
    ...changes,
  });
  const place = { origin: 'whatsapp', queueId: 'que_a' };

  it('is none when all are inactive, of another origin or of another queue', () => {
    const others = [
      surveyOf('a', { active: 0 }),
      surveyOf('b', { origins: '["webchat"]' }),
      surveyOf('c', { queueId: 'que_b' }),
    ];
    expect(fittingSurvey(others, place)).toBeNull();
    expect(fittingSurvey([], place)).toBeNull();
  });

  it('of a queue is none for a conversation without one', () => {
    expect(surveyFits(surveyOf('a', { queueId: 'que_a' }), { origin: 'whatsapp', queueId: null })).toBe(false);
  });

  it('is the one of the queue, then the oldest, then the first by id', () => {
    const ofQueue = [surveyOf('d', { queueId: 'que_a', createdAt: 300 })];
    const ofAny = [surveyOf('c', { createdAt: 200 }), surveyOf('b'), surveyOf('a')];
    expect(fittingSurvey([...ofAny, ...ofQueue], place)?.id).toBe('d');
    expect(fittingSurvey(ofAny, place)?.id).toBe('a');
  });
});

describe('the status of a response', () => {
  it('is over from the moment on in which its time ends', () => {
    const sent = { status: 'sent', expiresAt: 1000 };
    expect([surveyStatusAt(sent, 999), surveyStatusAt(sent, 1000)]).toEqual(['sent', 'timed_out']);
  });

  it('stays what it was when it was answered or never asked', () => {
    expect(surveyStatusAt({ status: 'answered', expiresAt: 1000 }, 5000)).toBe('answered');
    expect(surveyStatusAt({ status: 'skipped', expiresAt: 1000 }, 5000)).toBe('skipped');
  });
});
