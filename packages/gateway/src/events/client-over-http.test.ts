import type { Message, Page } from '@prosa/core/contract';
import { createWebchatClient } from '@prosa/core/webchat';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startNewEpoch } from '../admin/new-epoch.ts';
import { day, hour } from '../clock.ts';
import type { Listener } from '../node/listen.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { fastClock, listeningClient, listenOn, type ListeningClient } from '../testbed/desk-over-http.ts';
import { openEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openBufferingProxy, openLinkProxy, type FaultProxy } from '../testbed/fault-proxy.ts';
import { openWebchat, shopOrigin } from '../testbed/visitor.ts';
import { pruneEvents } from './retention.ts';

/** The client that pages use, the gateway, and HTTP on 127.0.0.1 between them, with something in the way. */
let opened: OpenDatabase;
let desk: TestDesk;
let workspace: TestWorkspace;
let listener: Listener;
let ana: Caller;
const clients: ListeningClient[] = [];
const proxies: FaultProxy[] = [];

beforeEach(async () => {
  opened = await openEngine('sqlite');
  desk = openDesk(opened.database);
  workspace = await desk.workspace('Cacau');
  listener = await listenOn(desk);
  ana = await workspace.agent('ana', { name: 'Ana' });
  await whoAmI(ana);
});
afterEach(async () => {
  for (const { client } of clients.splice(0)) client.destroy();
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  await desk.gateway.close();
  await listener.close({ deadlineMs: 0 });
  await opened.close();
});

function listen(url: string, options: Parameters<typeof listeningClient>[2] = {}, caller = ana): ListeningClient {
  const listening = listeningClient(url, caller, options);
  clients.push(listening);
  return listening;
}
async function open<Proxy extends FaultProxy>(opening: Promise<Proxy>): Promise<Proxy> {
  const proxy = await opening;
  proxies.push(proxy);
  return proxy;
}
const becomes = (isSo: () => boolean, timeout = 20_000) =>
  vi.waitFor(
    () => {
      if (!isSo()) throw new Error('not so in time');
    },
    { timeout, interval: 5 },
  );
const isConnected = ({ client }: ListeningClient) => client.connection.current.state === 'connected';

/** Every message there is, as the client names what it was told, by conversation and in order. */
async function everything(): Promise<string[]> {
  const { body } = await ana.call<Page<{ readonly id: string }>>('GET', '/v1/conversations?limit=100');
  const all: string[] = [];
  for (const { id } of body.data) {
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<Message> = (
        await ana.call<Page<Message>>(
          'GET',
          `/v1/conversations/${id}/messages?limit=100${cursor && `&cursor=${cursor}`}`,
        )
      ).body;
      all.push(...page.data.map(({ position }) => `${id} ${position}`));
      cursor = page.nextCursor;
    }
  }
  return all;
}
const customer = (number: number) => `+55839991400${String(number).padStart(2, '0')}`;
/** Each conversation's messages came in their order. */
function expectInOrder(told: readonly string[]): void {
  const last = new Map<string, number>();
  for (const one of told) {
    const [id = '', position] = one.split(' ');
    expect(Number(position)).toBeGreaterThan(last.get(id) ?? -Infinity);
    last.set(id, Number(position));
  }
}
async function expectAll({ told, gaps }: ListeningClient): Promise<void> {
  const all = await everything();
  await becomes(() => told.length >= all.length);
  expect([...told].sort()).toEqual([...all].sort());
  expectInOrder(told);
  expect(gaps).toEqual([]);
}

it('a client that never received an event resumes from its greeting', async () => {
  const link = await open(openLinkProxy(listener.url));
  const reader = listen(link.url, { speed: 10 });
  await becomes(() => isConnected(reader));
  link.cut();
  await workspace.customerSays(customer(1), 'Oi');
  await expectAll(reader);
  expect(reader.changes.at(-1)).toMatch(/^reconnecting hello connected/);
});

it('a client that reconnects twice while nothing happens is told nothing again', async () => {
  const link = await open(openLinkProxy(listener.url));
  const reader = listen(link.url, { speed: 10 });
  await becomes(() => isConnected(reader));
  await workspace.customerSays(customer(1), 'Oi');
  await expectAll(reader);
  const { length } = reader.told;
  for (let times = 0; times < 2; times++) {
    const before = link.connections();
    link.cut();
    await becomes(() => link.connections() > before && isConnected(reader));
  }
  await workspace.customerSays(customer(1), 'De novo');
  await becomes(() => reader.told.length > length);
  await expectAll(reader);
});

it('two clients have every message once and in order, whose links break a hundred times each at any byte', async () => {
  const links = [await open(openLinkProxy(listener.url)), await open(openLinkProxy(listener.url))];
  const readers = links.map(({ url }) => listen(url, { speed: 50 }));
  for (let number = 0; links.some((link) => link.connections() < 100); number++) {
    await becomes(() => readers.every(isConnected));
    for (const [index, link] of links.entries()) link.cutAfter((number * 7919 + index * 613) % 3000);
    await workspace.customerSays(customer(number % 10), `mensagem ${number}`);
  }
  for (const link of links) link.cutAfter(Infinity);
  for (const reader of readers) await expectAll(reader);
}, 180_000);

it.each(['retention', 'epoch'] as const)(
  'a client whose place is gone (%s) is told so once, loads what it shows anew, and keeps what it has not sent',
  async (gone) => {
    await workspace.customerSays(customer(1), 'Oi');
    const { body } = await ana.call<Page<{ readonly id: string }>>('GET', '/v1/conversations');
    const { id } = body.data[0] ?? { id: '' };
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const link = await open(openLinkProxy(listener.url));
    const reader = listen(link.url, { speed: 10 });
    const thread = reader.client.live.thread(id);
    thread.subscribe(() => undefined);
    await becomes(() => isConnected(reader) && thread.status === 'ready');
    await desk.gateway.close();
    link.goDark();
    link.cut();
    const sending = reader.client.messages.send(id, { type: 'text', text: 'Escrita sem rede' });
    sending.catch(() => undefined);
    await workspace.customerSays(customer(1), 'Enquanto isso');

    if (gone === 'epoch') await startNewEpoch({ db: opened.database, clock: desk.clock });
    else {
      const counter = opened.database.read.selectFrom('counters').select('value').where('name', '=', 'event');
      const { value } = await counter.where('workspaceId', '=', workspace.id).executeTakeFirstOrThrow();
      // So much more happened that what the client saw last is beyond what is kept.
      await opened.database.transaction(async (tx) => {
        await tx
          .updateTable('counters')
          .set({ value: value + 10_001 })
          .where('name', '=', 'event')
          .execute();
      });
      await pruneEvents(opened.database, desk.clock.now() + 4 * day);
    }
    const later = openDesk(opened.database, { clock: desk.clock });
    const laterListener = await listenOn(later);
    expect(reader.gaps).toEqual([]);
    const { told } = reader;
    const before = told.length;
    try {
      // The same address leads to the gateway of now.
      link.target = laterListener.url;
      link.lighten();
      await becomes(() => reader.gaps.length > 0);
      await becomes(() => JSON.stringify(thread.value).includes('Enquanto isso'));
      await sending;
      await becomes(() => JSON.stringify(thread.value).includes('Escrita sem rede'));
      expect(reader.gaps).toHaveLength(1);
      expectInOrder(told.slice(before));
    } finally {
      thread.destroy();
      reader.client.destroy();
      await later.gateway.close();
      await laterListener.close({ deadlineMs: 0 });
    }
  },
);

it('a gateway that dies and is replaced by another one on the same database costs no event', async () => {
  const link = await open(openLinkProxy(listener.url));
  const reader = listen(link.url, { speed: 10 });
  await becomes(() => isConnected(reader));
  await workspace.customerSays(customer(1), 'Oi');
  link.goDark();
  link.cut();
  await becomes(() => !isConnected(reader));
  for (let number = 0; number < 20; number++) await workspace.customerSays(customer(number), `mensagem ${number}`);
  const other = openDesk(opened.database, { clock: desk.clock });
  const otherListener = await listenOn(other);
  try {
    link.target = otherListener.url;
    link.lighten();
    await expectAll(reader);
    await becomes(() => isConnected(reader));
  } finally {
    reader.client.destroy();
    await other.gateway.close();
    await otherListener.close({ deadlineMs: 0 });
  }
});

it.each(['sse', 'poll'] as const)(
  'a token that ends while the client listens is replaced, and costs no event (%s)',
  async (way) => {
    const proxy = await open(openBufferingProxy(listener.url));
    proxy.isBuffering = way === 'poll';
    let asked = 0;
    const token = async () => {
      asked++;
      return (await workspace.agent('ana', { name: 'Ana' })).token;
    };
    const reader = listen(proxy.url, { speed: way === 'poll' ? 20 : 2, token });
    await becomes(() => isConnected(reader));
    await workspace.customerSays(customer(1), 'Oi');
    await becomes(() => reader.told.length > 0);
    desk.clock.advance(2 * hour);
    ana = await workspace.agent('ana', { name: 'Ana' });
    for (let number = 2; number < 6; number++) await workspace.customerSays(customer(number), 'Oi');
    await expectAll(reader);
    await becomes(() => asked > 1 && isConnected(reader));
    expect(reader.client.connection.current.transport).toBe(way);
  },
);

it('a visitor behind a proxy that holds the stream back is told by pages what the team writes', async () => {
  const proxy = await open(openBufferingProxy(listener.url));
  const { channel } = await openWebchat(desk, workspace);
  const chat = createWebchatClient({
    baseUrl: proxy.url,
    webchatKey: channel.key,
    clock: fastClock(20),
    // What a browser says of the page by itself.
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('origin', shopOrigin);
      return fetch(input, { ...init, headers });
    },
  });
  try {
    await chat.load();
    chat.send('Oi');
    await becomes(() => chat.value.conversation !== null && chat.value.connection === 'connected');
    const { id } = chat.value.conversation ?? { id: '' };
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Como posso ajudar?' });
    await becomes(() => JSON.stringify(chat.value.messages).includes('Como posso ajudar?'));
    expect(proxy.asked).toContain('/v1/webchat/events/poll');
  } finally {
    chat.destroy();
  }
});

it('a link that goes dark, without an end, is found dead within half a minute', async () => {
  const link = await open(openLinkProxy(listener.url));
  // Slow enough that what a busy machine adds is little of it.
  const speed = 4;
  const reader = listen(link.url, { speed });
  await becomes(() => isConnected(reader));
  await workspace.customerSays(customer(1), 'Oi');
  await becomes(() => reader.told.length > 0);
  const since = Date.now();
  link.goDark();
  await becomes(() => !isConnected(reader));
  expect((Date.now() - since) * speed).toBeLessThan(34_000);
  expect(reader.client.connection.current.error).toMatchObject({ code: 'connection_lost' });
  await workspace.customerSays(customer(1), 'Mais');
  link.lighten();
  await expectAll(reader);
});

it('a proxy that holds the stream back is got around by pages, which is said, and nothing is lost when it stops', async () => {
  const proxy = await open(openBufferingProxy(listener.url));
  const reader = listen(proxy.url, { speed: 5 });
  await becomes(() => isConnected(reader));
  expect(reader.changes).toEqual(['idle open connecting -', 'connecting hello connected poll']);
  for (let number = 0; number < 10; number++) await workspace.customerSays(customer(number), 'Oi');
  await expectAll(reader);
  expect(proxy.asked.filter((path) => path === '/v1/events')).toHaveLength(1);
  expect(proxy.asked.filter((path) => path === '/v1/events/poll').length).toBeGreaterThan(1);
  expect(await whoAmI(ana)).toMatchObject({ presence: { connected: true } });
});

it('what a proxy or a newer server puts into the stream is ignored', async () => {
  const proxy = await open(openBufferingProxy(listener.url));
  proxy.isBuffering = false;
  const reader = listen(proxy.url);
  await becomes(() => isConnected(reader));
  for (const strange of [
    'event: weather\ndata: {"rain":true}\n\n',
    'event: event\ndata: {"type":\n\n',
    'event: event\ndata: {"type":"planet.created","data":{}}\n\n',
    'data: <html>504</html>\n\n',
    ': still here\n\n',
    `event: signal\ndata: ${JSON.stringify({ type: 'x', data: 'y'.repeat(1_000_000) })}\n\n`,
  ]) {
    proxy.inject(strange);
  }
  await workspace.customerSays(customer(1), 'Oi');
  await expectAll(reader);
  expect(reader.changes).toEqual(['idle open connecting -', 'connecting hello connected sse']);
});

it('hundreds of clients that are sent away come back spread over the window, by chance', async () => {
  const readers = Array.from({ length: 300 }, () =>
    listen('http://gateway.test', { fetch: (input, init) => desk.gateway.fetch(new Request(input, init)) }),
  );
  const waits: number[] = [];
  await becomes(() => readers.every(isConnected), 20_000);
  for (const { client } of readers) {
    const off = client.on('connection.changed', ({ nextTryAt }) => {
      if (nextTryAt === null) return;
      waits.push(nextTryAt - Date.now());
      // One that is back before the others are away is not asked again.
      off();
      client.destroy();
    });
  }
  await desk.gateway.close();
  await becomes(() => waits.length === readers.length);
  // Of a window of two seconds, each half gets its share: not all at once, and nobody after it.
  expect(Math.max(...waits)).toBeLessThanOrEqual(2000);
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(1500);
  const early = waits.filter((wait) => wait < 1000).length;
  expect(early).toBeGreaterThan(100);
  expect(early).toBeLessThan(200);
});
