import type { InteractiveSend } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { outboundContent, storedFileIds } from '../../domain/outbound-content.ts';
import type { AttachmentRow, MessageRow } from '../channel.ts';
import { interactiveBody } from './interactive-body.ts';

const files = [
  { id: 'att_a', kind: 'image', fileName: 'a.png' },
  { id: 'att_b', kind: 'video', fileName: 'b.mp4' },
  { id: 'att_c', kind: 'document', fileName: 'tabela.pdf' },
] as AttachmentRow[];
const mediaIds = new Map([
  ['att_a', '901'],
  ['att_b', '902'],
  ['att_c', '903'],
]);

/** As it is stored, and then as it leaves. */
function bodyOf(interactive: InteractiveSend, attachmentId: string | null = null) {
  const content = outboundContent({ type: 'interactive', interactive });
  const ids = storedFileIds(content, attachmentId);
  const outbound = {
    message: { id: 'msg_1' } as MessageRow,
    attachment: files.find(({ id }) => id === attachmentId) ?? null,
    files: files.filter(({ id }) => ids.includes(id)),
  };
  const made = interactiveBody(content, outbound, mediaIds);
  return 'body' in made ? made.body : made;
}

describe('something to tap as Meta takes it', () => {
  it('is reply buttons, under a text or a file', () => {
    const buttons = [
      { id: 'sim', title: 'Sim' },
      { id: 'nao', title: 'Não' },
    ];
    expect(bodyOf({ kind: 'buttons', header: 'Retirada', text: 'Pode ser?', footer: 'Cacau', buttons })).toEqual({
      type: 'button',
      header: { type: 'text', text: 'Retirada' },
      body: { text: 'Pode ser?' },
      footer: { text: 'Cacau' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'sim', title: 'Sim' } },
          { type: 'reply', reply: { id: 'nao', title: 'Não' } },
        ],
      },
    });
    const withFile: InteractiveSend = { kind: 'buttons', attachmentId: 'att_c', text: 'Pode ser?', buttons };
    expect(bodyOf(withFile, 'att_c')).toHaveProperty('header', {
      type: 'document',
      document: { id: '903', filename: 'tabela.pdf' },
    });
  });

  it('is refused without the file of its header', () => {
    const asked: InteractiveSend = {
      kind: 'link',
      attachmentId: 'att_z',
      text: 'a',
      label: 'b',
      url: 'https://c.example',
    };
    expect(bodyOf(asked)).toMatchObject({ code: 'no_file' });
    const card = { attachmentId: 'att_a', label: 'Ver', url: 'https://cacau.example' };
    const cards = [card, { ...card, attachmentId: 'att_z' }];
    expect(bodyOf({ kind: 'carousel', text: 'Novidades', cards })).toMatchObject({ code: 'no_file' });
  });

  it('is a list, whose sections have titles when there are several', () => {
    const rows = [
      { id: 'pac', title: 'PAC', description: '5 dias' },
      { id: 'sedex', title: 'Sedex' },
    ];
    expect(bodyOf({ kind: 'list', text: 'Como?', label: 'Escolher', sections: [{ title: 'Envio', rows }] })).toEqual({
      type: 'list',
      body: { text: 'Como?' },
      action: {
        button: 'Escolher',
        sections: [
          {
            title: 'Envio',
            rows: [
              { id: 'pac', title: 'PAC', description: '5 dias' },
              { id: 'sedex', title: 'Sedex' },
            ],
          },
        ],
      },
    });
  });

  it('is a link, and a form', () => {
    const url = 'https://cacau.example/agenda';
    expect(bodyOf({ kind: 'link', text: 'Datas', label: 'Ver datas', url })).toEqual({
      type: 'cta_url',
      body: { text: 'Datas' },
      action: { name: 'cta_url', parameters: { display_text: 'Ver datas', url } },
    });
    const flow = { kind: 'flow', text: 'Cadastro', label: 'Preencher', flowId: '77', action: 'navigate' } as const;
    expect(bodyOf({ ...flow, mode: 'draft', screen: 'INICIO', data: { plano: 'ouro' } })).toEqual({
      type: 'flow',
      body: { text: 'Cadastro' },
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: '77',
          flow_token: 'msg_1',
          flow_cta: 'Preencher',
          mode: 'draft',
          flow_action: 'navigate',
          flow_action_payload: { screen: 'INICIO', data: { plano: 'ouro' } },
        },
      },
    });
    expect(bodyOf({ ...flow, action: 'data_exchange', flowToken: 'pedido-7' })).toMatchObject({
      action: { parameters: { flow_token: 'pedido-7', flow_action: 'data_exchange' } },
    });
  });

  it.each([
    ['location_request', 'location_request_message', 'send_location'],
    ['contact_request', 'request_contact_info', 'request_contact_info'],
    ['call_permission', 'call_permission_request', 'call_permission_request'],
  ] as const)('asks with %s', (kind, type, name) => {
    expect(bodyOf({ kind, text: 'Por favor' })).toEqual({ type, body: { text: 'Por favor' }, action: { name } });
  });

  it('is cards to leaf through, each with its own file', () => {
    const cards = [
      { attachmentId: 'att_a', text: 'Cacau 70 %', label: 'Comprar', url: 'https://cacau.example/70' },
      { attachmentId: 'att_b', label: 'Comprar', url: 'https://cacau.example/85' },
    ];
    const action = (url: string) => ({ name: 'cta_url', parameters: { display_text: 'Comprar', url } });
    expect(bodyOf({ kind: 'carousel', text: 'Novidades', cards })).toEqual({
      type: 'carousel',
      body: { text: 'Novidades' },
      action: {
        cards: [
          {
            card_index: 0,
            type: 'cta_url',
            header: { type: 'image', image: { id: '901' } },
            body: { text: 'Cacau 70 %' },
            action: action('https://cacau.example/70'),
          },
          {
            card_index: 1,
            type: 'cta_url',
            header: { type: 'video', video: { id: '902' } },
            action: action('https://cacau.example/85'),
          },
        ],
      },
    });
  });

  it('is products of the catalogue', () => {
    expect(bodyOf({ kind: 'product', catalogId: '36', productId: 'cacau-70' })).toEqual({
      type: 'product',
      action: { catalog_id: '36', product_retailer_id: 'cacau-70' },
    });
    const sections = [{ title: 'Barras', productIds: ['cacau-70', 'cacau-85'] }];
    expect(bodyOf({ kind: 'product_list', header: 'Loja', text: 'Escolha', catalogId: '36', sections })).toEqual({
      type: 'product_list',
      header: { type: 'text', text: 'Loja' },
      body: { text: 'Escolha' },
      action: {
        catalog_id: '36',
        sections: [
          {
            title: 'Barras',
            product_items: [{ product_retailer_id: 'cacau-70' }, { product_retailer_id: 'cacau-85' }],
          },
        ],
      },
    });
    expect(bodyOf({ kind: 'catalog', text: 'Tudo', thumbnailProductId: 'cacau-70' })).toEqual({
      type: 'catalog_message',
      body: { text: 'Tudo' },
      action: { name: 'catalog_message', parameters: { thumbnail_product_retailer_id: 'cacau-70' } },
    });
  });

  it('asks for an address, and for a payment, whose parameters are handed over as they are', () => {
    expect(bodyOf({ kind: 'address', text: 'Onde?', country: 'IN', values: { name: 'Lia' } })).toEqual({
      type: 'address_message',
      body: { text: 'Onde?' },
      action: { name: 'address_message', parameters: { country: 'IN', values: { name: 'Lia' } } },
    });
    const parameters = { reference_id: 'pedido-7', currency: 'BRL' };
    expect(bodyOf({ kind: 'order_details', text: 'Pague', parameters })).toMatchObject({
      type: 'order_details',
      action: { name: 'review_and_pay', parameters },
    });
    expect(bodyOf({ kind: 'order_status', text: 'A caminho', parameters })).toMatchObject({
      type: 'order_status',
      action: { name: 'review_order', parameters },
    });
  });
});
