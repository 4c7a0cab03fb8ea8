import type { JsonObject } from '../../json.ts';
import { ownTemplates } from './own-templates.ts';
import type { RequestFile } from './try-request.ts';

const to = '+55 83 99914-2210';
const send = (name: string, body: JsonObject): RequestFile => ({
  name: `send_${name}`,
  body: { messaging_product: 'whatsapp', to, ...body },
});
const ask = (type: string, interactive: JsonObject): RequestFile =>
  send(`interactive_${type}`, {
    recipient_type: 'individual',
    type: 'interactive',
    interactive: { type, body: { text: 'Como podemos ajudar, Marina?' }, ...interactive },
  });
const use = (name: string, components: readonly JsonObject[], language = 'pt_BR'): RequestFile =>
  send(`template_${name}`, {
    type: 'template',
    template: { name, language: { code: language, policy: 'deterministic' }, components },
  });
const words = (...texts: readonly string[]): JsonObject => ({
  type: 'body',
  parameters: texts.map((text) => ({ type: 'text', text })),
});
const picture = { type: 'image', image: { link: 'https://arquivos.example/cacau.png' } };
const money = (value: number): JsonObject => ({ value, offset: 100 });
const order = {
  reference_id: 'pedido-8812',
  type: 'physical-goods',
  currency: 'BRL',
  total_amount: money(5480),
  order: {
    status: 'pending',
    subtotal: money(4980),
    shipping: money(500),
    items: [{ name: 'Café da serra', quantity: 2, amount: money(2490), retailer_id: 'cafe-01' }],
  },
};
const linkCard = (index: number): JsonObject => ({
  card_index: index,
  type: 'cta_url',
  header: picture,
  body: { text: `Torra ${index + 1}` },
  action: { name: 'cta_url', parameters: { display_text: 'Ver', url: 'https://loja.example/cafes' } },
});
const replyCard = (index: number): JsonObject => ({
  card_index: index,
  type: 'cta_url',
  header: picture,
  action: { buttons: [{ type: 'quick_reply', quick_reply: { id: `quero-${index}`, title: 'Quero este' } }] },
});
const card = (index: number): JsonObject => ({
  card_index: index,
  components: [
    { type: 'HEADER', parameters: [{ type: 'image', image: { id: '1' } }] },
    { type: 'BUTTON', sub_type: 'QUICK_REPLY', index: 0, parameters: [{ type: 'payload', payload: `mais-${index}` }] },
    { type: 'BUTTON', sub_type: 'URL', index: '1', parameters: [{ type: 'text', text: `cafe-${index}` }] },
  ],
});

/** Every shape that `POST /{phone-number-id}/messages` takes, with data that was made up. */
const messages: readonly RequestFile[] = [
  send('text', { type: 'text', text: { body: 'Seu pedido saiu: https://loja.example/8812', preview_url: true } }),
  send('text_reply', { type: 'text', text: { body: 'De nada' }, context: { message_id: 'wamid.A' } }),
  send('text_group', { recipient_type: 'group', to: 'grupo', type: 'text', text: { body: 'Bom dia a todos' } }),
  send('image', { type: 'image', image: { id: '1', caption: 'A fachada' } }),
  send('image_link', { type: 'image', image: { link: 'https://arquivos.example/fachada.png' } }),
  send('video', { type: 'video', video: { id: '1', caption: 'O preparo' } }),
  send('audio', { type: 'audio', audio: { id: '1', voice: true } }),
  send('document', { type: 'document', document: { id: '1', filename: 'boleto.pdf', caption: 'Boleto' } }),
  send('sticker', { type: 'sticker', sticker: { id: '1' } }),
  send('location', {
    type: 'location',
    location: { latitude: '-7.11532', longitude: -34.861, name: 'Loja Cacau', address: 'Rua das Acácias, 120' },
  }),
  send('contacts', {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Rosa Nogueira', first_name: 'Rosa' },
        phones: [{ phone: '+55 83 9 8811-4520', type: 'Mobile', wa_id: '558388114520' }],
        emails: [{ email: 'rosa@loja.example' }],
        addresses: [{ city: 'João Pessoa' }],
        urls: [{ url: 'https://loja.example' }],
        birthday: '1990-04-12',
      },
    ],
  }),
  send('reaction', { type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } }),
  { name: 'send_read', body: { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.A' } },
  {
    name: 'send_read_typing',
    body: {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.A',
      typing_indicator: { type: 'text' },
    },
  },
];

const interactives: readonly RequestFile[] = [
  ask('button', {
    header: { type: 'text', text: 'Entrega' },
    footer: { text: 'Loja Cacau' },
    action: {
      buttons: [
        { type: 'reply', reply: { id: 'sim', title: 'Confirmar' } },
        { type: 'reply', reply: { id: 'nao', title: 'Remarcar' } },
      ],
    },
  }),
  ask('list', {
    action: {
      button: 'Ver horários',
      sections: [
        { title: 'Manhã', rows: [{ id: '9', title: '9h', description: 'Com Rosa' }] },
        { title: 'Tarde', rows: [{ id: '15', title: '15h' }] },
      ],
    },
  }),
  ask('cta_url', {
    header: picture,
    action: { name: 'cta_url', parameters: { display_text: 'Abrir', url: 'https://loja.example' } },
  }),
  ask('flow', {
    action: {
      name: 'flow',
      parameters: {
        flow_message_version: '3',
        flow_id: '7001',
        flow_cta: 'Agendar',
        flow_token: 'agenda-1',
        mode: 'published',
        flow_action: 'navigate',
        flow_action_payload: { screen: 'AGENDA', data: { dia: 'sexta-feira' } },
      },
    },
  }),
  ask('location_request_message', { action: { name: 'send_location' } }),
  ask('request_contact_info', { action: { name: 'request_contact_info' } }),
  ask('call_permission_request', { action: { name: 'call_permission_request' } }),
  ask('carousel', { action: { cards: [linkCard(0), linkCard(1)] } }),
  ask('carousel', { action: { cards: [replyCard(0), replyCard(1), replyCard(2)] } }),
  ask('product', { action: { catalog_id: '300', product_retailer_id: 'cafe-01' } }),
  ask('product_list', {
    header: { type: 'text', text: 'Cafés' },
    action: {
      catalog_id: '300',
      sections: [
        { title: 'Torra clara', product_items: [{ product_retailer_id: 'cafe-01' }] },
        { title: 'Torra escura', product_items: [{ product_retailer_id: 'cafe-02' }] },
      ],
    },
  }),
  ask('catalog_message', {
    action: { name: 'catalog_message', parameters: { thumbnail_product_retailer_id: 'cafe-01' } },
  }),
  ask('order_details', { action: { name: 'review_and_pay', parameters: order } }),
  ask('order_status', {
    action: {
      name: 'review_order',
      parameters: { reference_id: 'pedido-8812', order: { status: 'shipped', description: 'Saiu hoje' } },
    },
  }),
  ask('address_message', {
    action: {
      name: 'address_message',
      parameters: { country: 'IN', values: { name: 'Marina Albuquerque', city: 'João Pessoa' } },
    },
  }),
];

const templates: readonly RequestFile[] = [
  use('so_texto', []),
  use('com_valores', [
    { type: 'header', parameters: [{ type: 'text', text: 'Marina' }] },
    {
      type: 'body',
      parameters: [
        { type: 'text', text: '8812' },
        { type: 'currency', currency: { fallback_value: 'R$ 54,80', code: 'BRL', amount_1000: 54_800 } },
        { type: 'date_time', date_time: { fallback_value: '20 de novembro' } },
      ],
    },
  ]),
  use('com_nomes', [
    {
      type: 'BODY',
      parameters: [
        { type: 'text', parameter_name: 'nome', text: 'Marina' },
        { type: 'text', parameter_name: 'pedido', text: '8812' },
      ],
    },
  ]),
  use('com_documento', [
    { type: 'header', parameters: [{ type: 'document', document: { id: '1', filename: 'boleto.pdf' } }] },
    words('Marina'),
  ]),
  use('com_lugar', [
    {
      type: 'header',
      parameters: [{ type: 'location', location: { latitude: '-7.1', longitude: '-34.8', name: 'Loja Cacau' } }],
    },
    words('Marina'),
  ]),
  use('com_produto', [
    {
      type: 'header',
      parameters: [{ type: 'product', product: { product_retailer_id: 'cafe-01', catalog_id: '300' } }],
    },
    words('Marina'),
  ]),
  use('com_botoes', [
    words('Marina'),
    { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'SAIR' }] },
    { type: 'button', sub_type: 'url', index: 1, parameters: [{ type: 'text', text: '8812' }] },
  ]),
  use('com_cupom', [
    words('CACAU15'),
    {
      type: 'button',
      sub_type: 'COPY_CODE',
      index: 1,
      parameters: [{ type: 'coupon_code', coupon_code: 'CACAU15' }],
    },
  ]),
  use('com_codigo', [
    words('481922'),
    { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '481922' }] },
  ]),
  use('com_formulario', [
    {
      type: 'button',
      sub_type: 'flow',
      index: '0',
      parameters: [{ type: 'action', action: { flow_token: 'agenda-1', flow_action_data: { dia: 'sexta-feira' } } }],
    },
  ]),
  use('com_catalogo', [
    words('Marina'),
    {
      type: 'button',
      sub_type: 'CATALOG',
      index: 0,
      parameters: [{ type: 'action', action: { thumbnail_product_retailer_id: 'cafe-01' } }],
    },
  ]),
  use('com_produtos', [
    words('Marina'),
    {
      type: 'button',
      sub_type: 'mpm',
      index: 0,
      parameters: [
        {
          type: 'action',
          action: { sections: [{ title: 'Cafés', product_items: [{ product_retailer_id: 'cafe-01' }] }] },
        },
      ],
    },
  ]),
  use('com_pedido', [
    words('Marina'),
    {
      type: 'button',
      sub_type: 'order_details',
      index: 0,
      parameters: [{ type: 'action', action: { order_details: order } }],
    },
  ]),
  use('com_prazo', [
    { type: 'header', parameters: [picture] },
    words('Marina', 'CACAU15'),
    {
      type: 'limited_time_offer',
      parameters: [
        { type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: Date.UTC(2026, 10, 30, 15) } },
      ],
    },
    {
      type: 'button',
      sub_type: 'copy_code',
      index: 0,
      parameters: [{ type: 'coupon_code', coupon_code: 'CACAU15' }],
    },
  ]),
  use('com_cartoes', [words('Marina'), { type: 'CAROUSEL', cards: [card(0), card(1)] }]),
  use('com_alvo', [
    { type: 'header', parameters: [picture] },
    words('Marina'),
    {
      type: 'tap_target_configuration',
      parameters: [
        {
          type: 'tap_target_configuration',
          tap_target_configuration: [{ url: 'https://loja.example', title: 'Ver a oferta' }],
        },
      ],
    },
  ]),
];

/** Bodies of ours for what Meta prints: the same shapes, names and numbers that nobody has. */
export const ownBodies: readonly RequestFile[] = [...messages, ...interactives, ...templates, ...ownTemplates];
