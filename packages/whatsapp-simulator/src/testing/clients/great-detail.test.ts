import { Client } from '@great-detail/whatsapp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appSecret, numberId, png, setClientStage, to, token, verifyToken, wabaId } from './stage.ts';
import type { ClientStage } from './stage.ts';

let stage: ClientStage;
let client: Client;

beforeEach(async () => {
  stage = await setClientStage();
  client = new Client({
    baseUrl: stage.url,
    graphVersion: 'v25.0',
    request: { headers: { Authorization: `Bearer ${token}` }, retry: 0 },
  });
});
afterEach(() => stage.close());

type Message = Omit<Parameters<Client['message']['createMessage']>[0], 'phoneNumberID' | 'to'>;
const send = (message: object): Promise<{ messages: readonly { id: string }[] }> =>
  client.message.createMessage({ phoneNumberID: numberId, to, ...(message as Message) } as never).json() as never;
const upload = async (mimeType: string): Promise<string> => {
  const file = new Blob([png], { type: mimeType });
  return (await client.media.upload({ phoneNumberID: numberId, file, mimeType, filename: 'arquivo' }).json()).id;
};

describe('@great-detail/whatsapp', () => {
  it('meets a refusal as an HTTP error with the code of Meta', async () => {
    stage.simulator.faults.add({ kind: 'throttle', code: 131056 });
    const error = await send({ type: 'text', text: { body: 'Oi' } }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ response: { status: 400 }, data: { error: { code: 131056 } } });
  });

  it('sends every kind of message', async () => {
    const image = { id: await upload('image/png') };
    const body = { text: 'Como podemos ajudar?' };
    const interactive = (type: string, action: object, over: object = {}): object => ({
      type: 'interactive',
      interactive: { type, body, action, ...over },
    });
    const cards = [0, 1].map((index) => ({
      card_index: index,
      type: 'cta_url',
      header: { type: 'image', image },
      action: { name: 'cta_url', parameters: { display_text: 'Ver', url: 'https://loja.example' } },
    }));
    const sends: readonly object[] = [
      { type: 'text', text: { body: 'Oi' } },
      { type: 'image', image },
      { type: 'audio', audio: { id: await upload('audio/ogg') } },
      { type: 'video', video: { id: await upload('video/mp4') } },
      { type: 'document', document: { id: await upload('application/pdf'), filename: 'a.pdf' } },
      { type: 'sticker', sticker: { id: await upload('image/webp') } },
      { type: 'location', location: { latitude: -7.1, longitude: -34.8 } },
      { type: 'contacts', contacts: [{ name: { formatted_name: 'Rosa' } }] },
      interactive('button', { buttons: [{ type: 'reply', reply: { id: 's', title: 'Sim' } }] }),
      interactive('list', { button: 'Ver', sections: [{ rows: [{ id: '9', title: '9h' }] }] }),
      interactive('cta_url', { name: 'cta_url', parameters: { display_text: 'Ver', url: 'https://loja.example' } }),
      interactive('carousel', { cards }),
      interactive('product', { catalog_id: '300', product_retailer_id: 'cafe-01' }),
      interactive('location_request_message', { name: 'send_location' }),
      interactive('request_contact_info', { name: 'request_contact_info' }),
      interactive('call_permission_request', { name: 'call_permission_request' }),
      interactive(
        'product_list',
        { catalog_id: '300', sections: [{ title: 'Cafés', product_items: [{ product_retailer_id: 'cafe-01' }] }] },
        { header: { type: 'text', text: 'Cafés' } },
      ),
      interactive('catalog_message', {
        name: 'catalog_message',
        parameters: { thumbnail_product_retailer_id: 'cafe-01' },
      }),
      interactive('address_message', { name: 'address_message', parameters: { country: 'IN' } }),
      interactive('flow', {
        name: 'flow',
        parameters: { flow_message_version: '3', flow_id: '7001', flow_cta: 'Agendar', flow_token: 't' },
      }),
      {
        type: 'template',
        template: {
          name: 'retomar_atendimento',
          language: { code: 'pt_BR' },
          components: [{ type: 'body', parameters: ['Marina', 'o pedido'].map((text) => ({ type: 'text', text })) }],
        },
      },
    ];
    for (const message of sends) {
      const { messages } = await send(message);
      expect(messages[0]?.id).toMatch(/^wamid\./);
      const content = await stage.shown();
      const { type, interactive: sent } = message as { type: string; interactive?: { type: string } };
      expect(content?.type === 'interactive' ? content.kind : content?.type).toBe(sent?.type ?? type);
    }
    const question = stage.marina.messages[0]?.id ?? '';
    await send({ type: 'reaction', reaction: { message_id: question, emoji: '👍' } });
    await client.message.createStatus({ phoneNumberID: numberId, message_id: question, status: 'read' }).json();
    await stage.simulator.settled();
    expect(stage.marina.messages[0]).toMatchObject({ status: 'read', reactions: { business: '👍' } });
  });

  it('uploads, reads, downloads and deletes a file', async () => {
    const mediaID = await upload('image/png');
    const found = await client.media.getURL({ mediaID, phoneNumberID: numberId }).json();
    expect(found).toMatchObject({ id: mediaID, mime_type: 'image/png' });
    // This client sends no token to the download host by itself.
    const headers = { Authorization: `Bearer ${token}` };
    const bytes = await client.media.download({ mediaURL: found.url, request: { headers } }).arrayBuffer();
    expect(new Uint8Array(bytes)).toEqual(png);
    await expect(client.media.delete({ mediaID }).json()).resolves.toEqual({ success: true });
  });

  it('creates, lists, edits and deletes templates', async () => {
    const made = await client.template
      .create(wabaId, {
        name: 'lembrete',
        language: 'pt_BR',
        category: 'UTILITY',
        components: [{ type: 'BODY', text: 'Sua visita é amanhã.' }],
      } as never)
      .json();
    expect(made).toMatchObject({ status: 'PENDING', category: 'UTILITY' });
    await stage.simulator.settled();
    const { data } = await client.template.list(wabaId, { fields: ['name', 'status'] }).json();
    expect(data).toContainEqual(expect.objectContaining({ name: 'lembrete', status: 'APPROVED' }));
    const components = [{ type: 'BODY', text: 'Sua visita é na sexta-feira.' }];
    await expect(client.template.update(String(made.id), { components } as never).json()).resolves.toEqual({
      success: true,
    });
    await expect(client.template.get(String(made.id), { fields: ['name'] }).json()).resolves.toMatchObject({
      name: 'lembrete',
    });
    await expect(client.template.delete(wabaId, { name: 'lembrete' }).json()).resolves.toEqual({ success: true });
  });

  it('reads the number, the account and the subscriptions', async () => {
    const number = await client.phoneNumbers
      .getPhoneNumber({
        phoneNumberID: numberId,
        fields: ['quality_rating', 'display_phone_number'],
      } as never)
      .json();
    expect(number).toMatchObject({ quality_rating: 'GREEN', display_phone_number: '+55 83 3015-4400' });
    await expect(client.whatsappBusinessAccount.get(wabaId).json()).resolves.toMatchObject({ id: wabaId });
    await client.subscribedApps.createSubscription({ businessAccountID: wabaId } as never).json();
    await expect(
      client.subscribedApps.listSubscriptions({ businessAccountID: wabaId } as never).json(),
    ).resolves.toMatchObject({ data: [{ whatsapp_business_api_data: { name: 'Simulador' } }] });
  });

  it('takes the handshake and verifies a webhook', async () => {
    stage.handshake = async (query) => {
      const registered = await client.webhook.register({
        method: 'GET',
        query: Object.fromEntries(query),
        headers: {},
      });
      expect(registered.verifyToken).toBe(verifyToken);
      return registered.accept();
    };
    const { callbackUrl } = stage.simulator.webhooks[0] ?? { callbackUrl: '' };
    await stage.simulator.subscribe({ callbackUrl, verifyToken });
    const [webhook] = stage.delivered;
    const request = { method: 'POST', query: {}, body: String(webhook?.raw), headers: webhook?.headers ?? {} };
    const event = await client.webhook.eventNotification(request);
    await expect(event.verifySignature(appSecret)).resolves.toBeUndefined();
    await expect(event.checkSignature('outro-segredo')).resolves.toBe(false);
    expect(event.eventNotification).toMatchObject({ object: 'whatsapp_business_account' });
  });
});
