import { describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { Message } from '../contract/index.ts';
import { liveDesk, numbersOf } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { agentOf, contactOf, conversationOf, customerOf, idOf, messageOf, timeOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, pageOf, problem } from '../testing/scripted-server.ts';

const routes = paths.conversations;
const noop = () => undefined;

describe('a live list', () => {
  it('asks nothing before it is subscribed to, and once for many listeners', async () => {
    const { client, server } = await liveDesk([conversationOf(1)]);
    const list = client.live.conversations({ tab: 'waiting' });
    expect(list).toMatchObject({ status: 'idle', value: [] });
    await settle();
    expect(server.requestsTo(routes.list)).toHaveLength(0);
    const listener = vi.fn();
    list.subscribe(listener);
    list.subscribe(noop);
    expect(list.status).toBe('loading');
    expect(listener).not.toHaveBeenCalled();
    await settle();
    expect(server.requestsTo(routes.list)).toHaveLength(1);
    expect(list.status).toBe('ready');
    expect(numbersOf(list.value)).toEqual([1]);
    expect(Object.isFrozen(list.value) && Object.isFrozen(list.value[0]?.contact)).toBe(true);
  });

  it('gains and loses rows as events move them', async () => {
    const { client, tell } = await liveDesk([conversationOf(1), conversationOf(2)]);
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    await tell(conversationOf(3));
    expect(numbersOf(list.value)).toEqual([1, 2, 3]);
    await tell(conversationOf(1, { version: 2, status: 'active', assignee: { id: idOf('agt', 2), name: 'Carla' } }));
    expect(numbersOf(list.value)).toEqual([2, 3]);
    await tell(conversationOf(1, { version: 3, waitingSince: timeOf(9) }));
    expect(numbersOf(list.value)).toEqual([2, 3, 1]);
  });

  it('moves the row with the newest activity to the top of the other tabs', async () => {
    const { client, tell } = await liveDesk([conversationOf(2), conversationOf(1)]);
    const list = client.live.conversations({ tab: 'all' });
    list.subscribe(noop);
    await settle();
    await tell(conversationOf(1, { version: 2, lastActivityAt: timeOf(9) }));
    expect(numbersOf(list.value)).toEqual([1, 2]);
  });

  it('knows which are mine', async () => {
    const { client, tell } = await liveDesk();
    const list = client.live.conversations({ tab: 'mine' });
    list.subscribe(noop);
    await settle();
    await tell(conversationOf(1, { status: 'active', assignee: { id: agentOf().id, name: 'Ana' } }));
    await tell(conversationOf(2, { status: 'active', assignee: { id: idOf('agt', 2), name: 'Carla' } }));
    expect(numbersOf(list.value)).toEqual([1]);
  });

  it('keeps its reference, and is quiet, when nothing that it shows changed', async () => {
    const { client, tell } = await liveDesk([conversationOf(1, { version: 5 })]);
    const list = client.live.conversations({ tab: 'waiting' });
    const listener = vi.fn();
    list.subscribe(listener);
    await settle();
    const before = list.value;
    listener.mockClear();
    await tell(conversationOf(1, { version: 5, unreadCount: 9 }));
    await tell(conversationOf(1, { version: 4, status: 'closed' }));
    await tell(conversationOf(2, { status: 'closed' }));
    expect(list.value).toBe(before);
    expect(listener).not.toHaveBeenCalled();
    await tell(conversationOf(1, { version: 6 }));
    expect(list.value).not.toBe(before);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('tells once of many changes at the same time', async () => {
    const { client, server } = await liveDesk();
    const list = client.live.conversations();
    const listener = vi.fn();
    list.subscribe(listener);
    await settle();
    listener.mockClear();
    const frames = Array.from({ length: 50 }, (_, index) => {
      const data = { conversation: conversationOf(index + 1) };
      return `event: event\nid: e${index}\ndata: ${JSON.stringify({ type: 'conversation.created', data })}\n\n`;
    });
    await server.stream.write(frames.join(''));
    expect(list.value).toHaveLength(50);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('believes an event over an answer that was on its way when it came', async () => {
    const { client, server, tell } = await liveDesk();
    let answer = (_: Response) => {};
    server.always(routes.list, () => new Promise((resolve) => (answer = resolve)));
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    await tell(conversationOf(1, { version: 2, status: 'closed' }));
    await tell(conversationOf(3));
    answer(pageOf([conversationOf(1), conversationOf(2)]));
    await settle();
    expect(numbersOf(list.value)).toEqual([2, 3]);
  });

  it('shows only the part that is loaded, and more on demand', async () => {
    const { client, server, tell } = await liveDesk();
    server.always(routes.list, ({ query }) =>
      query.get('cursor') === 'p2'
        ? pageOf([conversationOf(3), conversationOf(4)])
        : pageOf([conversationOf(1), conversationOf(2)], 'p2'),
    );
    const list = client.live.conversations({ tab: 'waiting', limit: 2 });
    list.subscribe(noop);
    await settle();
    expect(list.hasMore).toBe(true);
    await tell(conversationOf(4, { version: 2 }));
    expect(numbersOf(list.value)).toEqual([1, 2]);
    void list.loadMore();
    void list.loadMore();
    expect(list.loadingMore).toBe(true);
    await settle();
    expect(numbersOf(list.value)).toEqual([1, 2, 3, 4]);
    expect(list).toMatchObject({ hasMore: false, loadingMore: false });
    expect(list.value[3]?.version).toBe(2);
    expect(server.requestsTo(routes.list)).toHaveLength(2);
    void list.loadMore();
    await settle();
    expect(server.requestsTo(routes.list)).toHaveLength(2);
  });

  it('can ask for more again after that failed', async () => {
    const { client, server } = await liveDesk([conversationOf(1)], 'p2');
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    server.next(routes.list, () => problem('internal', 500));
    void list.loadMore();
    await settle();
    expect(list).toMatchObject({ hasMore: true, loadingMore: false, status: 'ready' });
    server.always(routes.list, () => pageOf([conversationOf(2)]));
    void list.loadMore();
    await settle();
    expect(numbersOf(list.value)).toEqual([1, 2]);
  });

  it('loads anew what it had after a gap, and drops what is gone', async () => {
    const { client, server, clock } = await liveDesk([conversationOf(1), conversationOf(2)]);
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    server.always(routes.list, () => pageOf([conversationOf(2), conversationOf(5)]));
    await server.stream.cut();
    await clock.advance(2000);
    await server.stream.hello('e2', false);
    expect(numbersOf(list.value)).toEqual([2, 5]);
    expect(list.status).toBe('ready');
  });

  it('loads nothing anew when the stream could resume', async () => {
    const { client, server, clock } = await liveDesk([conversationOf(1)]);
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    await server.stream.cut();
    await clock.advance(2000);
    await server.stream.hello('c0', true);
    expect(server.requestsTo(routes.list)).toHaveLength(1);
  });

  it('takes in the answer of a command at once', async () => {
    const { client, server } = await liveDesk([conversationOf(1)]);
    server.always(routes.accept, () =>
      json(conversationOf(1, { version: 2, status: 'active', assignee: { id: agentOf().id, name: 'Ana' } })),
    );
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    await client.conversations.accept(idOf('cnv', 1));
    expect(list.value).toEqual([]);
  });

  it('says why the first load failed, and loads when it can', async () => {
    const { client, server, clock } = await liveDesk([conversationOf(1)]);
    server.next(
      routes.list,
      () => problem('internal', 500),
      () => problem('internal', 500),
    );
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    expect(list).toMatchObject({ status: 'error', error: { code: 'internal' } });
    list.refresh();
    expect(list.status).toBe('loading');
    await settle();
    expect(list.status).toBe('error');
    await server.stream.cut();
    await clock.advance(1500);
    await server.stream.hello('c0', true);
    expect(list).toMatchObject({ status: 'ready', error: null });
    expect(numbersOf(list.value)).toEqual([1]);
  });

  it('tries again by itself while the stream stands', async () => {
    const { client, server, clock } = await liveDesk([conversationOf(1)]);
    server.next(routes.list, () => problem('internal', 500));
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await clock.advance(6000);
    expect(list.status).toBe('ready');
    expect(server.requestsTo(routes.list)).toHaveLength(2);
  });

  it('keeps its rows when a later load fails', async () => {
    const { client, server } = await liveDesk([conversationOf(1)]);
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    server.always(routes.list, () => problem('forbidden', 403));
    list.refresh();
    await settle();
    expect(list).toMatchObject({ status: 'ready', error: null });
    expect(numbersOf(list.value)).toEqual([1]);
  });

  it('stops with its last listener, keeps its value, and loads anew when it starts again', async () => {
    const { client, server, tell } = await liveDesk([conversationOf(1)]);
    const list = client.live.conversations({ tab: 'waiting' });
    const off = list.subscribe(noop);
    await settle();
    off();
    await settle();
    await tell(conversationOf(1, { version: 2, status: 'closed' }));
    expect(numbersOf(list.value)).toEqual([1]);
    server.always(routes.list, () => pageOf([]));
    list.subscribe(noop);
    expect(list.status).toBe('ready');
    expect(numbersOf(list.value)).toEqual([1]);
    await settle();
    expect(list.value).toEqual([]);
  });

  it('does not load again when a listener leaves and comes back at once', async () => {
    const { client, server } = await liveDesk([conversationOf(1)]);
    const list = client.live.conversations({ tab: 'waiting' });
    const off = list.subscribe(noop);
    await settle();
    off();
    list.subscribe(noop);
    await settle();
    expect(server.requestsTo(routes.list)).toHaveLength(1);
  });

  it('aborts what is under way when it is destroyed', async () => {
    const { client, server } = await liveDesk();
    server.always(routes.list, () => new Promise(() => undefined));
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    list.destroy();
    expect(server.requestsTo(routes.list)[0]?.signal?.aborted).toBe(true);
    list.subscribe(noop);
    await settle();
    expect(server.requestsTo(routes.list)).toHaveLength(1);
  });
});

describe('the end of the client', () => {
  it('ends what is watched as it is: no timer, no listener told of an error', async () => {
    const { client, server, clock, tell } = await liveDesk([conversationOf(1)]);
    server.always(routes.counts, () => json({ waiting: 1, unread: 0, mine: 0, all: 1 }));
    const [list, counts, late] = [client.live.conversations(), client.live.counts(), client.live.me()];
    const listener = vi.fn();
    for (const live of [list, counts]) live.subscribe(listener);
    await clock.advance(2000);
    const rows = list.value;
    server.always(paths.agents.me, () => new Promise(() => undefined));
    late.subscribe(listener);
    await tell(conversationOf(2));
    listener.mockClear();
    client.destroy();
    await settle();
    expect(clock.pending).toBe(0);
    await clock.advance(120_000);
    expect(listener).not.toHaveBeenCalled();
    expect([list.status, counts.status, late.status]).toEqual(['ready', 'ready', 'idle']);
    expect(list.value.length).toBeGreaterThanOrEqual(rows.length);
  });
});

describe('the first load and the stream', () => {
  it('waits a moment for the stream, so that no event falls between', async () => {
    const { client, server } = scriptedClient();
    server.always(routes.list, () => pageOf([]));
    const list = client.live.conversations();
    list.subscribe(noop);
    await settle();
    expect(server.requestsTo(routes.list)).toHaveLength(0);
    await server.stream.hello('c0');
    expect(server.requestsTo(routes.list)).toHaveLength(1);
    expect(list.status).toBe('ready');
  });

  it('does not wait for long, and loads again when the stream comes later', async () => {
    const { client, server, clock } = scriptedClient();
    server.always(routes.list, () => pageOf([]));
    const list = client.live.conversations();
    list.subscribe(noop);
    await clock.advance(300);
    expect(list.status).toBe('ready');
    await server.stream.hello('c0');
    expect(server.requestsTo(routes.list)).toHaveLength(2);
  });
});

describe('live counts', () => {
  const counts = { waiting: 1, unread: 0, mine: 0, all: 1 };

  it('come from the server, once for many changes at the same time', async () => {
    const { client, server, clock, tell } = await liveDesk();
    server.always(routes.counts, () => json(counts));
    const live = client.live.counts();
    live.subscribe(noop);
    await settle();
    expect(live.value).toEqual(counts);
    const before = live.value;
    await clock.advance(2000);
    await tell(conversationOf(1));
    await tell(conversationOf(2));
    await tell(conversationOf(3));
    expect(server.requestsTo(routes.counts)).toHaveLength(1);
    await clock.advance(150);
    expect(server.requestsTo(routes.counts)).toHaveLength(2);
    expect(live.value).toBe(before);
  });

  it('keep moving on a busy desk, at most once a second', async () => {
    const { client, server, clock, tell } = await liveDesk();
    server.always(routes.counts, () => json(counts));
    client.live.counts().subscribe(noop);
    await settle();
    for (let tenth = 0; tenth < 50; tenth++) {
      await tell(conversationOf(tenth + 1));
      await clock.advance(100);
    }
    const asked = server.requestsTo(routes.counts).length;
    expect(asked).toBeGreaterThanOrEqual(5);
    expect(asked).toBeLessThanOrEqual(6);
  });

  it('are not asked for when a change moves no number', async () => {
    const { client, server, clock, tell } = await liveDesk();
    server.always(routes.counts, () => json(counts));
    client.live.counts().subscribe(noop);
    await settle();
    await tell(conversationOf(1));
    await clock.advance(5000);
    const before = server.requestsTo(routes.counts).length;
    await tell(conversationOf(1, { version: 2, lastActivityAt: timeOf(5) }));
    await clock.advance(5000);
    expect(server.requestsTo(routes.counts)).toHaveLength(before);
  });
});

describe('a live thread', () => {
  const id = idOf('cnv', 1);
  const messagesPath = paths.messages.list;

  async function thread(pages: Record<string, [Message[], string | null]>) {
    const setup = await liveDesk();
    setup.server.always(routes.get, () => json(conversationOf(1)));
    setup.server.always(messagesPath, ({ query }) => {
      const [messages, next] = pages[query.get('cursor') ?? ''] ?? [[], null];
      return pageOf(messages, next);
    });
    const live = setup.client.live.thread(id);
    live.subscribe(noop);
    await settle();
    return { ...setup, live };
  }
  const newestFirst = (...positions: number[]) => positions.map((position) => messageOf(position));

  it('has the newest page, oldest first, and older ones on demand', async () => {
    const { live } = await thread({ '': [newestFirst(4, 3), 'p2'], p2: [newestFirst(2, 1), null] });
    expect(live.value.conversation?.id).toBe(id);
    expect(numbersOf(live.value.messages)).toEqual([3, 4]);
    expect(live.hasMore).toBe(true);
    void live.loadMore();
    await settle();
    expect(numbersOf(live.value.messages)).toEqual([1, 2, 3, 4]);
    expect(live.hasMore).toBe(false);
  });

  it('takes in new messages and newer versions, and neither stale nor foreign ones', async () => {
    const { live, say } = await thread({ '': [[messageOf(2, { version: 3 }), messageOf(1)], null] });
    const before = live.value;
    await say(messageOf(2, { version: 2, status: 'failed' }), conversationOf(1));
    await say(messageOf(3, { conversationId: idOf('cnv', 2) }), conversationOf(2));
    expect(live.value).toBe(before);
    await say(messageOf(3));
    await say(messageOf(2, { version: 4, status: 'read' }));
    expect(numbersOf(live.value.messages)).toEqual([1, 2, 3]);
    expect(live.value.messages[1]?.status).toBe('read');
    expect(live.value.messages[0]).toBe(before.messages[0]);
  });

  it('leaves no gap when an older message than those loaded changes', async () => {
    const { live, say } = await thread({ '': [newestFirst(9, 8), 'p2'] });
    await say(messageOf(3, { version: 2 }), conversationOf(1));
    expect(numbersOf(live.value.messages)).toEqual([8, 9]);
  });

  it('loads what it had, and the gap, after the stream could not resume', async () => {
    const pages: Record<string, [Message[], string | null]> = { '': [newestFirst(2, 1), null] };
    const { live, server, clock } = await thread(pages);
    pages[''] = [newestFirst(6, 5), 'p2'];
    pages['p2'] = [newestFirst(4, 3), 'p3'];
    pages['p3'] = [[messageOf(2, { version: 2 }), messageOf(1)], null];
    await server.stream.cut();
    await clock.advance(2000);
    await server.stream.hello('e2', false);
    expect(numbersOf(live.value.messages)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(live.value.messages[1]?.version).toBe(2);
  });

  it('shows the newest part without a gap when too much was missed', async () => {
    const pages: Record<string, [Message[], string | null]> = { '': [newestFirst(2, 1), null] };
    const { live, server, clock } = await thread(pages);
    for (let page = 0; page < 20; page++) {
      pages[page === 0 ? '' : `p${page}`] = [newestFirst(100 - page * 2, 99 - page * 2), `p${page + 1}`];
    }
    await server.stream.cut();
    await clock.advance(2000);
    await server.stream.hello('e2', false);
    expect(numbersOf(live.value.messages)).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
    expect(live.hasMore).toBe(true);
  });

  it('says when there is no such conversation', async () => {
    const { client, server } = await liveDesk();
    server.always(routes.get, () => problem('not_found', 404));
    server.always(messagesPath, () => problem('not_found', 404));
    const live = client.live.thread(id);
    live.subscribe(noop);
    await settle();
    expect(live).toMatchObject({ status: 'error', error: { code: 'not_found' }, value: { conversation: null } });
  });
});

describe('live entities', () => {
  it('follow their events, and only theirs', async () => {
    const { client, server } = await liveDesk();
    server.always(paths.contacts.get, () => json(contactOf()));
    const live = client.live.contact(contactOf().id);
    live.subscribe(noop);
    await settle();
    const before = live.value;
    expect(before?.name).toBe('Bruno Lima');
    await server.stream.event('contact.updated', 'c1', { contact: contactOf({ id: idOf('ctt', 2), version: 9 }) });
    expect(live.value).toBe(before);
    const linked = contactOf({ version: 2, customerId: idOf('cus', 1) });
    await server.stream.event('customer.linked', 'c2', { contact: linked, customer: customerOf() });
    expect(live.value?.customerId).toBe(idOf('cus', 1));
  });

  it('follow commands too', async () => {
    const { client, server } = await liveDesk();
    server.always(paths.customers.get, () => json(customerOf()));
    server.always(paths.customers.update, () => json(customerOf({ version: 2, notes: 'VIP' })));
    const live = client.live.customer(customerOf().id);
    live.subscribe(noop);
    await settle();
    await client.customers.update(customerOf().id, { notes: 'VIP' });
    expect(live.value?.notes).toBe('VIP');
  });

  it('know who I am, asked once', async () => {
    const { client, server } = await liveDesk();
    server.always(routes.list, () => pageOf([]));
    const me = client.live.me();
    me.subscribe(noop);
    client.live.conversations({ tab: 'mine' }).subscribe(noop);
    await settle();
    expect(me.value?.name).toBe('Ana Ribeiro');
    expect(server.requestsTo(paths.agents.me)).toHaveLength(1);
    await server.stream.event('agent.updated', 'c1', { agent: agentOf({ version: 2, name: 'Ana R.' }) });
    expect(me.value?.name).toBe('Ana R.');
  });
});
