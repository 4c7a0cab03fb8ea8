import { describe, expect, it } from 'vitest';
import { isSendable, valueProblems, variablesOf, type StoredComponent } from './hsm.ts';

const body = (text: string, ...examples: string[]): StoredComponent => ({ type: 'BODY', text, examples });

const order: readonly StoredComponent[] = [
  { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', examples: ['4471'] },
  body('Olá, {{1}}. Seu pedido chega {{2}}. Até logo, {{1}}, e bom dia.', 'Marina', 'amanhã'),
  { type: 'FOOTER', text: 'Cacau Digital' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Falar com alguém' },
      { type: 'URL', text: 'Acompanhar', url: 'https://loja.test/p/{{1}}', example: 'https://loja.test/p/4471' },
      { type: 'PHONE_NUMBER', text: 'Ligar', phoneNumber: '+558330001000' },
    ],
  },
];

const values = { 'header.1': '5120', 'body.1': 'Tainá', 'body.2': 'na sexta', 'button.1.1': '5120' };

describe('values', () => {
  const problems = (given: Record<string, string>, components: readonly StoredComponent[] = order) =>
    valueProblems(components, given, 'body.variables').map(({ path, message }) => `${path} ${message}`);

  it('names each one that is missing, and each one that there is not', () => {
    expect(problems({ 'body.1': 'Tainá', 'body.3': 'mais' })).toEqual([
      'body.variables.header.1 is missing',
      'body.variables.body.2 is missing',
      'body.variables.button.1.1 is missing',
      'body.variables.body.3 is no variable of this template',
    ]);
    expect(problems({}), 'names of the prototype are no values').toHaveLength(4);
    expect(problems({ ...values, toString: 'x' })).toEqual(['body.variables.toString is no variable of this template']);
  });

  it.each([
    ['', 'must not be empty'],
    ['   ', 'must not be empty'],
    ['uma\nduas', 'must not have new lines, tabs or other control characters'],
    ['uma\tduas', 'must not have new lines, tabs or other control characters'],
    ['uma     duas', 'must not have more than four blanks in a row'],
  ])('refuses %j, which Meta does', (value, message) => {
    expect(problems({ ...values, 'body.2': value })).toEqual([`body.variables.body.2 ${message}`]);
  });

  it('measures the texts with the values in place', () => {
    expect(problems({ ...values, 'header.1': 'x'.repeat(54) })).toEqual([
      'body.variables make the header longer than 60 characters',
    ]);
    expect(problems({ ...values, 'body.1': 'x'.repeat(500) })).toEqual([
      'body.variables make the text longer than 1024 characters',
    ]);
    expect(problems({ ...values, 'header.1': '🎉'.repeat(53) }), 'an emoji is one character').toEqual([]);
  });
});

it('lists what has to be filled in, each variable once, with its example', () => {
  expect(variablesOf(order)).toEqual([
    { key: 'header.1', component: 'HEADER', example: '4471' },
    { key: 'body.1', component: 'BODY', example: 'Marina' },
    { key: 'body.2', component: 'BODY', example: 'amanhã' },
    { key: 'button.1.1', component: 'BUTTON', example: 'https://loja.test/p/4471' },
  ]);
  expect(variablesOf([body('Sem variáveis.')])).toEqual([]);
});

it('sends only what is approved and made of parts that it knows', () => {
  expect(isSendable('approved', order)).toBe(true);
  for (const status of ['draft', 'submitted', 'rejected', 'paused', 'disabled']) {
    expect([status, isSendable(status, order)]).toEqual([status, false]);
  }
  expect(isSendable('approved', [...order, { type: 'OTHER', originalType: 'CAROUSEL' }])).toBe(false);
  expect(isSendable('approved', [{ type: 'FOOTER', text: 'Só o rodapé' }])).toBe(false);
});
