import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import { settle } from '../testing/manual-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { agentOf, idOf, messageOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, problem } from '../testing/scripted-server.ts';
// Loaded before it is needed: how long that takes is not what is tested.
import './durable-rows.ts';
import '../client/logout.ts';
import type { StoredMessage } from './outbox-storage.ts';

const { send } = paths.messages;
const one = idOf('cnv', 1);
const owner = `https://chat.prosa.example ${agentOf().id}`;
const noop = () => undefined;

function desk(storage: MemoryStorage | null) {
  const setup = scriptedClient({ storage });
  setup.server.always(send, ({ body }) => json(messageOf(1, { clientId: (body as { clientId: string }).clientId })));
  return setup;
}

function offline(storage: MemoryStorage | null) {
  const setup = desk(storage);
  setup.server.always(send, () => Promise.reject(new TypeError('no network')));
  return setup;
}

async function write(storage: MemoryStorage, ...rows: object[]): Promise<void> {
  const table = await storage.open(owner);
  for (const row of rows) await table.put(row as StoredMessage);
}

const now = Date.parse('2026-11-20T12:00:00.000Z');

describe('rows of other versions', () => {
  it('that are older are understood and sent', async () => {
    const storage = new MemoryStorage();
    const message = { type: 'text', text: 'antiga', clientId: 'client-old' };
    await write(storage, {
      clientId: 'client-old',
      conversationId: one,
      message,
      createdAt: now,
      sequence: 0,
      failure: null,
    });
    const { client, server } = desk(storage);
    await client.messages.pending();
    await settle();
    expect(server.requestsTo(send).map(({ body }) => body)).toEqual([message]);
    expect(storage.rows).toEqual([]);
  });

  it('that are newer, or broken, are left where they are, and break nothing', async () => {
    const storage = new MemoryStorage();
    const newer = { format: 3, clientId: 'client-new', thread: one, parts: [{ markdown: '**oi**' }] };
    const broken = { clientId: 'client-broken', conversationId: one };
    await write(storage, newer, broken);
    const { client, server } = desk(storage);
    expect(await client.messages.pending()).toEqual([]);
    await client.messages.send(one, { type: 'text', text: 'agora' });
    await settle();
    expect(server.requestsTo(send)).toHaveLength(1);
    expect(storage.rows).toEqual([newer, broken]);
  });
});

describe('what is kept', () => {
  it('is told, and so is when it is not any more', async () => {
    const storage = new MemoryStorage();
    const { client } = desk(storage);
    const told: string[] = [];
    client.on('outbox.unsaved', ({ error }) => told.push(error.message));
    expect(client.messages.pendingAreSaved).toBe(false);
    await client.messages.pending();
    expect(client.messages.pendingAreSaved).toBe(true);
    storage.failure = 'use';
    await client.messages.send(one, { type: 'text', text: 'a' });
    await client.messages.send(one, { type: 'text', text: 'b' });
    await settle();
    expect(client.messages.pendingAreSaved).toBe(false);
    expect(told).toHaveLength(1);
  });

  it('is nothing in memory', async () => {
    const { client } = offline(null);
    void client.messages.send(one, { type: 'text', text: 'a', clientId: 'client-a' }).catch(noop);
    expect((await client.messages.pending()).map(({ clientId }) => clientId)).toEqual(['client-a']);
    expect(client.messages.pendingAreSaved).toBe(false);
  });

  it('is not needed to know what was sent here', async () => {
    const { client, server } = offline(new MemoryStorage());
    server.always(paths.agents.me, () => problem('forbidden', 403));
    void client.messages.send(one, { type: 'text', text: 'a' }).catch(noop);
    expect(await client.messages.pending()).toHaveLength(1);
  });
});

describe('logging out', () => {
  it('asks with what was not sent, and does nothing when the answer is no', async () => {
    const storage = new MemoryStorage();
    const { client } = offline(storage);
    void client.messages.send(one, { type: 'text', text: 'a' }).catch(noop);
    await settle();
    const asked: number[] = [];
    const isOut = await client.logout({ confirm: (unsent) => asked.push(unsent.length) < 0 });
    expect([isOut, asked]).toEqual([false, [1]]);
    expect(storage.rows).toHaveLength(1);
    expect(await client.messages.pending()).toHaveLength(1);
  });

  it('leaves nothing of the agent, and everything of others', async () => {
    const storage = new MemoryStorage();
    storage.tables.set('https://chat.prosa.example agt_other', new Map());
    const { client } = offline(storage);
    const lost = expect(client.messages.send(one, { type: 'text', text: 'a' })).rejects.toMatchObject({
      code: 'aborted',
    });
    await settle();
    expect(await client.logout({ confirm: () => Promise.resolve(true) })).toBe(true);
    await lost;
    expect([...storage.tables.keys()]).toEqual(['https://chat.prosa.example agt_other']);
    await expect(client.messages.send(one, { type: 'text', text: 'b' })).rejects.toMatchObject({
      code: 'client_destroyed',
    });
  });

  it('asks nobody when everything was sent', async () => {
    const { client } = desk(new MemoryStorage());
    await client.messages.send(one, { type: 'text', text: 'a' });
    const isOut = await client.logout({
      confirm: () => {
        throw new Error('asked');
      },
    });
    expect(isOut).toBe(true);
  });

  it('fails when it cannot know whose messages are to be erased, and erases nothing', async () => {
    const storage = new MemoryStorage();
    const before = offline(storage);
    void before.client.messages.send(one, { type: 'text', text: 'a' }).catch(noop);
    await settle();
    before.client.destroy();
    const { client, server } = offline(storage);
    server.always(paths.agents.me, () => problem('unauthenticated', 401));
    await expect(client.logout()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(storage.rows).toHaveLength(1);
  });
});
