import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appSecret, numberId, png, setClientStage, to, token, wabaId } from './stage.ts';
import type { ClientStage } from './stage.ts';

let stage: ClientStage;
let client: WhatsAppClient;
const base = { phoneNumberId: numberId, to };

beforeEach(async () => {
  stage = await setClientStage();
  client = new WhatsAppClient({ baseUrl: stage.url, graphVersion: 'v25.0', accessToken: token });
});
afterEach(() => stage.close());

const picture = (): Promise<{ id: string }> =>
  client.media.upload({
    phoneNumberId: numberId,
    type: 'image',
    file: new Blob([png], { type: 'image/png' }),
    fileName: 'a.png',
  });
const upload = (type: string, mime: string): Promise<{ id: string }> =>
  client.media.upload({ phoneNumberId: numberId, type, file: new Blob([png], { type: mime }), fileName: 'arquivo' });

describe('@kapso/whatsapp-cloud-api', () => {
  it('reads a refusal as its own typed error', async () => {
    const refused = client.messages.sendText({
      ...base,
      body: 'x'.repeat(4096),
      contextMessageId: 'wamid.X',
      to: '12',
    });
    await expect(refused).rejects.toBeInstanceOf(GraphApiError);
    stage.simulator.faults.add({ kind: 'throttle' });
    await expect(client.messages.sendText({ ...base, body: 'Oi' })).rejects.toMatchObject({
      code: 130429,
      category: 'throttling',
    });
    stage.simulator.faults.add({ kind: 'expired_token' });
    await expect(client.messages.sendText({ ...base, body: 'Oi' })).rejects.toMatchObject({
      code: 190,
      category: 'authorization',
    });
  });

  it('sends every kind of message', async () => {
    const { id } = await picture();
    const { messages } = client;
    const header = { type: 'image', image: { id } } as const;
    const sections = [{ title: 'Manhã', rows: [{ id: '9', title: '9h' }] }];
    const items = [{ title: 'Cafés', productItems: [{ productRetailerId: 'cafe-01' }] }];
    const card = (cardIndex: number) => ({
      cardIndex,
      header,
      action: { displayText: 'Ver', url: 'https://loja.example' },
    });
    const sticker = await upload('sticker', 'image/webp');
    const audio = await upload('audio', 'audio/ogg');
    const video = await upload('video', 'video/mp4');
    const file = await upload('document', 'application/pdf');
    const question = stage.marina.messages[0]?.id ?? '';
    const sends: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['text', () => messages.sendText({ ...base, body: 'Oi', contextMessageId: question })],
      ['image', () => messages.sendImage({ ...base, image: { id, caption: 'A fachada' } })],
      ['audio', () => messages.sendAudio({ ...base, audio: { id: audio.id, voice: true } })],
      ['video', () => messages.sendVideo({ ...base, video: { id: video.id } })],
      ['document', () => messages.sendDocument({ ...base, document: { id: file.id, filename: 'a.pdf' } })],
      ['sticker', () => messages.sendSticker({ ...base, sticker: { id: sticker.id } })],
      [
        'location',
        () => messages.sendLocation({ ...base, location: { latitude: -7.1, longitude: -34.8, name: 'Loja' } }),
      ],
      [
        'contacts',
        () => messages.sendContacts({ ...base, contacts: [{ name: { formattedName: 'Rosa', firstName: 'Rosa' } }] }),
      ],
      [
        'button',
        () =>
          messages.sendInteractiveButtons({
            ...base,
            bodyText: 'Confirma?',
            header,
            buttons: [{ id: 's', title: 'Sim' }],
          }),
      ],
      ['list', () => messages.sendInteractiveList({ ...base, bodyText: 'Quando?', buttonText: 'Ver', sections })],
      [
        'cta_url',
        () =>
          messages.sendInteractiveCtaUrl({
            ...base,
            bodyText: 'Veja',
            parameters: { displayText: 'Ver', url: 'https://loja.example' },
          }),
      ],
      ['carousel', () => messages.sendInteractiveCarousel({ ...base, bodyText: 'Veja', cards: [card(0), card(1)] })],
      ['product', () => messages.sendInteractiveProduct({ ...base, catalogId: '300', productRetailerId: 'cafe-01' })],
      [
        'product_list',
        () =>
          messages.sendInteractiveProductList({
            ...base,
            bodyText: 'Veja',
            header: { type: 'text', text: 'Cafés' },
            catalogId: '300',
            sections: items,
          }),
      ],
      [
        'catalog_message',
        () =>
          messages.sendInteractiveCatalogMessage({
            ...base,
            bodyText: 'Veja',
            parameters: { thumbnailProductRetailerId: 'cafe-01' },
          }),
      ],
      [
        'flow',
        () =>
          messages.sendInteractiveFlow({
            ...base,
            bodyText: 'Agende',
            parameters: { flowId: '7001', flowCta: 'Agendar', flowToken: 't' },
          }),
      ],
      [
        'address_message',
        () => messages.sendInteractiveAddress({ ...base, bodyText: 'Onde?', parameters: { country: 'IN' } }),
      ],
      [
        'location_request_message',
        () =>
          messages.sendInteractiveLocationRequest({
            ...base,
            bodyText: 'Onde?',
            parameters: { requestMessage: 'Onde você está?' },
          }),
      ],
      [
        'call_permission_request',
        () =>
          messages.sendInteractiveCallPermission({
            ...base,
            bodyText: 'Podemos ligar?',
            parameters: { phoneNumber: to },
          }),
      ],
      [
        'request_contact_info',
        () =>
          messages.sendInteractiveRaw({
            ...base,
            interactive: {
              type: 'request_contact_info',
              body: { text: 'Qual o seu número?' },
              action: { name: 'request_contact_info' },
            },
          }),
      ],
      [
        'template',
        () =>
          messages.sendTemplate({
            ...base,
            template: {
              name: 'retomar_atendimento',
              language: { code: 'pt_BR' },
              components: [
                {
                  type: 'body',
                  parameters: [
                    { type: 'text', text: 'Marina' },
                    { type: 'text', text: 'o pedido' },
                  ],
                },
              ],
            },
          }),
      ],
    ];
    for (const [kind, send] of sends) {
      await expect(send(), kind).resolves.toMatchObject({ messages: [{ id: expect.stringMatching(/^wamid\./) }] });
      const content = await stage.shown();
      expect(content?.type === 'interactive' ? content.kind : content?.type).toBe(kind);
    }
    await messages.sendReaction({ ...base, reaction: { messageId: question, emoji: '👍' } });
    await messages.markRead({ phoneNumberId: numberId, messageId: question, typingIndicator: { type: 'text' } });
    await stage.simulator.settled();
    expect(stage.marina.messages[0]).toMatchObject({ status: 'read', reactions: { business: '👍' } });
  });

  it('uploads, reads, downloads and deletes a file', async () => {
    const { id } = await picture();
    await expect(client.media.get({ mediaId: id })).resolves.toMatchObject({
      mimeType: 'image/png',
      fileSize: png.length,
    });
    const bytes = await client.media.download({ mediaId: id, auth: 'always' });
    expect(new Uint8Array(bytes as ArrayBuffer)).toEqual(png);
    await expect(client.media.delete({ mediaId: id })).resolves.toMatchObject({ success: true });
    await expect(client.media.get({ mediaId: id })).rejects.toMatchObject({ code: 100 });
  });

  it('creates, lists and deletes templates', async () => {
    const { templates } = client;
    const made = await templates.create({
      businessAccountId: wabaId,
      name: 'lembrete',
      language: 'pt_BR',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Sua visita é amanhã.' }],
    });
    expect(made).toMatchObject({ id: expect.any(String), status: 'PENDING' });
    const page = await templates.list({ businessAccountId: wabaId, limit: 2 });
    expect(page.data).toHaveLength(2);
    const rest = await templates.list({ businessAccountId: wabaId, after: page.paging?.cursors?.after ?? '' });
    expect(rest.data.map(({ name }) => name)).toContain('lembrete');
    await expect(templates.delete({ businessAccountId: wabaId, name: 'lembrete' })).resolves.toMatchObject({
      success: true,
    });
    await expect(templates.list({ businessAccountId: wabaId, name: 'lembrete' })).resolves.toMatchObject({ data: [] });
  });

  it('verifies and reads a webhook', async () => {
    const [webhook] = stage.delivered;
    const signed = { appSecret, rawBody: webhook?.raw ?? '', signatureHeader: webhook?.signature ?? '' };
    expect(verifySignature(signed)).toBe(true);
    expect(verifySignature({ ...signed, rawBody: `${String(webhook?.raw)} ` })).toBe(false);
    const { messages, contacts } = normalizeWebhook(JSON.parse(String(webhook?.raw)));
    expect(messages[0]).toMatchObject({ type: 'text', text: { body: 'Olá, o café já chegou?' } });
    expect(contacts[0]).toMatchObject({ profile: { name: 'Marina Conceição' } });
  });
});
