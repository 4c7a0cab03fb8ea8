import { Client } from '@great-detail/whatsapp';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WhatsAppAPI } from 'whatsapp-api-js';
import {
  BodyComponent,
  BodyParameter,
  CarouselCard,
  CarouselComponent,
  CatalogComponent,
  CopyComponent,
  FlowComponent,
  HeaderComponent,
  HeaderParameter,
  Image,
  Location,
  LTOComponent,
  MPMComponent,
  PayloadComponent,
  Product,
  ProductSection,
  SkipButtonComponent,
  Template,
  Text,
  URLComponent,
} from 'whatsapp-api-js/messages';
import { numberId, png, setClientStage, to, token, wabaId } from './stage.ts';
import type { ClientStage } from './stage.ts';

/** Templates of every kind: one client hands them in, and each sends them in its own words. */
let stage: ClientStage;
let detail: Client;
let kapso: WhatsAppClient;
let api: WhatsAppAPI;
let picture: string;

beforeEach(async () => {
  stage = await setClientStage();
  const headers = { Authorization: `Bearer ${token}` };
  detail = new Client({ baseUrl: stage.url, graphVersion: 'v25.0', request: { headers, retry: 0 } });
  kapso = new WhatsAppClient({ baseUrl: stage.url, graphVersion: 'v25.0', accessToken: token });
  api = new WhatsAppAPI({
    token,
    appSecret: 'unused',
    v: 'v25.0',
    ponyfill: {
      subtle: crypto.subtle,
      // The host is a constant of this client: its calls are led to the simulator, and are otherwise its own.
      fetch: (input: RequestInfo | URL, init?: RequestInit) => {
        const address = input instanceof Request ? input.url : String(input);
        return fetch(address.replace('https://graph.facebook.com', stage.url), init);
      },
    },
  });
  const file = new Blob([png], { type: 'image/png' });
  picture = (await kapso.media.upload({ phoneNumberId: numberId, type: 'image', file, fileName: 'a.png' })).id;
});
afterEach(() => stage.close());

const body = { type: 'BODY', text: 'Oi, {{1}}! Chegou café novo da Chapada.', example: { body_text: [['Marina']] } };
const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW1hZ2U='] } };
const buttons = (...all: readonly object[]) => ({ type: 'BUTTONS', buttons: all });
const card = {
  components: [
    header,
    { type: 'BODY', text: 'Por {{1}} só.', example: { body_text: [['R$ 39']] } },
    buttons({ type: 'QUICK_REPLY', text: 'Quero este' }),
  ],
};

async function handIn(name: string, category: string, ...components: readonly object[]): Promise<void> {
  const made = detail.template.create(wabaId, { name, language: 'pt_BR', category, components } as never);
  expect(await made.json()).toMatchObject({ status: 'PENDING' });
  await stage.simulator.settled();
}

async function isShown(words: string): Promise<void> {
  const content = await stage.shown();
  expect([content?.type, JSON.stringify(content)]).toEqual(['template', expect.stringContaining(words)]);
}

const marina = () => new BodyComponent(new BodyParameter('Marina'));
const image = () => new HeaderComponent(new HeaderParameter(new Image(picture, true)));

const kinds: readonly (readonly [
  name: string,
  category: string,
  components: readonly object[],
  send: () => Template,
])[] = [
  [
    'com_cupom',
    'MARKETING',
    [body, buttons({ type: 'COPY_CODE', example: 'CACAU10' })],
    () => new Template('com_cupom', 'pt_BR', marina(), new CopyComponent('CACAU10')),
  ],
  [
    'com_prazo',
    'MARKETING',
    [
      header,
      body,
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Só hoje', has_expiration: true } },
      buttons(
        { type: 'COPY_CODE', example: 'CACAU10' },
        { type: 'URL', text: 'Comprar', url: 'https://loja.example/{{1}}', example: ['https://loja.example/hoje'] },
      ),
    ],
    () =>
      new Template(
        'com_prazo',
        'pt_BR',
        image(),
        marina(),
        new LTOComponent(Date.now() + 3_600_000),
        new CopyComponent('CACAU10'),
        new URLComponent('hoje'),
      ),
  ],
  [
    'com_cartoes',
    'MARKETING',
    [body, { type: 'CAROUSEL', cards: [card, card] }],
    () => {
      const one = () =>
        new CarouselCard(
          new Image(picture, true),
          new BodyComponent(new BodyParameter('R$ 39')),
          new PayloadComponent('quero'),
        );
      return new Template('com_cartoes', 'pt_BR', marina(), new CarouselComponent(one(), one()));
    },
  ],
  [
    'com_lugar',
    'UTILITY',
    [{ type: 'HEADER', format: 'LOCATION' }, body],
    () => {
      const place = new Location(-34.8, -7.1, 'Loja Cacau', 'Rua das Flores, 10');
      return new Template('com_lugar', 'pt_BR', new HeaderComponent(new HeaderParameter(place)), marina());
    },
  ],
  [
    'com_formulario',
    'UTILITY',
    [
      body,
      buttons({ type: 'FLOW', text: 'Agendar', flow_id: '7001', flow_action: 'navigate', navigate_screen: 'DIA' }),
    ],
    () => new Template('com_formulario', 'pt_BR', marina(), new FlowComponent('t', { dia: 'sexta' })),
  ],
  [
    'com_catalogo',
    'MARKETING',
    [body, buttons({ type: 'CATALOG', text: 'Ver catálogo' })],
    () => new Template('com_catalogo', 'pt_BR', marina(), new CatalogComponent(new Product('cafe-01'))),
  ],
  [
    'com_produtos',
    'MARKETING',
    [{ type: 'HEADER', format: 'TEXT', text: 'Cafés da semana' }, body, buttons({ type: 'MPM', text: 'Ver produtos' })],
    () => {
      const product = new Product('cafe-01');
      const button = new MPMComponent(product, new ProductSection('Cafés', product));
      return new Template('com_produtos', 'pt_BR', marina(), button);
    },
  ],
  [
    'com_ligacao',
    'UTILITY',
    [
      body,
      buttons(
        { type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+558330154400' },
        { type: 'URL', text: 'Ver', url: 'https://loja.example/{{1}}', example: ['https://loja.example/1'] },
      ),
    ],
    () => new Template('com_ligacao', 'pt_BR', marina(), new SkipButtonComponent(), new URLComponent('8812')),
  ],
];

describe('whatsapp-api-js sends what @great-detail/whatsapp handed in', () => {
  it.each(kinds)('%s', async (name, category, components, send) => {
    await handIn(name, category, ...components);
    await expect(api.sendMessage(numberId, to, send())).resolves.toMatchObject({
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    await isShown('Oi, Marina! Chegou café novo da Chapada.');
  });

  it('a text to several people at once', async () => {
    const sent = await Promise.all(api.broadcastMessage(numberId, [to, '5583988114520'], new Text('Oi'), 2, 0));
    for (const answer of sent) expect(answer).toMatchObject({ messages: [{ id: expect.stringMatching(/^wamid\./) }] });
  });
});

describe('@kapso/whatsapp-cloud-api', () => {
  const send = (name: string, components: readonly object[]) =>
    kapso.messages.sendTemplate({
      phoneNumberId: numberId,
      to,
      template: { name, language: { code: 'pt_BR' }, components: components as never },
    });

  it('sends named variables and an address that goes on', async () => {
    const named = { nome: 'Marina', pedido: '8812', previsao: 'sexta-feira' };
    const parameters = Object.entries(named).map(([parameterName, text]) => ({ type: 'text', parameterName, text }));
    await send('pedido_enviado', [
      { type: 'body', parameters },
      { type: 'button', subType: 'url', index: '0', parameters: [{ type: 'text', text: '8812' }] },
    ]);
    await isShown('O pedido *8812* saiu hoje e chega até sexta-feira.');
  });

  it('sends a picture, and what a tap brings back', async () => {
    await send('novidades_da_semana', [
      { type: 'header', parameters: [{ type: 'image', image: { id: picture } }] },
      { type: 'body', parameters: [{ type: 'text', text: 'Marina' }] },
      { type: 'button', subType: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'quero' }] },
    ]);
    await isShown('Oi, Marina! Chegou café novo da Chapada');
  });

  it('meets the code of Meta for a variable too few, and for a template that nobody has', async () => {
    await expect(send('retomar_atendimento', [])).rejects.toMatchObject({ code: 132_000 });
    await expect(send('nunca_existiu', [])).rejects.toMatchObject({ code: 132_001 });
  });

  it('lists by name and category, and deletes by name', async () => {
    await handIn('visita', 'UTILITY', body);
    const found = await kapso.templates.list({ businessAccountId: wabaId, name: 'visita' });
    expect(found.data).toMatchObject([{ name: 'visita', status: 'APPROVED', category: 'UTILITY' }]);
    const marketing = await kapso.templates.list({ businessAccountId: wabaId, category: 'MARKETING' });
    expect(marketing.data.map(({ name }) => name)).not.toContain('visita');
    await kapso.templates.delete({ businessAccountId: wabaId, name: 'visita' });
    expect((await kapso.templates.list({ businessAccountId: wabaId, name: 'visita' })).data).toEqual([]);
  });
});

describe('@great-detail/whatsapp', () => {
  it('sends a template with a picture by its address', async () => {
    const parameters = [{ type: 'text', text: 'Marina' }];
    const link = { link: `${stage.url}/simulator/media/${picture}` };
    await detail.message
      .createMessage({
        phoneNumberID: numberId,
        to,
        type: 'template',
        template: {
          name: 'novidades_da_semana',
          language: { code: 'pt_BR' },
          components: [
            { type: 'header', parameters: [{ type: 'image', image: link }] },
            { type: 'body', parameters },
          ],
        },
      } as never)
      .json();
    await isShown('Oi, Marina! Chegou café novo da Chapada');
  });
});
