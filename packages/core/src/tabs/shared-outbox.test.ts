import { afterEach, describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { LiveThread } from '../client/prosa-client.ts';
import type { Message } from '../contract/index.ts';
import { settle } from '../testing/manual-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { pretendBrowser } from '../testing/pretend-browser.ts';
import { conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, pageOf, problem, type ScriptedRequest } from '../testing/scripted-server.ts';
// Loaded before they are needed: how long that takes is not what is tested.
import '../store/durable-rows.ts';
import './open-tabs.ts';

const { send } = paths.messages;
const one = idOf('cnv', 1);
const noop = () => undefined;
const text = (value: string) => ({ type: 'text', text: value, clientId: `client-${value}` }) as const;

/** One gateway behind all tabs, which keeps each message once, by its client id. */
function gateway() {
  const kept = new Map<string, Message>();
  const accept = ({ body }: ScriptedRequest): Message => {
    const { clientId, text: value } = body as { clientId: string; text: string };
    const message =
      kept.get(clientId) ??
      messageOf(kept.size + 1, { direction: 'outbound', clientId, content: { type: 'text', text: value } });
    kept.set(clientId, message);
    return message;
  };
  return { kept, accept, texts: () => [...kept.values()].map(({ content }) => 'text' in content && content.text) };
}

async function openTab({ accept }: ReturnType<typeof gateway>, storage: MemoryStorage | null) {
  const setup = scriptedClient({ storage });
  const { server, client } = setup;
  server.always(paths.conversations.get, () => json(conversationOf(1)));
  server.always(paths.messages.list, () => pageOf([]));
  server.always(send, (request) => json(accept(request)));
  const thread = client.live.thread(one);
  thread.subscribe(noop);
  await settle();
  if (server.streams.length > 0) await server.stream.hello('c0');
  return { ...setup, thread };
}

/** The first leads. */
async function openTwo(
  storages: readonly (MemoryStorage | null)[] = Array<MemoryStorage>(2).fill(new MemoryStorage()),
) {
  pretendBrowser();
  const desk = gateway();
  const first = await openTab(desk, storages[0] ?? null);
  const second = await openTab(desk, storages[1] ?? null);
  return { desk, first, second };
}

function shown({ value }: LiveThread): string[] {
  return [
    ...value.messages.map(({ content }) => ('text' in content ? (content.text ?? '?') : '?')),
    ...value.pending.map(({ message, state }) => `[${'text' in message ? message.text : '?'} ${state}]`),
  ];
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the outbox of several tabs', () => {
  it('is sent by the leader, and shown by all', async () => {
    const { first, second, desk } = await openTwo();
    const sent = second.client.messages.send(one, text('a'));
    expect(shown(second.thread)).toEqual(['[a queued]']);
    expect((await sent).clientId).toBe('client-a');
    await settle();
    expect(second.server.requestsTo(send)).toEqual([]);
    expect(first.server.requestsTo(send)).toHaveLength(1);
    expect([shown(first.thread), shown(second.thread)]).toEqual([['a'], ['a']]);
    expect(desk.texts()).toEqual(['a']);
  });

  it('keeps the order in which the tabs wrote', async () => {
    const { first, second, desk } = await openTwo();
    let release = noop as () => void;
    first.server.next(
      send,
      (request) => new Promise((resolve) => (release = () => resolve(json(desk.accept(request))))),
    );
    for (const [index, tab] of [first, second, first, second].entries()) {
      void tab.client.messages.send(one, text(String(index)));
      first.clock.sleep(5);
      second.clock.sleep(5);
      await settle();
    }
    expect(shown(second.thread)).toEqual(['[0 sending]', '[1 queued]', '[2 queued]', '[3 queued]']);
    release();
    await settle();
    expect(desk.texts()).toEqual(['0', '1', '2', '3']);
  });

  it('tells everybody why one failed, and tries it again or drops it for everybody', async () => {
    const { first, second } = await openTwo();
    first.server.next(send, () => problem('window_closed', 409));
    const sent = expect(second.client.messages.send(one, text('a'))).rejects.toMatchObject({ code: 'window_closed' });
    await sent;
    await settle();
    for (const { thread } of [first, second]) {
      expect(thread.value.pending[0]).toMatchObject({ state: 'failed', remedies: ['send_template', 'discard'] });
    }
    second.client.messages.retryPending('client-a');
    await settle();
    expect([shown(first.thread), shown(second.thread)]).toEqual([['a'], ['a']]);
    first.server.next(send, () => problem('window_closed', 409));
    await second.client.messages.send(one, text('b')).catch(noop);
    await settle();
    expect(second.client.messages.discardPending('client-b')).toBe(true);
    await settle();
    expect([shown(first.thread), shown(second.thread)]).toEqual([['a'], ['a']]);
  });

  it('is not sent when another tab gives it up while it waits', async () => {
    const { first, second, desk } = await openTwo();
    first.server.always(send, () => Promise.reject(new TypeError('no network')));
    const sent = expect(second.client.messages.send(one, text('a'))).rejects.toMatchObject({ code: 'aborted' });
    await settle();
    expect(second.client.messages.discardPending('client-a')).toBe(true);
    await sent;
    await first.clock.advance(60_000);
    expect(shown(first.thread)).toEqual([]);
    expect(desk.texts()).toEqual([]);
  });

  it('goes on with the next leader, with the same key', async () => {
    const { first, second, desk } = await openTwo();
    // It arrives; its answer does not.
    first.server.always(send, (request) => {
      desk.accept(request);
      return new Promise(noop);
    });
    const all = [text('a'), text('b')].map((message) => second.client.messages.send(one, message));
    await settle();
    expect(shown(second.thread)).toEqual(['[a sending]', '[b queued]']);
    first.client.destroy();
    await second.clock.advance(1000);
    await Promise.all(all);
    expect(desk.texts()).toEqual(['a', 'b']);
    expect(second.server.requestsTo(send).map(({ headers }) => headers.get('idempotency-key'))).toEqual([
      'client-a',
      'client-b',
    ]);
  });

  it('is sent by each tab for itself where the storage does not work', async () => {
    const broken = new MemoryStorage();
    broken.failure = 'open';
    const { first, second, desk } = await openTwo([new MemoryStorage(), broken]);
    await second.client.messages.send(one, text('a'));
    expect(second.server.requestsTo(send)).toHaveLength(1);
    await first.client.messages.send(one, text('b'));
    expect(desk.texts()).toEqual(['a', 'b']);
    expect([first, second].map(({ client }) => client.messages.pendingAreSaved)).toEqual([true, false]);
  });

  it('shows a tab that comes later what is pending', async () => {
    const { first, desk } = await openTwo();
    const storage = new MemoryStorage();
    vi.unstubAllGlobals();
    pretendBrowser();
    const leader = await openTab(desk, storage);
    leader.server.always(send, () => new Promise(noop));
    void leader.client.messages.send(one, text('a')).catch(noop);
    await settle();
    const later = await openTab(desk, storage);
    expect(shown(later.thread)).toEqual(['[a queued]']);
    expect(later.server.requestsTo(send)).toEqual([]);
    expect(first.server.requestsTo(send)).toEqual([]);
  });

  it('has nothing left in any tab when what had arrived is sent again, and one of them sees that by itself', async () => {
    const { first, second, desk } = await openTwo();
    await second.client.messages.send(one, text('a'));
    await settle();
    // The leader cannot send now.
    first.server.always(send, () => new Promise(noop));
    const again = second.client.messages.send(one, text('a'));
    await settle();
    expect(shown(first.thread)).toEqual(['a', '[a sending]']);
    const [message] = desk.kept.values();
    second.server.always(paths.messages.list, () => pageOf([message]));
    second.thread.refresh();
    expect((await again).clientId).toBe('client-a');
    await settle();
    expect([shown(first.thread), shown(second.thread)]).toEqual([['a'], ['a']]);
  });

  it('is rid everywhere of what was deleted from the storage while a tab read it', async () => {
    const storage = new MemoryStorage();
    const { first, second, desk } = await openTwo([storage, storage]);
    first.server.always(send, () => Promise.reject(new TypeError('no network')));
    void second.client.messages.send(one, text('a')).catch(noop);
    await settle();
    for (const table of storage.tables.values()) table.clear();
    first.server.always(send, (request) => json(desk.accept(request)));
    await first.clock.advance(60_000);
    expect([shown(first.thread), shown(second.thread)]).toEqual([[], []]);
    expect(desk.texts()).toEqual([]);
  });

  describe('of a tab that ended right after it had stored a message', () => {
    const orphan = (storage: MemoryStorage) => {
      const [rows] = storage.tables.values();
      const message = text('a');
      const { clientId } = message;
      const written = { clientId, conversationId: one, message, createdAt: 0, sequence: 0, attachmentId: null };
      rows?.set(clientId, { format: 2, failure: null, ...written, createdAt: Date.parse('2026-11-20T12:00:00.000Z') });
    };

    it.each(['closes', 'reconnection', 'new tab'] as const)('is sent by the leader (%s)', async (how) => {
      const storage = new MemoryStorage();
      const { first, second, desk } = await openTwo([storage, storage]);
      await settle();
      orphan(storage);
      if (how === 'closes') second.client.destroy();
      else if (how === 'new tab') await openTab(desk, storage);
      else {
        await first.server.stream.cut();
        await first.clock.advance(2000);
        await first.server.stream.hello('c0', true);
      }
      await settle();
      expect(desk.texts()).toEqual(['a']);
      expect(first.server.requestsTo(send)).toHaveLength(1);
      expect(storage.rows).toEqual([]);
    });
  });

  it('is erased in all of them when the agent logs out in one', async () => {
    const { first, second } = await openTwo();
    first.server.always(send, () => new Promise(noop));
    void first.client.messages.send(one, text('a')).catch(noop);
    await settle();
    const told = vi.fn();
    first.client.on('logged_out', told);
    expect(await second.client.logout()).toBe(true);
    await settle();
    expect(told).toHaveBeenCalledOnce();
    expect(first.client.connection.current.state).toBe('closed');
    expect(await first.client.messages.pending()).toEqual([]);
  });
});
