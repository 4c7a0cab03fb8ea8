import { describe, expect, it } from 'vitest';
import { surveyFollowUp, surveyQuestion } from '../../domain/survey-question.ts';
import { questionBody } from './interactive-body.ts';

const option = (id: string, title = id) => ({ id, title });
const many = (count: number) => Array.from({ length: count }, (_, i) => option(String(i)));
const buttons = { text: 'E agora?', listLabel: null, options: [option('sim', 'Sim'), option('nao', 'Não')] };
const list = { ...buttons, listLabel: 'Escolher' };

describe('answers to tap, as Meta takes them', () => {
  it.each([
    ['no button', { ...buttons, options: [] }],
    ['a fourth button', { ...buttons, options: many(4) }],
    ['no row', { ...list, options: [] }],
    ['an eleventh row', { ...list, options: many(11) }],
  ])('are refused with %s', (_, content) => {
    expect(questionBody(content)).toMatchObject({ code: 'too_many_options' });
  });

  it.each([
    ['question above buttons', { ...buttons, text: 'a'.repeat(1025) }],
    ['button', { ...buttons, options: [option('a', 'a'.repeat(21))] }],
    ['id of a button', { ...buttons, options: [option('a'.repeat(257), 'a')] }],
    ['question above a list', { ...list, text: 'a'.repeat(4097) }],
    ['label of a list', { ...list, listLabel: 'a'.repeat(21) }],
    ['row', { ...list, options: [option('a', 'a'.repeat(25))] }],
    ['id of a row', { ...list, options: [option('a'.repeat(201), 'a')] }],
  ])('are refused with too long a %s', (_, content) => {
    expect(questionBody(content)).toMatchObject({ code: 'too_long' });
  });

  it('are counted as people count characters', () => {
    expect(questionBody({ ...buttons, options: [option('a', '👍'.repeat(20))] })).toHaveProperty('action');
    expect(questionBody({ ...buttons, options: [option('a', '👍'.repeat(21))] })).toMatchObject({
      code: 'too_long',
    });
  });

  it('are reply buttons', () => {
    expect(questionBody(buttons)).toEqual({
      type: 'button',
      body: { text: 'E agora?' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'sim', title: 'Sim' } },
          { type: 'reply', reply: { id: 'nao', title: 'Não' } },
        ],
      },
    });
  });

  it('are a list behind its label', () => {
    expect(questionBody(list)).toEqual({
      type: 'list',
      body: { text: 'E agora?' },
      action: {
        button: 'Escolher',
        sections: [
          {
            rows: [
              { id: 'sim', title: 'Sim' },
              { id: 'nao', title: 'Não' },
            ],
          },
        ],
      },
    });
  });

  it('have room for every survey, with the longest question that there may be', () => {
    const asked = { id: `svr_${'0'.repeat(26)}`, question: 'a'.repeat(500) };
    const questions = [
      ...['csat', 'nps', 'ces'].map((instrument) => surveyQuestion({ ...asked, instrument })),
      ...[9, 7, 0].flatMap((group) => surveyFollowUp({ ...asked, instrument: 'nps' }, group) ?? []),
    ];
    expect(questions).toHaveLength(6);
    for (const question of questions) expect(questionBody(question)).toHaveProperty('action');
  });
});
