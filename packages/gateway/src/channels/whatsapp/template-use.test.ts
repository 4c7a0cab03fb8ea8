import { expect, it } from 'vitest';
import { sentParts } from '../../domain/hsm-use.ts';
import type { StoredComponent } from '../../domain/hsm.ts';
import type { AttachmentRow } from '../channel.ts';
import { templateUse } from './template-use.ts';

const content = { templateId: 'hsm_1', name: 'pedido_saiu', language: 'pt_BR', text: 'Oi' };
const named = { name: 'pedido_saiu', language: { code: 'pt_BR' } };
const file = { id: 'att_1', fileName: 'boleto.pdf' } as AttachmentRow;
const context = {
  messageId: 'msg_1',
  mediaIds: new Map([
    ['att_1', '551'],
    ['att_2', '552'],
  ]),
  files: [file],
};

function sent(components: readonly StoredComponent[], use: object) {
  const parts = sentParts(components, { templateId: 'hsm_1', ...use });
  return templateUse({ ...content, raw: { parts } }, context)['components'];
}

it('names the template and its language, and nothing more where nothing is filled in', () => {
  expect(templateUse(content, context)).toEqual(named);
  expect(templateUse({ ...content, raw: { variables: {} } }, context)).toEqual(named);
  expect(templateUse({ ...content, raw: { variables: {}, parts: [] } }, context)).toEqual(named);
});

it('gives the values of a message of before in the order of their numbers', () => {
  const body = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => [`body.${11 - index}`, `valor ${11 - index}`]),
  );
  const variables = { 'button.1.1': '4471', ...body, 'header.1': 'Pedido' };
  expect(templateUse({ ...content, raw: { variables } }, context)).toEqual({
    ...named,
    components: [
      { type: 'header', parameters: [{ type: 'text', text: 'Pedido' }] },
      {
        type: 'body',
        parameters: Array.from({ length: 11 }, (_, index) => ({ type: 'text', text: `valor ${index + 1}` })),
      },
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: '4471' }] },
    ],
  });
});

it('gives the file of a header, a document with its name', () => {
  const body = { type: 'BODY', text: 'Oi', examples: [] } as const;
  const header = (format: 'IMAGE' | 'DOCUMENT') => [{ type: 'HEADER', format, examples: [] }, body] as const;
  expect(sent(header('IMAGE'), { attachmentId: 'att_1' })).toEqual([
    { type: 'header', parameters: [{ type: 'image', image: { id: '551' } }] },
  ]);
  expect(sent(header('DOCUMENT'), { attachmentId: 'att_1' })).toEqual([
    { type: 'header', parameters: [{ type: 'document', document: { id: '551', filename: 'boleto.pdf' } }] },
  ]);
});

it('names the parameters of a template with names', () => {
  const components = [{ type: 'BODY', text: 'Olá, {{first_name}}: {{total}} aqui.', examples: [] }] as const;
  expect(sent(components, { variables: { 'body.total': 'R$ 20', 'body.first_name': 'Marina' } })).toEqual([
    {
      type: 'body',
      parameters: [
        { type: 'text', parameter_name: 'first_name', text: 'Marina' },
        { type: 'text', parameter_name: 'total', text: 'R$ 20' },
      ],
    },
  ]);
});

it('gives payloads, coupons and what forms begin with; a form without a token has the id of the message', () => {
  const components: readonly StoredComponent[] = [
    { type: 'BODY', text: 'Oi', examples: [] },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Sim' },
        { type: 'QUICK_REPLY', text: 'Não' },
        { type: 'COPY_CODE', text: 'Copiar', example: 'X' },
        { type: 'FLOW', text: 'Abrir', flowId: '1', action: 'navigate' },
      ],
    },
  ];
  const use = { payloads: { 1: 'nao' }, variables: { 'button.2.code': 'CACAU10' } };
  const button = (index: number, sub_type: string, parameter: object) => ({
    type: 'button',
    sub_type,
    index: String(index),
    parameters: [parameter],
  });
  expect(sent(components, use)).toEqual([
    button(1, 'quick_reply', { type: 'payload', payload: 'nao' }),
    button(2, 'copy_code', { type: 'coupon_code', coupon_code: 'CACAU10' }),
    button(3, 'flow', { type: 'action', action: { flow_token: 'msg_1' } }),
  ]);
  expect(sent(components, { ...use, flows: { 3: { token: 't-1', data: { cep: '58000' } } } })).toContainEqual(
    button(3, 'flow', { type: 'action', action: { flow_token: 't-1', flow_action_data: { cep: '58000' } } }),
  );
});

it('writes the code for signing in twice: in the text and on the button', () => {
  const components: readonly StoredComponent[] = [
    { type: 'BODY', text: '*{{1}}* é o seu código.', examples: ['1'] },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copiar código' }] },
  ];
  expect(sent(components, { variables: { 'body.1': '774410' } })).toEqual([
    { type: 'body', parameters: [{ type: 'text', text: '774410' }] },
    { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '774410' }] },
  ]);
});

it('gives a place, the end of an offer and the cards of a carousel', () => {
  const location = { latitude: -7.11, longitude: -34.86, name: 'Loja', address: 'Rua das Flores, 10' };
  const components: readonly StoredComponent[] = [
    { type: 'HEADER', format: 'LOCATION', examples: [] },
    { type: 'BODY', text: 'Oi', examples: [] },
    { type: 'OFFER', text: 'Só hoje', expires: true },
    {
      type: 'CAROUSEL',
      cards: [
        { format: 'IMAGE', text: 'Por {{1}} só.', examples: ['x'], buttons: [{ type: 'QUICK_REPLY', text: 'Quero' }] },
        {
          format: 'VIDEO',
          text: null,
          examples: [],
          buttons: [{ type: 'URL', text: 'Ver', url: 'https://loja.test/{{1}}' }],
        },
      ],
    },
  ];
  const use = {
    location,
    offerEndsAt: '2026-11-22T12:00:00.000Z',
    cardAttachmentIds: ['att_1', 'att_2'],
    variables: { 'card.0.body.1': 'R$ 9', 'card.1.button.0.1': '44' },
  };
  expect(sent(components, use)).toEqual([
    {
      type: 'header',
      parameters: [{ type: 'location', location: { ...location, latitude: '-7.11', longitude: '-34.86' } }],
    },
    {
      type: 'limited_time_offer',
      parameters: [
        {
          type: 'limited_time_offer',
          limited_time_offer: { expiration_time_ms: Date.parse('2026-11-22T12:00:00.000Z') },
        },
      ],
    },
    {
      type: 'carousel',
      cards: [
        {
          card_index: 0,
          components: [
            { type: 'header', parameters: [{ type: 'image', image: { id: '551' } }] },
            { type: 'body', parameters: [{ type: 'text', text: 'R$ 9' }] },
          ],
        },
        {
          card_index: 1,
          components: [
            { type: 'header', parameters: [{ type: 'video', video: { id: '552' } }] },
            { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '44' }] },
          ],
        },
      ],
    },
  ]);
});
