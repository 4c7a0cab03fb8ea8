import { describe, expect, it } from 'vitest';
import { surveyFollowUp, surveyQuestion, surveyTap, wasOffered } from './survey-question.ts';

const id = `svr_${'0'.repeat(26)}`;
const asked = (instrument: string) => ({ id, instrument, question: 'Como foi?' });
const shown = ({ options }: { readonly options: readonly { id: string; title: string }[] }) =>
  options.map((option) => [option.id.slice(id.length), option.title]);

describe('the question', () => {
  it('of satisfaction is a list, best first', () => {
    const question = surveyQuestion(asked('csat'));
    expect(question).toMatchObject({
      text: 'Como foi?\n\nEscolha na lista ou digite um número de 1 a 5.',
      listLabel: 'Escolher nota',
    });
    expect(shown(question)).toEqual([
      [':5', '5 – Ótimo'],
      [':4', '4 – Bom'],
      [':3', '3 – Regular'],
      [':2', '2 – Ruim'],
      [':1', '1 – Péssimo'],
    ]);
  });

  it('of effort is a list, easiest first', () => {
    const question = surveyQuestion(asked('ces'));
    expect(question.text).toBe('Como foi?\n\nEscolha na lista ou digite um número de 1 a 7.');
    expect(shown(question).map(([, title]) => title)).toEqual([
      '7 – Muito fácil',
      '6 – Fácil',
      '5 – Um pouco fácil',
      '4 – Nem um nem outro',
      '3 – Um pouco difícil',
      '2 – Difícil',
      '1 – Muito difícil',
    ]);
  });

  it('of recommendation is three ranges to tap', () => {
    const question = surveyQuestion(asked('nps'));
    expect(question.listLabel).toBeNull();
    expect(shown(question)).toEqual([
      [':group:9', '9 ou 10'],
      [':group:7', '7 ou 8'],
      [':group:0', '0 a 6'],
    ]);
  });
});

describe('the exact score', () => {
  it('is not asked of a range that was never offered', () => {
    expect([1, 8, 10, 99].map((group) => surveyFollowUp(asked('nps'), group))).toEqual([null, null, null, null]);
  });

  it('is asked with buttons while they are few, and with a list otherwise', () => {
    const [high, middle, low] = [9, 7, 0].map((group) => surveyFollowUp(asked('nps'), group));
    expect([high?.listLabel, middle?.listLabel, low?.listLabel]).toEqual([null, null, 'Escolher nota']);
    expect(high && shown(high)).toEqual([
      [':10', '10'],
      [':9', '9'],
    ]);
    expect(low?.options.map(({ title }) => title)).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  });

  it('can be any score of the scale, once', () => {
    const scores = [9, 7, 0].flatMap((group) => surveyFollowUp(asked('nps'), group)?.options ?? []);
    expect(scores.map(({ title }) => Number(title))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });
});

describe('a tap', () => {
  it.each([
    '',
    'sim',
    `${id}`,
    `${id}:`,
    `${id}:100`,
    `${id}:-1`,
    `${id}:group:`,
    `${id}:group:x`,
    `${id}:5 `,
    ` ${id}:5`,
    `${id}0:5`,
    `srv_${'0'.repeat(26)}:5`,
  ])('is none of a survey: %j', (replyId) => {
    expect(surveyTap(replyId)).toBeNull();
  });

  it.each(['csat', 'ces', 'nps'])('on whatever %s offers is understood', (instrument) => {
    const first = surveyQuestion(asked(instrument));
    const then = [9, 7, 0].map((group) => surveyFollowUp(asked(instrument), group));
    for (const option of [...first.options, ...(instrument === 'nps' ? then.flatMap((it) => it?.options ?? []) : [])]) {
      const tap = surveyTap(option.id);
      expect(tap?.responseId).toBe(id);
      expect(tap && wasOffered(tap, asked(instrument)), option.id).toBe(true);
    }
  });

  it('on what was not offered is no answer', () => {
    const none = [
      ['csat', '0'],
      ['csat', '6'],
      ['ces', '8'],
      ['nps', '11'],
      ['nps', 'group:1'],
      ['csat', 'group:0'],
    ] as const;
    for (const [instrument, option] of none) {
      const tap = surveyTap(`${id}:${option}`);
      expect(tap && wasOffered(tap, asked(instrument)), `${instrument} ${option}`).toBe(false);
    }
  });
});
