import { afterEach, describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { LiveThread } from '../client/prosa-client.ts';
import type { Message, MessageSend } from '../contract/index.ts';
import { settle } from '../testing/manual-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { agentOf, conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, pageOf, problem, type ScriptedRequest } from '../testing/scripted-server.ts';
// Loaded before it is needed: how long that takes is not what is tested.
import './durable-rows.ts';

const send = paths.messages.send;
const one = idOf('cnv', 1);
const two = idOf('cnv', 2);
const text = (value: string, clientId?: string): MessageSend => ({
  type: 'text',
  text: value,
  ...(clientId !== undefined && { clientId }),
});
const textOf = (message: { readonly body: unknown }) => (message.body as { text: string }).text;
const noop = () => undefined;
const lost = () => Promise.reject<Response>(new TypeError('fetch failed'));

/** A client whose server keeps each message once, by client id, as the gateway does. */
function desk(options: Parameters<typeof scriptedClient>[0] = {}) {
  const setup = scriptedClient({ storage: null, ...options });
  const { server } = setup;
  const kept = new Map<string, Message>();
  const accept = ({ body, params }: ScriptedRequest): Message => {
    const { clientId, text: value } = body as { clientId: string; text: string };
    const known = kept.get(clientId);
    const message =
      known ??
      messageOf(kept.size + 10, {
        conversationId: params['conversationId'] ?? '',
        direction: 'outbound',
        status: 'pending',
        clientId,
        content: { type: 'text', text: value },
      });
    kept.set(clientId, message);
    return message;
  };
  server.always(send, (request) => json(accept(request)));
  server.always(paths.conversations.get, () => json(conversationOf(1)));
  server.always(paths.messages.list, () =>
    pageOf([...kept.values()].filter((m) => m.conversationId === one).reverse()),
  );
  return { ...setup, kept, accept };
}

async function open(setup: ReturnType<typeof desk>): Promise<LiveThread> {
  const thread = setup.client.live.thread(one);
  thread.subscribe(noop);
  await settle();
  await setup.server.stream.hello('c0');
  return thread;
}

/** What a person sees: texts in order, pending ones in brackets. */
function shown({ value }: LiveThread): string[] {
  return [
    ...value.messages.map(({ content }) => (content.type === 'text' ? content.text : '?')),
    ...value.pending.map(({ message, state }) => `[${message.type === 'text' ? message.text : '?'} ${state}]`),
  ];
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('sending', () => {
  it('is shown at once, and becomes the message without a flicker', async () => {
    const setup = desk();
    const thread = await open(setup);
    const seen: string[][] = [];
    thread.subscribe(() => seen.push(shown(thread)));
    const sent = setup.client.messages.send(one, text('Olá!'));
    expect(shown(thread)).toEqual(['[Olá! sending]']);
    expect((await sent).content).toEqual({ type: 'text', text: 'Olá!' });
    await settle();
    expect(seen).toEqual([['[Olá! sending]'], ['Olá!']]);
  });

  it('uses one id as client id and as key', async () => {
    const setup = desk();
    await setup.client.messages.send(one, text('a'));
    await setup.client.messages.send(one, text('b', 'my-client-id'));
    const [first, second] = setup.server.requestsTo(send);
    expect((first?.body as { clientId: string }).clientId).toBe(first?.headers.get('idempotency-key'));
    expect((second?.body as { clientId: string }).clientId).toBe('my-client-id');
    expect(second?.headers.get('idempotency-key')).toBe('my-client-id');
  });

  it('is done when the event is faster than the answer, and shows the message once', async () => {
    const setup = desk();
    const thread = await open(setup);
    let answer = noop as () => void;
    setup.server.always(send, (request) => {
      const message = setup.accept(request);
      return new Promise(
        (resolve) =>
          (answer = () => {
            resolve(json(message));
          }),
      );
    });
    const sent = setup.client.messages.send(one, text('Olá!'));
    await settle();
    const [message] = [...setup.kept.values()];
    await setup.server.stream.event('message.created', 'c1', {
      message: { ...message!, version: 2, status: 'sent' },
      conversation: conversationOf(1, { version: 2 }),
    });
    expect((await sent).status).toBe('sent');
    expect(shown(thread)).toEqual(['Olá!']);
    answer();
    await settle();
    expect(shown(thread)).toEqual(['Olá!']);
    expect(thread.value.messages[0]?.status).toBe('sent');
  });

  it('keeps the order of a conversation, while others do not wait for it', async () => {
    const setup = desk();
    const { client, server } = setup;
    let release = noop as () => void;
    server.next(
      send,
      (request) =>
        new Promise(
          (resolve) =>
            (release = () => {
              resolve(json(setup.accept(request)));
            }),
        ),
    );
    void client.messages.send(one, text('1'));
    void client.messages.send(one, text('2'));
    void client.messages.send(one, text('3'));
    await client.messages.send(two, text('other'));
    expect(server.requestsTo(send).map(textOf)).toEqual(['1', 'other']);
    release();
    await settle();
    expect(server.requestsTo(send).map(textOf)).toEqual(['1', 'other', '2', '3']);
  });

  it('sends a repeated client id once', async () => {
    const { client, server } = desk();
    const both = await Promise.all([
      client.messages.send(one, text('a', 'same-client-id')),
      client.messages.send(one, text('a', 'same-client-id')),
    ]);
    expect(both[0].id).toBe(both[1].id);
    expect(server.requestsTo(send)).toHaveLength(1);
  });
});

describe('without a connection', () => {
  it('waits, and goes in order once the stream is back', async () => {
    const setup = desk();
    const { client, server, clock } = setup;
    const thread = await open(setup);
    server.isUp = false;
    await server.stream.cut();
    const all = Promise.all(['1', '2', '3'].map((value) => client.messages.send(one, text(value))));
    await clock.advance(1000);
    expect(shown(thread)).toEqual(['[1 queued]', '[2 queued]', '[3 queued]']);
    expect(thread.value.pending[0]?.error).toMatchObject({ code: 'connection_failed' });
    server.isUp = true;
    client.connection.retry();
    await settle();
    await server.stream.hello('c0', true);
    await all;
    await settle();
    expect(shown(thread)).toEqual(['1', '2', '3']);
    expect(setup.kept.size).toBe(3);
  });

  it('backs off, and never gives up by itself', async () => {
    const { client, server, clock } = desk();
    server.isUp = false;
    const sent = client.messages.send(one, text('a'));
    await clock.advance(10 * 60_000);
    const tries = server.requestsTo(send).length;
    expect(tries).toBeGreaterThan(20);
    expect(tries).toBeLessThan(60);
    server.isUp = true;
    await clock.advance(30_000);
    expect((await sent).clientId).toBe((server.requestsTo(send)[0]?.body as { clientId: string }).clientId);
    const keys = new Set(server.requestsTo(send).map(({ headers }) => headers.get('idempotency-key')));
    expect(keys.size).toBe(1);
  });

  it('reaches the gateway once though its answer was lost', async () => {
    const setup = desk();
    const thread = await open(setup);
    setup.server.next(send, (request) => {
      setup.accept(request);
      return Promise.reject(new TypeError('connection reset'));
    });
    const sent = setup.client.messages.send(one, text('a'));
    await setup.clock.advance(2000);
    await sent;
    expect(setup.kept.size).toBe(1);
    expect(shown(thread)).toEqual(['a']);
  });

  it('tries at once when the browser says that it is online', async () => {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    const setup = desk();
    await open(setup);
    setup.server.next(send, () => Promise.reject(new TypeError('fetch failed')));
    const sent = setup.client.messages.send(one, text('a'));
    await settle();
    page.dispatchEvent(new Event('online'));
    await sent;
  });

  it.each([408, 425, 429, 502, 503, 504])('tries again after %i', async (status) => {
    const { client, server, clock } = desk();
    server.next(send, () => problem('unavailable', status));
    const sent = client.messages.send(one, text('a'));
    await clock.advance(2000);
    await sent;
    expect(server.requestsTo(send)).toHaveLength(2);
  });

  it('waits as long as the server asks', async () => {
    const { client, server, clock } = desk();
    server.next(send, () => problem('rate_limited', 429, {}, { 'retry-after': '20' }));
    const sent = client.messages.send(one, text('a'));
    await clock.advance(19_000);
    expect(server.requestsTo(send)).toHaveLength(1);
    await clock.advance(1000);
    await sent;
  });

  it('holds messages back while the host has no token, and sends them when it has', async () => {
    let isLoggedIn = false;
    const { client, server, clock } = desk({
      token: () => (isLoggedIn ? 'token-1' : Promise.reject(new Error('logged out'))),
    });
    const sent = client.messages.send(one, text('a'));
    await clock.advance(120_000);
    expect(server.requestsTo(send)).toHaveLength(0);
    isLoggedIn = true;
    await clock.advance(60_000);
    await sent;
  });
});

describe('a message that cannot be sent', () => {
  it('is shown as failed, says why, and does not hold the next one back', async () => {
    const setup = desk();
    const thread = await open(setup);
    setup.server.next(send, () => problem('window_closed', 409));
    const failed = setup.client.messages.send(one, text('late'));
    const next = setup.client.messages.send(one, text('next'));
    await expect(failed).rejects.toMatchObject({ code: 'window_closed', status: 409 });
    await next;
    await settle();
    expect(shown(thread)).toEqual(['next', '[late failed]']);
    expect(thread.value.pending[0]?.error).toMatchObject({ code: 'window_closed' });
  });

  it('is tried again when asked to, and can be given up', async () => {
    const setup = desk();
    const { client, server } = setup;
    const thread = await open(setup);
    server.next(
      send,
      () => problem('window_closed', 409),
      () => problem('window_closed', 409),
    );
    await client.messages.send(one, text('a', 'client-id-a')).catch(noop);
    await client.messages.send(one, text('b', 'client-id-b')).catch(noop);
    client.messages.retryPending('client-id-a');
    await settle();
    expect(shown(thread)).toEqual(['a', '[b failed]']);
    expect(client.messages.discardPending('client-id-b')).toBe(true);
    expect(client.messages.discardPending('client-id-b')).toBe(false);
    client.messages.retryPending('client-id-b');
    await settle();
    expect(shown(thread)).toEqual(['a']);
    expect(server.requestsTo(send)).toHaveLength(3);
  });

  it('because the server fails on it is given up after five tries', async () => {
    const { client, server, clock } = desk();
    server.always(send, () => problem('internal', 500));
    const failed = expect(client.messages.send(one, text('a'))).rejects.toMatchObject({ code: 'internal' });
    await clock.advance(120_000);
    await failed;
    expect(server.requestsTo(send)).toHaveLength(5);
  });

  it('can be given up while it waits, not while it is under way', async () => {
    const { client, server, clock } = desk();
    server.isUp = false;
    const waiting = expect(client.messages.send(one, text('a', 'client-id-a'))).rejects.toMatchObject({
      code: 'aborted',
    });
    await settle();
    expect(client.messages.discardPending('client-id-a')).toBe(true);
    await waiting;
    server.isUp = true;
    let release = noop as () => void;
    server.next(
      send,
      () =>
        new Promise(
          (resolve) =>
            (release = () => {
              resolve(json(messageOf(1, { clientId: 'client-id-b' })));
            }),
        ),
    );
    const sent = client.messages.send(one, text('b', 'client-id-b'));
    await settle();
    expect(client.messages.discardPending('client-id-b')).toBe(false);
    release();
    await sent;
    expect(clock.pending).toBe(0);
  });

  it('is not tried again once its sender gave up', async () => {
    const { client, server, clock } = desk();
    const before = AbortSignal.abort();
    await expect(client.messages.send(one, text('a'), { signal: before })).rejects.toMatchObject({ code: 'aborted' });
    expect(server.requestsTo(send)).toHaveLength(0);
    const during = new AbortController();
    let fail = noop as () => void;
    server.next(
      send,
      () =>
        new Promise(
          (_, reject) =>
            (fail = () => {
              reject(new TypeError('reset'));
            }),
        ),
    );
    const sent = expect(client.messages.send(one, text('b'), { signal: during.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    await settle();
    during.abort();
    await sent;
    fail();
    await clock.advance(60_000);
    expect(server.requestsTo(send)).toHaveLength(1);
  });

  it('rejects when the client ends', async () => {
    const { client, server } = desk();
    server.isUp = false;
    const sent = expect(client.messages.send(one, text('a'))).rejects.toMatchObject({ code: 'aborted' });
    await settle();
    client.destroy();
    await sent;
    await expect(client.messages.send(one, text('b'))).rejects.toMatchObject({ code: 'client_destroyed' });
  });
});

describe('a page that is closed with unsent messages', () => {
  async function leave(storage: MemoryStorage, ...values: string[]) {
    const setup = desk({ storage });
    setup.server.always(send, () => Promise.reject(new TypeError('fetch failed')));
    for (const value of values) void setup.client.messages.send(one, text(value, `client-${value}`)).catch(noop);
    await settle();
    setup.client.destroy();
    return setup;
  }

  it('shows them when it is opened again, and sends them once, in order', async () => {
    const storage = new MemoryStorage();
    await leave(storage, 'first', 'second', 'third');
    expect(storage.rows.map(({ clientId }) => clientId)).toEqual(['client-first', 'client-second', 'client-third']);
    const setup = desk({ storage });
    setup.server.next(send, lost, lost);
    const thread = await open(setup);
    expect(shown(thread)).toEqual(['[first queued]', '[second queued]', '[third queued]']);
    await setup.clock.advance(2000);
    expect(shown(thread)).toEqual(['first', 'second', 'third']);
    expect(setup.server.requestsTo(send).map(textOf)).toEqual(['first', 'first', 'first', 'second', 'third']);
    expect(storage.rows).toEqual([]);
  });

  it('sends them when somebody listens, though no thread is open', async () => {
    const storage = new MemoryStorage();
    await leave(storage, 'first');
    const setup = desk({ storage });
    setup.client.on('message.created', noop);
    await settle();
    await setup.server.stream.hello('c0');
    await settle();
    expect(setup.kept.size).toBe(1);
  });

  it('puts them before what is written now', async () => {
    const storage = new MemoryStorage();
    const { clock } = await leave(storage, 'first');
    const setup = desk({ storage });
    await setup.clock.advance(clock.now() - setup.clock.now() + 1000);
    setup.server.always(send, () => Promise.reject(new TypeError('fetch failed')));
    const thread = await open(setup);
    void setup.client.messages.send(one, text('now')).catch(noop);
    await settle();
    expect(shown(thread)).toEqual(['[first queued]', '[now queued]']);
  });

  it('shows nothing of it to another agent', async () => {
    const storage = new MemoryStorage();
    await leave(storage, 'first');
    const setup = desk({ storage });
    setup.server.always(paths.agents.me, () => json(agentOf({ id: idOf('agt', 2) })));
    const thread = await open(setup);
    expect(shown(thread)).toEqual([]);
    expect(setup.server.requestsTo(send)).toHaveLength(0);
  });

  it('asks before it sends what is older than a day', async () => {
    const storage = new MemoryStorage();
    await leave(storage, 'first');
    const setup = desk({ storage });
    setup.clock.sleep(25 * 60 * 60 * 1000);
    const thread = await open(setup);
    expect(shown(thread)).toEqual(['[first failed]']);
    expect(thread.value.pending[0]?.error).toMatchObject({ code: 'outbox_expired' });
    setup.client.messages.retryPending('client-first');
    await settle();
    expect(shown(thread)).toEqual(['first']);
  });

  it('still knows why one had failed', async () => {
    const storage = new MemoryStorage();
    const before = desk({ storage });
    before.server.always(send, () => problem('window_closed', 409));
    before.client.connection.connect();
    await settle();
    await before.client.messages.send(one, text('late', 'client-late')).catch(noop);
    await settle();
    before.client.destroy();
    const setup = desk({ storage });
    const thread = await open(setup);
    expect(shown(thread)).toEqual(['[late failed]']);
    expect(thread.value.pending[0]?.error).toMatchObject({ code: 'window_closed' });
    expect(setup.client.messages.discardPending('client-late')).toBe(true);
    await settle();
    expect(storage.rows).toEqual([]);
  });

  it('does not send what another tab has sent or given up in the meantime', async () => {
    const storage = new MemoryStorage();
    await leave(storage, 'first', 'second');
    const setup = desk({ storage });
    setup.server.next(send, lost, lost);
    const thread = await open(setup);
    for (const rows of storage.tables.values()) rows.delete('client-second');
    await setup.clock.advance(2000);
    expect(setup.server.requestsTo(send).map(textOf)).toEqual(['first', 'first', 'first']);
    expect(shown(thread)).toEqual(['first']);
  });
});

describe('storage in trouble', () => {
  it.each(['open', 'use'] as const)('that fails to %s does not keep messages from being sent', async (failure) => {
    const storage = new MemoryStorage();
    storage.failure = failure;
    const setup = desk({ storage });
    const thread = await open(setup);
    await setup.client.messages.send(one, text('a'));
    await settle();
    expect(shown(thread)).toEqual(['a']);
  });

  it('that fails later, or hangs, holds nothing up for long', async () => {
    for (const failure of ['use', 'hang'] as const) {
      const storage = new MemoryStorage();
      const setup = desk({ storage });
      await open(setup);
      storage.failure = failure;
      const sent = setup.client.messages.send(one, text('a'));
      await setup.clock.advance(2000);
      await sent;
      const next = setup.client.messages.send(one, text('b'));
      await settle();
      await next;
    }
  });

  it('waits for the agent to be known, and is not needed before', async () => {
    const storage = new MemoryStorage();
    const setup = desk({ storage });
    setup.server.next(paths.agents.me, () => problem('forbidden', 403));
    await setup.client.messages.send(one, text('a'));
    await settle();
    expect(storage.tables.size).toBe(0);
    await setup.client.messages.send(one, text('b'));
    await settle();
    expect([...storage.tables.keys()]).toEqual([`https://chat.prosa.example ${agentOf().id}`]);
  });
});

describe('several tabs', () => {
  /** Web Locks, as far as they are used. */
  function locks() {
    const held = new Set<string>();
    const request = async (name: string, _: unknown, work: (lock: object | null) => Promise<unknown>) => {
      if (held.has(name)) return work(null);
      held.add(name);
      try {
        return await work({ name });
      } finally {
        held.delete(name);
      }
    };
    vi.stubGlobal('navigator', { locks: { request } });
    return held;
  }

  it('never send to the same conversation at once', async () => {
    locks();
    const storage = new MemoryStorage();
    const first = desk({ storage });
    const second = desk({ storage });
    await Promise.all([first, second].map(({ client }) => client.messages.pending()));
    let release = noop as () => void;
    first.server.next(
      send,
      (request) =>
        new Promise(
          (resolve) =>
            (release = () => {
              resolve(json(first.accept(request)));
            }),
        ),
    );
    const one1 = first.client.messages.send(one, text('a'));
    const one2 = second.client.messages.send(one, text('b'));
    const other = second.client.messages.send(two, text('c'));
    await settle();
    await other;
    expect(second.server.requestsTo(send).map(textOf)).toEqual(['c']);
    release();
    await one1;
    await second.clock.advance(250);
    await one2;
  });

  it('do not wait for ever for one that is frozen', async () => {
    const held = locks();
    const { client, clock, server } = desk({ storage: new MemoryStorage() });
    await client.messages.pending();
    held.add(`https://chat.prosa.example ${agentOf().id} ${one}`);
    const sent = client.messages.send(one, text('a'));
    await clock.advance(4000);
    expect(server.requestsTo(send)).toHaveLength(0);
    await clock.advance(1500);
    await sent;
  });

  it('are none where locks may not be used', async () => {
    vi.stubGlobal('navigator', {
      locks: { request: () => Promise.reject(new DOMException('no origin', 'SecurityError')) },
    });
    const { client } = desk({ storage: new MemoryStorage() });
    await client.messages.pending();
    await client.messages.send(one, text('a'));
  });
});
