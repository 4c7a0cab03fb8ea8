import type { Conversation, Message, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pdfFile, pngFile, webpFile } from '../testbed/files.ts';
import { graphRefusal, openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { openWebchat } from '../testbed/visitor.ts';

const place = { type: 'location', latitude: -7.1195, longitude: -34.845 };
const card = { name: 'Lia Prado', phones: [{ phone: '+55 83 9 8812-0042' }] };
const cards = { type: 'contacts', contacts: [card] };
const question = {
  kind: 'buttons',
  text: 'Pode ser amanhã?',
  buttons: [
    { id: 'sim', title: 'Sim' },
    { id: 'nao', title: 'Não' },
  ],
};

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let conversation: Conversation;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    conversation = await bed.attend('+5583999142210');
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const refusal = async (body: object) => {
    const { status, body: problem } = await bed.tries<Problem>(conversation, body);
    return [status, problem.code, ...(problem.errors ?? []).map(({ path }) => path)];
  };
  const sent = async (body: object): Promise<[Message, Record<string, unknown>]> => {
    const message = await bed.send(conversation, body);
    await bed.becomes(message.id, 'done');
    return [message, { ...bed.graph.bodies().at(-1) }];
  };

  it('refuses what Meta would, names the field, and sends nothing', async () => {
    const attachmentId = await bed.upload(pngFile(), 'foto.png');
    const documentId = await bed.upload(pdfFile(), 'boleto.pdf');
    const asks = (more: object) => ({ type: 'interactive', interactive: { ...question, ...more } });
    const rows = Array.from({ length: 11 }, (_, i) => ({ id: `r${i}`, title: `Linha ${i}` }));
    const refusals: [object, ...unknown[]][] = [
      [{ ...place, latitude: 91 }, 422, 'validation_failed', 'body.latitude'],
      [{ ...cards, contacts: [] }, 422, 'validation_failed', 'body.contacts'],
      [{ type: 'sticker', attachmentId }, 422, 'validation_failed', 'body.type'],
      [{ type: 'text', text: 'a'.repeat(4097) }, 422, 'validation_failed', 'body.text'],
      [asks({ text: 'a'.repeat(1025) }), 422, 'validation_failed', 'body.interactive.text'],
      [asks({ buttons: [] }), 422, 'validation_failed', 'body.interactive.buttons'],
      [
        asks({ buttons: [{ id: 'a', title: 'a'.repeat(21) }] }),
        422,
        'validation_failed',
        'body.interactive.buttons.0.title',
      ],
      [asks({ footer: 'a'.repeat(61) }), 422, 'validation_failed', 'body.interactive.footer'],
      [asks({ header: 'Olá', attachmentId }), 422, 'validation_failed', 'body.interactive.header'],
      [
        { type: 'interactive', interactive: { kind: 'list', text: 'Qual?', label: 'Ver', sections: [{ rows }] } },
        422,
        'validation_failed',
        'body.interactive.sections.0.rows',
      ],
      [
        {
          type: 'interactive',
          interactive: {
            kind: 'carousel',
            text: 'Novidades',
            cards: [attachmentId, documentId].map((id) => ({
              attachmentId: id,
              label: 'Ver',
              url: 'https://c.example',
            })),
          },
        },
        422,
        'validation_failed',
        'body.interactive.cards.1.attachmentId',
      ],
      [
        { type: 'interactive', interactive: { kind: 'flow', text: 'a', label: 'b', flowId: '7', action: 'navigate' } },
        422,
        'validation_failed',
        'body.interactive.screen',
      ],
      [
        { type: 'interactive', interactive: { kind: 'flow', text: 'Cadastro', label: 'Preencher 📝', flowId: '77' } },
        422,
        'validation_failed',
        'body.interactive.label',
      ],
    ];
    for (const [body, ...expected] of refusals) expect([body, ...(await refusal(body))]).toEqual([body, ...expected]);
    bed.work();
    await bed.becomes((await bed.says(conversation, 'Só isto')).id, 'done');
    expect(bed.graph.texts()).toEqual(['Só isto']);
  });

  it('sends a place, cards and a sticker as they were given', async () => {
    bed.work();
    const [atShop, location] = await sent({ ...place, name: 'Loja', address: 'Rua das Flores, 10' });
    expect(atShop.content).toEqual({ ...place, name: 'Loja', address: 'Rua das Flores, 10', url: null });
    expect(location).toMatchObject({
      type: 'location',
      location: { name: 'Loja' },
      biz_opaque_callback_data: atShop.id,
    });
    const [people, contacts] = await sent(cards);
    expect(people.content).toEqual({
      type: 'contacts',
      contacts: [
        { name: 'Lia Prado', organization: null, phones: [{ phone: '+55 83 9 8812-0042', kind: null }], emails: [] },
      ],
    });
    expect(contacts).toMatchObject({ type: 'contacts', contacts: [{ name: { formatted_name: 'Lia Prado' } }] });
    const attachmentId = await bed.upload(webpFile(), 'oi.webp');
    const [sticker, webp] = await sent({ type: 'sticker', attachmentId });
    expect(sticker.content).toMatchObject({ type: 'sticker', attachment: { mimeType: 'image/webp' } });
    expect(webp).toMatchObject({ type: 'sticker', sticker: { id: expect.stringMatching(/^5550/) as string } });
  });

  it('takes no sticker that Meta would not, before anything is sent', async () => {
    const heavy = (flags: number) => {
      const bytes = new Uint8Array(200 * 1024);
      bytes.set(new TextEncoder().encode('RIFF\x24\0\0\0WEBPVP8X'));
      bytes[20] = flags;
      return new Blob([bytes]);
    };
    const upload = async (file: Blob) => {
      const response = await bed.desk.request('/v1/attachments?fileName=oi.webp', {
        method: 'POST',
        headers: { authorization: `Bearer ${bed.ana.token}`, 'idempotency-key': crypto.randomUUID() },
        body: file,
      });
      return { status: response.status, body: (await response.json()) as { code?: string; detail?: string } };
    };
    expect(await upload(heavy(0))).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large', detail: 'A sticker that does not move can have at most 102400 bytes.' },
    });
    expect((await upload(heavy(0x02))).status).toBe(200);
  });

  it('sends something to tap, and shows it without what only Meta needs', async () => {
    bed.work();
    const attachmentId = await bed.upload(pngFile(), 'foto.png');
    const [asked, body] = await sent({ type: 'interactive', interactive: { ...question, attachmentId } });
    expect(asked.content).toEqual({
      type: 'interactive',
      kind: 'buttons',
      header: null,
      text: 'Pode ser amanhã?',
      footer: null,
      listLabel: null,
      options: question.buttons,
      link: null,
      attachment: expect.objectContaining({ id: attachmentId }) as unknown,
    });
    expect(body).toMatchObject({
      interactive: { type: 'button', header: { type: 'image', image: { id: expect.any(String) as string } } },
    });
  });

  it('brings the file of each card to Meta once, also when it is sent again', async () => {
    const files = [await bed.upload(pngFile(), 'a.png'), await bed.upload(pngFile(), 'b.png')];
    const interactive = {
      kind: 'carousel',
      text: 'Novidades',
      cards: files.map((attachmentId) => ({ attachmentId, label: 'Ver', url: 'https://cacau.example' })),
    };
    bed.graph.answer = ({ path }) => (path.endsWith('/messages') ? graphRefusal(131026) : undefined);
    const message = await bed.send(conversation, { type: 'interactive', interactive });
    bed.work();
    await bed.becomes(message.id, 'failed');
    bed.graph.answer = () => undefined;
    const resend = `/v1/conversations/${conversation.id}/messages/${message.id}/resend`;
    const { body: again } = await bed.ana.call<Message>('POST', resend);
    await bed.becomes(again.id, 'done');
    expect(bed.graph.calls.filter(({ path }) => path.endsWith('/media'))).toHaveLength(2);
    const bodies = bed.graph.bodies() as {
      interactive: { action: { cards: { header: { image: { id: string } } }[] } };
    }[];
    const ids = bodies.map(({ interactive: { action } }) => action.cards.map(({ header }) => header.image.id));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toEqual(ids[1]);
    expect(new Set(ids[0]).size).toBe(2);
    expect((await bed.tries<Problem>(conversation, { type: 'image', attachmentId: files[0] })).body.code).toBe(
      'attachment_in_use',
    );
  });

  it('is one message for its clientId, whatever its type, and a mistake with other content', async () => {
    const body = { type: 'interactive', interactive: question, clientId: 'cliente-1' };
    const [first, second] = [await bed.send(conversation, body), await bed.send(conversation, body)];
    expect(second.id).toBe(first.id);
    const other = { ...body, interactive: { ...question, text: 'Outra' } };
    expect((await refusal(other)).slice(0, 2)).toEqual([409, 'idempotency_key_reused']);
    expect((await refusal({ ...body, replyTo: first.id })).slice(0, 2)).toEqual([409, 'idempotency_key_reused']);
  });

  describe('an answer to a message', () => {
    const inbound = async () =>
      (await bed.ana.call<{ data: Message[] }>('GET', `/v1/conversations/${conversation.id}/messages`)).body.data.find(
        ({ direction }) => direction === 'inbound',
      );

    it('quotes what the customer said, here and there', async () => {
      const asked = await inbound();
      const provider = await opened.database.read
        .selectFrom('messages')
        .select('providerId')
        .where('id', '=', asked?.id ?? '')
        .executeTakeFirst();
      bed.work();
      const [message, body] = await sent({ type: 'text', text: 'Olá', replyTo: asked?.id });
      expect(message.replyTo).toMatchObject({ messageId: asked?.id, direction: 'inbound', type: 'text', text: 'Oi' });
      expect(body).toMatchObject({ context: { message_id: provider?.providerId }, text: { body: 'Olá' } });
    });

    it('quotes a message of ours that leaves just before it', async () => {
      const first = await bed.says(conversation, 'Um');
      const second = await bed.send(conversation, { type: 'text', text: 'Como disse', replyTo: first.id });
      bed.work();
      await bed.becomes(second.id, 'done');
      const row = await opened.database.read
        .selectFrom('messages')
        .select('providerId')
        .where('id', '=', first.id)
        .executeTakeFirst();
      expect(bed.graph.bodies().map(({ context }) => context)).toEqual([undefined, { message_id: row?.providerId }]);
    });

    it('goes without the quote where Meta does not know the message any more', async () => {
      const first = await bed.says(conversation, 'Um');
      const second = await bed.send(conversation, { type: 'text', text: 'Dois', replyTo: first.id });
      bed.graph.answer = ({ body }) =>
        (body['text'] as { body?: string } | undefined)?.body === 'Um' ? graphRefusal(131026) : undefined;
      bed.work();
      await bed.becomes(second.id, 'done');
      expect(bed.graph.bodies().at(-1)).not.toHaveProperty('context');
      expect((await bed.message(second)).replyTo).toMatchObject({ messageId: first.id });
    });

    it('is refused to a line of the timeline, to what failed and to nothing', async () => {
      const answers = (replyTo: string) => refusal({ type: 'text', text: 'Olá', replyTo });
      const wrong = [422, 'validation_failed', 'body.replyTo'];
      expect(await answers(`msg_${'0'.repeat(26)}`)).toEqual(wrong);
      const { body } = await bed.ana.call<{ data: Message[] }>('GET', `/v1/conversations/${conversation.id}/messages`);
      const line = body.data.find(({ direction }) => direction === 'internal');
      expect(await answers(line?.id ?? '')).toEqual(wrong);
      const failed = await bed.says(conversation, 'Um');
      bed.graph.answer = () => graphRefusal(131026);
      bed.work();
      await bed.becomes(failed.id, 'failed');
      expect(await answers(failed.id)).toEqual(wrong);
      const other = await bed.attend('+5583988120042');
      const theirs = await bed.says(other, 'Outra conversa');
      expect(await answers(theirs.id)).toEqual(wrong);
    });
  });

  it('has only texts and files for a webchat', async () => {
    const webchat = await openWebchat(bed.desk, bed.workspace);
    const visitor = await webchat.visitor();
    const { id } = await visitor.says('Oi');
    await bed.ana.call('POST', `/v1/conversations/${id}/accept`);
    const attachmentId = await bed.upload(webpFile(), 'oi.webp');
    for (const body of [
      place,
      cards,
      { type: 'interactive', interactive: question },
      { type: 'sticker', attachmentId },
    ]) {
      const { status, body: problem } = await bed.tries<Problem>({ id }, body);
      expect([body, status, problem.code]).toEqual([body, 409, 'type_not_supported']);
    }
    const hello = await bed.says({ id }, 'Olá');
    expect((await bed.send({ id }, { type: 'text', text: 'De novo', replyTo: hello.id })).replyTo).toMatchObject({
      messageId: hello.id,
      text: 'Olá',
    });
  });
});
