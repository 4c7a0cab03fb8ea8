import type { Conversation, Message, Page, Problem, Queue, Tag } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let conversation: Conversation;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    await workspace.customerSays('+5583999142210', 'Oi');
    conversation = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${conversation.id}/accept`);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const create = (name: string, queueIds: readonly string[] = [], server = workspace.server) =>
    server.call<Tag & Problem>('POST', '/v1/tags', { name, queueIds });
  const setTags = (...tagIds: string[]) =>
    ana.call<Conversation & Omit<Problem, 'status'>>('PUT', `/v1/conversations/${conversation.id}/tags`, { tagIds });
  const read = async () => (await ana.call<Conversation>('GET', `/v1/conversations/${conversation.id}`)).body;
  const names = async (query = '') =>
    (await ana.call<Page<Tag>>('GET', `/v1/tags${query}`)).body.data.map(({ name }) => name);
  const events = async (type: string) =>
    await opened.database.read.selectFrom('events').select('data').where('type', '=', type).execute();

  it('takes a name once, without regard to case and accents, also of two who ask at the same moment', async () => {
    expect((await create('Cobrança')).status).toBe(200);
    for (const name of ['cobranca', 'COBRANÇA', '  Cobranca  ']) {
      expect((await create(name)).body.code).toBe('name_taken');
    }
    const answers = await Promise.all([create('Troca'), create('troca')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body: other } = await create('Entrega');
    const renamed = await workspace.server.call<Problem>('PATCH', `/v1/tags/${other.id}`, { name: 'cobrança' });
    expect([renamed.status, renamed.body.code]).toEqual([409, 'name_taken']);
    // Its own name written otherwise is nobody else's.
    expect((await workspace.server.call<Tag>('PATCH', `/v1/tags/${other.id}`, { name: 'ENTREGA' })).status).toBe(200);
    expect(await names()).toHaveLength(3);
    expect((await create('Cobrança', [], (await desk.workspace('Outra')).server)).status).toBe(200);
  });

  it('refuses queues that are not there and fields that are wrong', async () => {
    const queueId = conversation.queue?.id ?? '';
    const alien = await create('Dúvida', [queueId.replace(/.{4}$/, '0000')]);
    expect([alien.status, alien.body.errors?.[0]?.path]).toEqual([422, 'body.queueIds']);
    expect((await create(' ')).body.errors?.[0]?.path).toBe('body.name');
    expect((await create('x'.repeat(41))).status).toBe(422);
    expect(await names()).toEqual([]);
  });

  it('lists by name, by page, and those that a queue may use', async () => {
    const queue = (await workspace.server.call<Queue>('POST', '/v1/queues', { name: 'Vendas' })).body;
    await create('Preço', [queue.id]);
    await create('abono');
    await create('Água', [conversation.queue?.id ?? '']);
    expect(await names()).toEqual(['abono', 'Água', 'Preço']);
    expect(await names(`?queueId=${queue.id}`)).toEqual(['abono', 'Preço']);
    const first = await ana.call<Page<Tag>>('GET', '/v1/tags?limit=2');
    expect(await names(`?limit=2&cursor=${first.body.nextCursor ?? ''}`)).toEqual(['Preço']);
    expect((await ana.call('GET', '/v1/tags?cursor=x')).status).toBe(400);
  });

  it('gives a conversation exactly these tags, if its queue may have them', async () => {
    const queue = (await workspace.server.call<Queue>('POST', '/v1/queues', { name: 'Vendas' })).body;
    const [free, own, sales] = [
      (await create('Dúvida')).body,
      (await create('Atraso', [conversation.queue?.id ?? ''])).body,
      (await create('Preço', [queue.id])).body,
    ];
    const before = await read();
    const refused = await setTags(free.id, sales.id);
    expect([refused.status, refused.body.code]).toEqual([409, 'tag_not_allowed']);
    expect((await setTags(free.id.replace(/.{4}$/, '0000'))).body.errors?.[0]?.path).toBe('body.tagIds');
    expect(await read()).toEqual(before);

    const tagged = await setTags(free.id, own.id, free.id);
    expect(tagged.body.tags.map(({ name }) => name)).toEqual(['Atraso', 'Dúvida']);
    expect((await setTags(own.id, free.id)).body.version).toBe(tagged.body.version);
    const { body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages?limit=1`);
    expect(body.data[0]?.content).toMatchObject({ event: { name: 'tags_changed', tags: ['Atraso', 'Dúvida'] } });

    const found = async (tagId: string) =>
      (await ana.call<Page<Conversation>>('GET', `/v1/conversations?tagId=${tagId}`)).body.data.length;
    expect([await found(own.id), await found(sales.id)]).toEqual([1, 0]);
    // What it has it keeps, in whatever queue.
    await ana.call('POST', `/v1/conversations/${conversation.id}/transfer`, { to: { queueId: queue.id } });
    expect((await setTags(own.id, sales.id)).body.tags.map(({ name }) => name)).toEqual(['Atraso', 'Preço']);
    expect((await setTags()).body.tags).toEqual([]);
    expect((await setTags(own.id)).body.code).toBe('tag_not_allowed');
  });

  it('shows a new name where it is used, and deletes it from everywhere', async () => {
    const { body: tag } = await create('Dúvida');
    await setTags(tag.id);
    const before = await read();
    await workspace.server.call('PATCH', `/v1/tags/${tag.id}`, { name: 'Pergunta' });
    const renamed = await read();
    expect(renamed.tags).toEqual([{ id: tag.id, name: 'Pergunta' }]);
    expect(renamed.version).toBeGreaterThan(before.version);

    expect((await workspace.server.call('DELETE', `/v1/tags/${tag.id}`)).body).toEqual({ deleted: true });
    expect((await read()).tags).toEqual([]);
    expect(await opened.database.read.selectFrom('conversationTags').selectAll().execute()).toEqual([]);
    expect((await workspace.server.call('DELETE', `/v1/tags/${tag.id}`)).status).toBe(404);
    expect(
      await Promise.all(['tag.created', 'tag.updated', 'tag.deleted'].map(async (type) => (await events(type)).length)),
    ).toEqual([1, 1, 1]);
  });

  it('agrees on one of a deletion and a conversation that is given the tag at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { body: tag } = await create(`Rodada ${String(round)}`);
      const [deletion, given] = await Promise.all([
        workspace.server.call('DELETE', `/v1/tags/${tag.id}`),
        setTags(tag.id),
      ]);
      expect(deletion.status).toBe(200);
      expect([200, 422]).toContain(given.status);
      expect((await read()).tags).toEqual([]);
    }
  });
});
