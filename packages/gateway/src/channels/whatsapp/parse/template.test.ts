import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSendable, type StoredComponent } from '../../../domain/hsm.ts';
import { templateComponents } from '../template-body.ts';
import { templateOf } from './template.ts';

const template = {
  id: '7412000000000001',
  name: 'pedido_saiu',
  language: 'pt_BR',
  category: 'UTILITY',
  status: 'APPROVED',
  parameter_format: 'POSITIONAL',
  rejected_reason: 'NONE',
};
const body = { type: 'BODY', text: 'Seu pedido saiu.' };

const read = (...components: object[]) => templateOf({ ...template, components })?.components;

it('reads back what is written, so that nothing is lost on the way through Meta', () => {
  const components: readonly StoredComponent[] = [
    { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', examples: ['4471'] },
    { type: 'BODY', text: 'Olá, {{1}}. Chega {{2}} sem falta.', examples: ['Marina', 'amanhã'] },
    { type: 'FOOTER', text: 'Cacau Digital' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Falar com alguém' },
        { type: 'URL', text: 'Acompanhar', url: 'https://loja.test/{{1}}', example: 'https://loja.test/4471' },
        { type: 'URL', text: 'Site', url: 'https://loja.test' },
        { type: 'PHONE_NUMBER', text: 'Ligar', phoneNumber: '+558330001000' },
      ],
    },
  ];
  const written = templateComponents(components);
  expect(written).toEqual([
    { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', example: { header_text: ['4471'] } },
    {
      type: 'BODY',
      text: 'Olá, {{1}}. Chega {{2}} sem falta.',
      example: { body_text: [['Marina', 'amanhã']] },
    },
    { type: 'FOOTER', text: 'Cacau Digital' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Falar com alguém' },
        { type: 'URL', text: 'Acompanhar', url: 'https://loja.test/{{1}}', example: ['https://loja.test/4471'] },
        { type: 'URL', text: 'Site', url: 'https://loja.test' },
        { type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+558330001000' },
      ],
    },
  ]);
  expect(read(...(written ?? []))).toEqual(components);
});

it('takes names in either case, and the language in either form', () => {
  expect(
    templateOf({
      ...template,
      language: 'pt-BR',
      category: 'utility',
      status: 'approved',
      components: [{ type: 'header', format: 'text', text: 'Oi' }],
    }),
  ).toMatchObject({
    language: 'pt_BR',
    category: 'UTILITY',
    status: 'approved',
    components: [{ type: 'HEADER', format: 'TEXT', text: 'Oi', examples: [] }],
  });
});

it.each([
  ['IMAGE', { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW'] } }],
  ['LOCATION', { type: 'HEADER', format: 'LOCATION' }],
  [
    'COPY_CODE',
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Sim' },
        { type: 'COPY_CODE', text: 'Copiar' },
      ],
    },
  ],
  ['FLOW', { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Abrir', flow_id: '1' }] }],
  ['CAROUSEL', { type: 'CAROUSEL', cards: [] }],
  ['LIMITED_TIME_OFFER', { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Só hoje' } }],
])('keeps that there is a part of kind %s, and sends no such template', (originalType, component) => {
  const components = read(body, component) ?? [];
  expect(components[1]).toEqual({ type: 'OTHER', originalType });
  expect(isSendable('approved', components)).toBe(false);
  expect(templateComponents(components), 'it is not written back without that part').toBe(null);
});

it('sends no template whose variables have names', () => {
  const named = { type: 'BODY', text: 'Olá, {{first_name}}, tudo bem?' };
  const components = templateOf({ ...template, parameter_format: 'NAMED', components: [named] })?.components ?? [];
  expect(isSendable('approved', components)).toBe(false);
  const plain = templateOf({ ...template, parameter_format: 'NAMED', components: [body] })?.components ?? [];
  expect(isSendable('approved', plain), 'without variables there are no names').toBe(true);
});

it('gives each variable an example, also where Meta has none', () => {
  expect(read({ type: 'BODY', text: 'Olá, {{1}} e {{2}} aí.', example: { body_text: [['Marina']] } })).toEqual([
    { type: 'BODY', text: 'Olá, {{1}} e {{2}} aí.', examples: ['Marina', ''] },
  ]);
});

it('says why it was rejected', () => {
  expect(templateOf({ ...template, status: 'REJECTED', rejected_reason: 'PROMOTIONAL' })).toMatchObject({
    status: 'rejected',
    reason: 'PROMOTIONAL',
  });
  expect(templateOf({ ...template, rejected_reason: 'PROMOTIONAL' }), 'approved since').toMatchObject({ reason: null });
});

it('leaves out what is being deleted, and what is no template', () => {
  for (const other of [
    { ...template, status: 'PENDING_DELETION' },
    { ...template, status: 'OF_THE_FUTURE' },
    { ...template, id: undefined },
    { ...template, category: 'GREETINGS' },
    null,
    'template',
  ]) {
    expect(templateOf(other)).toBe(null);
  }
});

it('never throws, whatever the JSON is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (components, one) => {
      templateOf(components);
      templateOf({ ...template, components });
      templateOf({ ...template, components: [one, { type: 'BUTTONS', buttons: one }, { type: 'BODY', text: one }] });
      return true;
    }),
    { numRuns: 1000 },
  );
});
