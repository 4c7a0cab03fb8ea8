import { expect, it } from 'vitest';
import { templateOf } from '../testing/samples.ts';
import { missingVariables, templatePreview } from './template-preview.ts';

const template = templateOf({
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', examples: ['8812'] },
    { type: 'BODY', text: 'Olá, {{1}}. Chega {{ 2 }}.', examples: ['Ana', 'hoje'] },
    { type: 'FOOTER', text: 'Loja Cacau' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Certo' }] },
    { type: 'OTHER', originalType: 'CAROUSEL' },
  ],
  variables: ['header.1', 'body.1', 'body.2'].map((key) => ({ key, component: 'BODY', example: null })),
});

it('fills in what is known and shows what is not', () => {
  expect(templatePreview(template, { 'header.1': '8812', 'body.1': 'Ana', 'body.2': ' ' })).toEqual({
    header: 'Pedido 8812',
    text: 'Olá, Ana. Chega {{ 2 }}.',
    footer: 'Loja Cacau',
    buttons: [{ type: 'QUICK_REPLY', text: 'Certo' }],
  });
});

it('puts the text of a variable in as it is, whatever it holds', () => {
  expect(templatePreview(template, { 'body.1': '{{2}} $& $1', 'body.2': 'hoje' }).text).toBe(
    'Olá, {{2}} $& $1. Chega hoje.',
  );
});

it('shows the offer, and each card with its own variables', () => {
  const buttons = [{ type: 'URL', text: 'Comprar', url: 'https://loja.example/{{1}}' }] as const;
  const card = { format: 'IMAGE', examples: ['a'], buttons } as const;
  const { components } = templateOf({
    components: [
      { type: 'BODY', text: 'Novidades para {{1}}.', examples: ['Ana'] },
      { type: 'OFFER', text: 'Só hoje', expires: true },
      {
        type: 'CAROUSEL',
        cards: [
          { ...card, text: 'Trufa de {{1}}' },
          { ...card, text: null },
        ],
      },
    ],
  });
  const shown = [{ type: 'URL', text: 'Comprar' }];
  expect(templatePreview({ components }, { 'body.1': 'Bia', 'card.0.body.1': 'caju' })).toEqual({
    header: null,
    text: 'Novidades para Bia.',
    footer: null,
    buttons: [],
    offer: 'Só hoje',
    cards: [
      { text: 'Trufa de caju', buttons: shown },
      { text: null, buttons: shown },
    ],
  });
});

it('shows the button of a code as one that copies it', () => {
  const { components } = templateOf({
    components: [
      { type: 'BODY', text: '*{{1}}* é o seu código.', examples: ['123456'] },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otpType: 'ONE_TAP', text: 'Copiar código' }] },
    ],
  });
  expect(templatePreview({ components }, { 'body.1': '8812' })).toMatchObject({
    text: '*8812* é o seu código.',
    buttons: [{ type: 'COPY_CODE', text: 'Copiar código' }],
  });
});

it('names the variables that are missing; blanks are none', () => {
  expect(missingVariables(template, { 'header.1': '8812', 'body.1': '  ' })).toEqual(['body.1', 'body.2']);
  expect(missingVariables(template, { 'header.1': 'a', 'body.1': 'b', 'body.2': 'c' })).toEqual([]);
});
