import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WhatsAppAPI } from 'whatsapp-api-js';
import {
  ActionButtons,
  ActionCTA,
  ActionCallPermission,
  ActionCatalog,
  ActionContactRequest,
  ActionList,
  ActionLocation,
  ActionNavigateFlow,
  ActionProduct,
  ActionProductList,
  Audio,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  CatalogProduct,
  Contacts,
  Document,
  Header,
  Image,
  Interactive,
  ListSection,
  Location,
  Name,
  PayloadComponent,
  Phone,
  Product,
  ProductSection,
  Reaction,
  Row,
  Sticker,
  Template,
  Text,
  Video,
} from 'whatsapp-api-js/messages';
import { appSecret, numberId, png, setClientStage, to, token, verifyToken } from './stage.ts';
import type { ClientStage } from './stage.ts';

let stage: ClientStage;
let api: WhatsAppAPI;

beforeEach(async () => {
  stage = await setClientStage();
  api = new WhatsAppAPI({
    token,
    appSecret,
    webhookVerifyToken: verifyToken,
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
});
afterEach(() => stage.close());

async function upload(type: string): Promise<string> {
  const form = new FormData();
  form.set('file', new File([png], 'arquivo', { type }));
  const answer = await api.uploadMedia(numberId, form);
  return 'id' in answer ? answer.id : '';
}

describe('whatsapp-api-js', () => {
  it('hands on the error that Meta answers', async () => {
    stage.simulator.faults.add({ kind: 'throttle', code: 80007 });
    await expect(api.sendMessage(numberId, to, new Text('Oi'))).resolves.toMatchObject({ error: { code: 80007 } });
  });

  it('sends every kind of message', async () => {
    const image = new Image(await upload('image/png'), true);
    const words = new Body('Como podemos ajudar?');
    const messages = [
      new Text('Oi'),
      image,
      new Audio(await upload('audio/ogg'), true),
      new Video(await upload('video/mp4'), true),
      new Document(await upload('application/pdf'), true, undefined, 'a.pdf'),
      new Sticker(await upload('image/webp'), true),
      new Location(-34.8, -7.1, 'Loja Cacau'),
      new Contacts([new Name('Rosa Nogueira', 'Rosa'), new Phone('+55 83 9 8811-4520')]),
      new Interactive(new ActionButtons(new Button('s', 'Sim')), words, new Header(image)),
      new Interactive(new ActionList('Ver', new ListSection('Manhã', new Row('9', '9h'))), words),
      new Interactive(new ActionCTA('Ver', 'https://loja.example'), words),
      new Interactive(new ActionNavigateFlow('t', '7001', 'Agendar', 'AGENDA', { dia: 'sexta' }, 'published'), words),
      new Interactive(new ActionLocation(), words),
      new Interactive(new ActionCallPermission(), words),
      new Interactive(new ActionContactRequest(), words),
      new Interactive(new ActionCatalog(new Product('cafe-01')), words),
      new Interactive(new ActionProduct(new CatalogProduct('cafe-01', '300')), words),
      new Interactive(
        new ActionProductList('300', new ProductSection('Cafés', new Product('cafe-01'))),
        words,
        new Header('Cafés'),
      ),
      new Template(
        'retomar_atendimento',
        'pt_BR',
        new BodyComponent(new BodyParameter('Marina'), new BodyParameter('o pedido')),
        new PayloadComponent('sim'),
      ),
    ];
    for (const message of messages) {
      await expect(api.sendMessage(numberId, to, message), message._type).resolves.toMatchObject({
        messages: [{ id: expect.stringMatching(/^wamid\./) }],
      });
      const content = await stage.shown();
      const kind = message instanceof Interactive ? message.type : message._type;
      expect(content?.type === 'interactive' ? content.kind : content?.type).toBe(kind);
    }
    const question = stage.marina.messages[0]?.id ?? '';
    await api.sendMessage(numberId, to, new Reaction(question, '👍'));
    await api.markAsRead(numberId, question, 'text');
    await stage.simulator.settled();
    expect(stage.marina.messages[0]).toMatchObject({ status: 'read', reactions: { business: '👍' } });
  });

  it('uploads, reads, fetches and deletes a file', async () => {
    const id = await upload('image/png');
    const found = await api.retrieveMedia(id);
    expect(found).toMatchObject({ id, mime_type: 'image/png' });
    const file = await api.fetchMedia('url' in found ? found.url : '');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(png);
    await expect(api.deleteMedia(id)).resolves.toEqual({ success: true });
    await expect(api.retrieveMedia(id)).resolves.toMatchObject({ error: { code: 100 } });
  });

  it('blocks and unblocks a person', async () => {
    await expect(api.blockUser(numberId, to)).resolves.toMatchObject({ block_users: { added_users: [{ input: to }] } });
    await expect(api.unblockUser(numberId, to)).resolves.toMatchObject({
      block_users: { removed_users: [{ input: to }] },
    });
  });

  it('takes the handshake, verifies a webhook and reads it', async () => {
    stage.handshake = (query) => api.get(Object.fromEntries(query) as never);
    const { callbackUrl } = stage.simulator.webhooks[0] ?? { callbackUrl: '' };
    await stage.simulator.subscribe({ callbackUrl, verifyToken });
    await expect(stage.simulator.subscribe({ callbackUrl, verifyToken: 'outra' })).rejects.toThrow(/answered 403/);

    const heard: unknown[] = [];
    api.on.message = ({ message, name }) => {
      heard.push({ message, name });
    };
    const [webhook] = stage.delivered;
    const raw = String(webhook?.raw);
    await api.post(JSON.parse(raw), raw, webhook?.signature ?? '');
    expect(heard).toMatchObject([{ name: 'Marina Conceição', message: { text: { body: 'Olá, o café já chegou?' } } }]);
    await expect(api.post(JSON.parse(raw), `${raw} `, webhook?.signature ?? '')).rejects.toBeDefined();
  });
});
