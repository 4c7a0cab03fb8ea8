import type { Conversation, Message } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, minute, second } from '../clock.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { envelopeOf, postWebhook } from '../testbed/webhooks.ts';

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

  const customerSays = (text: string, providerId: string) =>
    bed.workspace.customerSays('+5583999142210', text, { providerId });
  const reads = () => bed.ana.call('POST', `/v1/conversations/${conversation.id}/read`);
  const types = (typing = true) => bed.ana.call('POST', `/v1/conversations/${conversation.id}/typing`, { typing });
  /** What left, once everything has. */
  const left = async () => {
    const unfinished = () =>
      opened.database.read
        .selectFrom('jobs')
        .select('id')
        .where('state', 'in', ['queued', 'running', 'calling'])
        .execute();
    await expect.poll(unfinished, { timeout: 20_000, interval: 20 }).toEqual([]);
    return bed.graph.bodies().map((body) => (body['status'] === 'read' ? body['message_id'] : body['type']));
  };

  it('tells that it was read when the conversation is opened, if nothing else is set', async () => {
    bed.work();
    await customerSays('Alô?', 'wamid.in1');
    await reads();
    await reads();
    expect(await left()).toEqual(['wamid.in1']);
    await bed.says(conversation, 'Olá');
    expect(await left()).toEqual(['wamid.in1', 'text']);
  });

  it('is told of the message before a call, which nobody can read', async () => {
    bed.work();
    await customerSays('Alô?', 'wamid.in1');
    const call = { id: 'wacid.1', from: '558399142210', direction: 'USER_INITIATED', event: 'connect' };
    const envelope = envelopeOf(bed.workspace, { calls: [call] });
    const text = JSON.stringify(envelope).replace('"field":"messages"', '"field":"calls"');
    await postWebhook(bed.desk, text, bed);
    const messages = () => bed.ana.call<{ data: Message[] }>('GET', `/v1/conversations/${conversation.id}/messages`);
    const types = async () => (await messages()).body.data.map(({ content }) => content.type);
    await expect.poll(types, { timeout: 20_000, interval: 20 }).toContain('unsupported');
    await reads();
    expect(await left()).toEqual(['wamid.in1']);
  });

  it('tells it with the answer, once, when that is the policy', async () => {
    await bed.configure({ readReceipts: 'on_reply' });
    bed.work();
    await customerSays('Alô?', 'wamid.in1');
    await customerSays('Tem alguém?', 'wamid.in2');
    await reads();
    await types();
    expect(await left()).toEqual([]);
    await bed.says(conversation, 'Olá');
    await bed.says(conversation, 'Em que posso ajudar?');
    expect((await left()).sort()).toEqual(['text', 'text', 'wamid.in2']);
    await customerSays('Meu pedido', 'wamid.in3');
    await bed.says(conversation, 'Vou ver');
    expect((await left()).filter((one) => one === 'wamid.in3')).toHaveLength(1);
  });

  it('never tells it when that is the policy', async () => {
    await bed.configure({ readReceipts: 'never' });
    bed.work();
    await customerSays('Alô?', 'wamid.in1');
    await reads();
    await types();
    await bed.says(conversation, 'Olá');
    expect(await left()).toEqual(['text']);
  });

  describe('typing', () => {
    const shown = async () => {
      await left();
      return bed.graph.bodies().filter(({ typing_indicator: typing }) => typing !== undefined);
    };

    it('is shown on the phone of the customer, once in 25 seconds', async () => {
      bed.work();
      await customerSays('Alô?', 'wamid.in1');
      await types();
      await types();
      await types(false);
      const body = {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: 'wamid.in1',
        typing_indicator: { type: 'text' },
      };
      expect(await shown()).toEqual([body]);
      bed.desk.clock.advance(24 * second);
      await types();
      expect(await shown()).toHaveLength(1);
      bed.desk.clock.advance(second);
      await types();
      expect(await shown()).toEqual([body, body]);
    });

    it('is not told late, and not tried again', async () => {
      await customerSays('Alô?', 'wamid.in1');
      await types();
      bed.desk.clock.advance(minute);
      bed.work();
      expect(await shown()).toEqual([]);
      bed.graph.answer = () => new Response(null, { status: 500 });
      await types();
      expect(await shown()).toHaveLength(1);
    });

    it('is nothing where no answer can be sent', async () => {
      bed.work();
      bed.desk.clock.advance(day + minute);
      await types();
      expect(await shown()).toEqual([]);
    });
  });
});
