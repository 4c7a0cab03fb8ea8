import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSendable, needsOf, variablesOf, type StoredComponent } from '../../../domain/hsm.ts';
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
  ['PRODUCT', { type: 'HEADER', format: 'PRODUCT' }],
  [
    'CATALOG',
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Sim' },
        { type: 'CATALOG', text: 'Ver catálogo' },
      ],
    },
  ],
  ['CAROUSEL', { type: 'CAROUSEL', cards: [{ components: [{ type: 'HEADER', format: 'PRODUCT' }] }] }],
  ['CAROUSEL', { type: 'CAROUSEL', cards: [] }],
  ['LIMITED_TIME_OFFER', { type: 'LIMITED_TIME_OFFER' }],
])('keeps that there is a part of kind %s, and sends no such template', (originalType, component) => {
  const components = read(body, component) ?? [];
  expect(components[1]).toEqual({ type: 'OTHER', originalType });
  expect(isSendable('approved', components)).toBe(false);
  expect(templateComponents(components), 'it is not written back without that part').toBe(null);
});

const otpUrl = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}';
const card = {
  components: [
    { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://files.test/1'] } },
    { type: 'BODY', text: 'Por {{1}} só.', example: { body_text: [['R$ 9']] } },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Quero' }] },
  ],
};

it.each<[string, object, object, readonly string[], readonly string[]]>([
  [
    'a header with a file',
    { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://files.test/1'] } },
    { type: 'HEADER', format: 'IMAGE', examples: [] },
    [],
    ['image'],
  ],
  [
    'a place',
    { type: 'HEADER', format: 'LOCATION' },
    { type: 'HEADER', format: 'LOCATION', examples: [] },
    [],
    ['location'],
  ],
  [
    'a coupon',
    { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', text: 'Copiar', example: ['CACAU10'] }] },
    { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', text: 'Copiar', example: 'CACAU10' }] },
    ['button.0.code'],
    [],
  ],
  [
    'a form',
    {
      type: 'BUTTONS',
      buttons: [{ type: 'FLOW', text: 'Abrir', flow_id: 881, flow_action: 'NAVIGATE', navigate_screen: 'A' }],
    },
    { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Abrir', flowId: '881', action: 'navigate', screen: 'A' }] },
    [],
    [],
  ],
  [
    'a code for signing in',
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Copiar', url: otpUrl, example: [otpUrl] }] },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copiar', otpType: 'COPY_CODE' }] },
    [],
    [],
  ],
  [
    'a limited-time offer',
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Só hoje', has_expiration: true } },
    { type: 'OFFER', text: 'Só hoje', expires: true },
    [],
    ['offer_end'],
  ],
  [
    'a carousel',
    { type: 'CAROUSEL', cards: [card] },
    {
      type: 'CAROUSEL',
      cards: [
        {
          format: 'IMAGE',
          text: 'Por {{1}} só.',
          examples: ['R$ 9'],
          buttons: [{ type: 'QUICK_REPLY', text: 'Quero' }],
        },
      ],
    },
    ['card.0.body.1'],
    ['card_files'],
  ],
])('can send one with %s', (_what, component, kept, keys, needs) => {
  const components = read(body, component) ?? [];
  expect(components[1]).toEqual(kept);
  expect(isSendable('approved', components)).toBe(true);
  expect(variablesOf(components).map(({ key }) => key)).toEqual(keys);
  expect(needsOf(components)).toEqual(needs);
});

it('knows variables by their names', () => {
  const named = {
    type: 'BODY',
    text: 'Olá, {{first_name}}: são {{total}} hoje.',
    example: {
      body_text_named_params: [
        { param_name: 'total', example: 'R$ 20' },
        { param_name: 'first_name', example: 'Marina' },
      ],
    },
  };
  const components = templateOf({ ...template, parameter_format: 'NAMED', components: [named] })?.components ?? [];
  expect(isSendable('approved', components)).toBe(true);
  expect(variablesOf(components)).toEqual([
    { key: 'body.first_name', component: 'BODY', example: 'Marina' },
    { key: 'body.total', component: 'BODY', example: 'R$ 20' },
  ]);
  expect(templateComponents(components)).toEqual([
    {
      type: 'BODY',
      text: named.text,
      example: { body_text_named_params: named.example.body_text_named_params.toReversed() },
    },
  ]);
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

it.each(['FLAGGED', 'LOCKED'])('takes one that is %s for one that can be sent, with a warning', (status) => {
  expect(templateOf({ ...template, status, components: [body] })).toMatchObject({ status: 'approved', reason: status });
});
