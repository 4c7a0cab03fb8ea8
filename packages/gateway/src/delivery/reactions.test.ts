import type { Conversation, Message, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, minute } from '../clock.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { graphRefusal, openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { openWebchat } from '../testbed/visitor.ts';
import { envelopeOf, postWebhook, statusOf } from '../testbed/webhooks.ts';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let conversation: Conversation;
  let asked: Message;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    conversation = await bed.attend('+5583999142210');
    const found = (await thread()).find(({ direction }) => direction === 'inbound');
    if (!found) throw new Error('nobody wrote');
    asked = found;
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const soon = { timeout: 20_000, interval: 20 };
  const thread = async () =>
    (await bed.ana.call<{ data: Message[] }>('GET', `/v1/conversations/${conversation.id}/messages`)).body.data;
  const react = <Result = Message>(emoji: string | null, { id }: { readonly id: string } = asked, caller = bed.ana) =>
    caller.call<Result>('PUT', `/v1/conversations/${conversation.id}/messages/${id}/reaction`, { emoji });
  const code = async (...given: Parameters<typeof react>) => (await react<Problem>(...given)).body.code;
  const shown = async () => (await bed.message(asked)).reactions.map(({ emoji, by }) => [emoji, by.kind, by.name]);
  const told = () => bed.graph.bodies().map(({ reaction }) => reaction as { message_id: string; emoji: string });
  const providerId = async ({ id }: { readonly id: string }) =>
    await opened.database.read
      .selectFrom('messages')
      .select(['providerId', 'reactionProviderId'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  it('is seen at once, told to WhatsApp, and there is one for the whole company', async () => {
    bed.work();
    expect((await react('👍')).body.reactions).toMatchObject([{ emoji: '👍', by: { kind: 'agent', name: 'Ana' } }]);
    await expect.poll(told, soon).toHaveLength(1);
    expect((await react('❤️', asked, bed.workspace.server)).body.reactions).toMatchObject([
      { emoji: '❤️', by: { kind: 'api', name: 'Cacau server' } },
    ]);
    await expect.poll(told, soon).toHaveLength(2);
    expect((await react(null)).body.reactions).toEqual([]);
    await expect.poll(told, soon).toHaveLength(3);
    const { providerId: id } = await providerId(asked);
    expect(told()).toEqual(['👍', '❤️', ''].map((emoji) => ({ message_id: id, emoji })));
    const events = await opened.database.read
      .selectFrom('events')
      .select(['type'])
      .orderBy('seq', 'desc')
      .limit(3)
      .execute();
    expect(events).toEqual(Array.from({ length: 3 }, () => ({ type: 'message.updated' })));
  });

  it('says nothing to WhatsApp when nothing changes', async () => {
    await react('👍');
    const { version } = await bed.message(asked);
    await react('👍');
    expect((await bed.message(asked)).version).toBe(version);
    await react(null);
    const removed = await bed.message(asked);
    expect((await react(null)).body.version).toBe(removed.version);
    const jobs = await opened.database.read
      .selectFrom('jobs')
      .select('id')
      .where('kind', '=', 'send_reaction')
      .execute();
    expect(jobs).toHaveLength(2);
    bed.work();
    await expect.poll(told, soon).toHaveLength(2);
    // Both know only the last word.
    expect(told().map(({ emoji }) => emoji)).toEqual(['', '']);
  });

  it.each([
    ['at once', () => graphRefusal(131009)],
    ['after a few tries, when nobody can say why', () => graphRefusal(131000, { status: 500 })],
  ])('is taken back when WhatsApp refuses it %s, and the message says why', async (_, answer) => {
    bed.graph.answer = ({ path }) => (path.endsWith('/messages') ? answer() : undefined);
    await react('👍');
    bed.work();
    await expect
      .poll(async () => {
        bed.desk.clock.advance(minute);
        return await shown();
      }, soon)
      .toEqual([]);
    const { failure, status } = await bed.message(asked);
    expect(status).toBeNull();
    expect(failure).toMatchObject({ detail: expect.stringContaining('Details of') as string });
    expect(Object.keys(failure?.reason ?? {})).toEqual(['pt-BR', 'en', 'es']);
    bed.graph.answer = () => undefined;
    expect((await react('❤️')).body).toMatchObject({ failure: null, reactions: [{ emoji: '❤️' }] });
  });

  it('is taken back when its own status says that it failed, also when that comes first', async () => {
    bed.work();
    const fail = async (id: string) => {
      const errors = [{ code: 131009, title: 'Parameter value is not valid' }];
      const more = { errors, biz_opaque_callback_data: asked.id };
      await postWebhook(bed.desk, envelopeOf(bed.workspace, { statuses: [statusOf(id, 'failed', more)] }), bed);
    };
    await react('👍');
    await expect.poll(async () => (await providerId(asked)).reactionProviderId, soon).not.toBeNull();
    await postWebhook(
      bed.desk,
      envelopeOf(bed.workspace, {
        statuses: [
          statusOf((await providerId(asked)).reactionProviderId ?? '', 'sent', { biz_opaque_callback_data: asked.id }),
        ],
      }),
      bed,
    );
    await fail((await providerId(asked)).reactionProviderId ?? '');
    await expect.poll(shown, soon).toEqual([]);
    expect((await bed.message(asked)).failure).toMatchObject({ code: '131009' });

    let accept: (response: Response) => void = () => undefined;
    bed.graph.answer = ({ body }) =>
      body['type'] === 'reaction' ? new Promise<Response>((resolve) => (accept = resolve)) : undefined;
    await react('❤️');
    await expect.poll(told, soon).toHaveLength(2);
    await fail('wamid.early');
    const kept = () => opened.database.read.selectFrom('earlyStatuses').select('providerId').execute();
    await expect.poll(kept, soon).toEqual([{ providerId: 'wamid.early' }]);
    expect(await shown()).toHaveLength(1);
    accept(Response.json({ messages: [{ id: 'wamid.early' }] }));
    await expect.poll(shown, soon).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  it('is told again when the answer was lost: to say it twice is harmless', async () => {
    let lost = 1;
    bed.graph.answer = ({ body }) =>
      body['type'] === 'reaction' && lost-- > 0 ? Promise.reject(new TypeError('connection reset')) : undefined;
    await react('👍');
    bed.work();
    await expect
      .poll(async () => {
        bed.desk.clock.advance(minute);
        return (await bed.job(asked.id))?.state;
      }, soon)
      .toBe('done');
    expect(told().map(({ emoji }) => emoji)).toEqual(['👍', '👍']);
    expect(await shown()).toEqual([['👍', 'agent', 'Ana']]);
  });

  it('is only for what the customer said, on WhatsApp, not deleted and not long ago', async () => {
    const ours = await bed.says(conversation, 'Olá');
    expect(await code('👍', ours)).toBe('message_not_reactable');
    const line = (await thread()).find(({ direction }) => direction === 'internal');
    expect(await code('👍', { id: line?.id ?? '' })).toBe('message_not_reactable');
    expect(await code('👍', { id: `msg_${'0'.repeat(26)}` })).toBe('not_found');
    for (const emoji of ['', 'ok', '👍👍', ' ']) expect(await code(emoji)).toBe('validation_failed');
    const set = (columns: { revokedAt?: number | null; createdAt?: number }) =>
      opened.database.transaction((tx) => tx.updateTable('messages').set(columns).where('id', '=', asked.id).execute());
    await set({ revokedAt: bed.desk.clock.now() });
    expect(await code('👍')).toBe('message_not_reactable');
    await set({ revokedAt: null, createdAt: bed.desk.clock.now() - 31 * day });
    expect(await code('👍')).toBe('message_not_reactable');
    const webchat = await openWebchat(bed.desk, bed.workspace);
    const said = await (await webchat.visitor()).says('Oi');
    await bed.ana.call('POST', `/v1/conversations/${said.id}/accept`);
    const { body } = await bed.ana.call<{ data: Message[] }>('GET', `/v1/conversations/${said.id}/messages`);
    const theirs = body.data.find(({ direction }) => direction === 'inbound');
    const path = `/v1/conversations/${said.id}/messages/${theirs?.id ?? ''}/reaction`;
    expect((await bed.ana.call<Problem>('PUT', path, { emoji: '👍' })).body.code).toBe('message_not_reactable');
  });

  it('is for who attends, and while the window is open', async () => {
    const bia = await bed.workspace.agent('bia');
    expect(await code('👍', asked, bia)).toBe('conversation_not_yours');
    bed.desk.clock.advance(day + minute);
    expect(await code('👍', asked, bed.workspace.server)).toBe('window_closed');
    await bed.workspace.server.call('POST', `/v1/conversations/${conversation.id}/close`, {});
    expect(await code('👍', asked, bed.workspace.server)).toBe('conversation_closed');
  });
});
