import { describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { heldAnswer, liveDesk, numbersOf } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { agentOf, conversationOf, idOf, timeOf } from '../testing/samples.ts';
import { json, pageOf, problem } from '../testing/scripted-server.ts';

const routes = paths.conversations;
const noop = () => undefined;
const gone = (number: number, version: number) => ({ conversationId: idOf('cnv', number), version });

describe('what goes out of sight', () => {
  it('leaves every list at once, and is back when it is told again', async () => {
    const { client, event, tell } = await liveDesk([conversationOf(1), conversationOf(2)]);
    const lists = [client.live.conversations({ tab: 'waiting' }), client.live.conversations()];
    for (const list of lists) list.subscribe(noop);
    await settle();
    await event('conversation.removed', gone(1, 2));
    expect(lists.map(({ value }) => numbersOf(value))).toEqual([[2], [2]]);
    await tell(conversationOf(1, { version: 2 }));
    expect(numbersOf(lists[0]!.value)).toEqual([2]);
    await tell(conversationOf(1, { version: 3 }));
    expect(numbersOf(lists[0]!.value)).toEqual([1, 2]);
  });

  it('does not come back with the answer of the command that sent it away', async () => {
    const { client, server, event } = await liveDesk([conversationOf(1)]);
    const list = client.live.conversations();
    list.subscribe(noop);
    await settle();
    const held = heldAnswer();
    server.always(routes.transfer, held.answer);
    const transfer = client.conversations.transfer(idOf('cnv', 1), { to: { queueId: idOf('que', 2) } });
    await settle();
    await event('conversation.removed', gone(1, 2));
    await held.give(json(conversationOf(1, { version: 2 })));
    await transfer;
    expect(list.value).toEqual([]);
  });

  it('does not come back with a list that was on its way', async () => {
    const { client, server, event, tell } = await liveDesk();
    const held = heldAnswer();
    server.always(routes.list, held.answer);
    const list = client.live.conversations();
    list.subscribe(noop);
    await settle();
    await tell(conversationOf(1, { version: 2 }));
    await event('conversation.removed', gone(1, 3));
    await held.give(pageOf([conversationOf(2), conversationOf(1, { version: 2 })]));
    expect(numbersOf(list.value)).toEqual([2]);
  });

  it('is listed again as it was when the server does', async () => {
    const { client, server, event } = await liveDesk([conversationOf(1)]);
    const list = client.live.conversations();
    list.subscribe(noop);
    await settle();
    await event('conversation.removed', gone(1, 2));
    server.always(routes.list, () => pageOf([conversationOf(1, { version: 2 })]));
    list.refresh();
    await settle();
    expect(numbersOf(list.value)).toEqual([1]);
  });

  it('is an error where it is open', async () => {
    const { client, server, event } = await liveDesk();
    server.always(routes.get, () => json(conversationOf(1)));
    server.always(paths.messages.list, () => pageOf([]));
    const thread = client.live.thread(idOf('cnv', 1));
    thread.subscribe(noop);
    await settle();
    server.always(routes.get, () => problem('not_found', 404));
    await event('conversation.removed', gone(1, 2));
    expect(thread).toMatchObject({ status: 'error', error: { code: 'not_found' } });
  });
});

describe('paging while things happen', () => {
  it('drops a page that was asked for before a gap: it may lack what was missed', async () => {
    const { client, server, gap } = await liveDesk([conversationOf(1)], 'p2');
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    const held = heldAnswer();
    server.next(routes.list, held.answer);
    void list.loadMore();
    await settle();
    const asked = server.requestsTo(routes.list).at(-1);
    expect(asked?.query.get('cursor')).toBe('p2');
    await gap();
    expect(asked?.signal?.aborted).toBe(true);
    await held.give(pageOf([conversationOf(7)]));
    expect(numbersOf(list.value)).toEqual([1]);
    expect(list).toMatchObject({ hasMore: true, loadingMore: false });
    server.always(routes.list, () => pageOf([conversationOf(2)]));
    void list.loadMore();
    await settle();
    expect(numbersOf(list.value)).toEqual([1, 2]);
  });

  it('gives up a page when the last listener leaves', async () => {
    const { client, server } = await liveDesk([conversationOf(1)], 'p2');
    const list = client.live.conversations({ tab: 'waiting' });
    const off = list.subscribe(noop);
    await settle();
    server.always(routes.list, () => new Promise(noop));
    void list.loadMore();
    await settle();
    off();
    await settle();
    expect(server.requestsTo(routes.list).at(-1)?.signal?.aborted).toBe(true);
    expect(list.loadingMore).toBe(false);
  });

  it('keeps a row that moved past the end of the part while its page was on its way', async () => {
    const { client, server, tell } = await liveDesk([conversationOf(1), conversationOf(2)], 'p2');
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    const held = heldAnswer();
    server.next(routes.list, held.answer);
    void list.loadMore();
    await settle();
    // The server made its page before the row moved into it.
    await tell(conversationOf(1, { version: 2, waitingSince: timeOf(4) }));
    expect(numbersOf(list.value)).toEqual([2]);
    await held.give(pageOf([conversationOf(3), conversationOf(5)], 'p3'));
    expect(numbersOf(list.value)).toEqual([2, 3, 1, 5]);
  });

  it('believes what came over a page that was on its way', async () => {
    const { client, server, tell } = await liveDesk([conversationOf(1)], 'p2');
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    const held = heldAnswer();
    server.next(routes.list, held.answer);
    void list.loadMore();
    await settle();
    await tell(conversationOf(2, { version: 2, status: 'closed' }));
    await tell(conversationOf(3, { version: 2, unreadCount: 4 }));
    await held.give(pageOf([conversationOf(2), conversationOf(3)]));
    expect(list.value.map(({ unreadCount }) => unreadCount)).toEqual([0, 4]);
  });

  it.each(['reload', 'page'] as const)(
    'believes a %s over older news that came while it was on its way',
    async (way) => {
      const { client, server, tell } = await liveDesk([conversationOf(1)], 'p2');
      const list = client.live.conversations({ tab: 'mine' });
      list.subscribe(noop);
      await settle();
      const held = heldAnswer();
      server.next(routes.list, held.answer);
      if (way === 'page') void list.loadMore();
      else list.refresh();
      await settle();
      // Nobody had it yet; the server answers as it is a moment later, and that event is still to come.
      await tell(conversationOf(2, { version: 2, assignee: null }));
      const assignee = { id: agentOf().id, name: 'Ana Ribeiro' };
      await held.give(pageOf([conversationOf(2, { version: 3, status: 'active', assignee })]));
      expect(numbersOf(list.value)).toContain(2);
    },
  );

  it('keeps its array, and every row, when a reload brings nothing new', async () => {
    const { client, gap } = await liveDesk([conversationOf(1), conversationOf(2)]);
    const list = client.live.conversations({ tab: 'waiting' });
    const listener = vi.fn();
    list.subscribe(listener);
    await settle();
    const before = list.value;
    await gap();
    expect(list.value).toBe(before);
  });
});

describe('a list on a busy desk', () => {
  it('is cut when much more comes than was asked for, and goes on from there', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => conversationOf(index + 1));
    const { client, server, tell } = await liveDesk();
    server.always(routes.list, ({ query }) => {
      const from = Number(query.get('cursor') ?? 0);
      const listed = rows.toSorted((a, b) => (a.waitingSince ?? '').localeCompare(b.waitingSince ?? ''));
      return pageOf(listed.slice(from, from + 100), from + 100 < rows.length ? String(from + 100) : null);
    });
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    expect([list.value.length, list.hasMore]).toEqual([100, true]);
    // They wait longer than all who are shown.
    for (let number = 900; number > 580; number--) {
      rows[number - 1] = conversationOf(number, { version: 2, waitingSince: timeOf(number - 2000) });
      await tell(rows[number - 1]!);
    }
    const shown = numbersOf(list.value);
    expect(shown.length).toBeLessThanOrEqual(400);
    const inOrder = [...Array.from({ length: 320 }, (_, index) => 581 + index), 1, 2, 3];
    expect(shown.slice(0, 200)).toEqual(inOrder.slice(0, 200));
    const before = shown.length;
    void list.loadMore();
    await settle();
    expect(list.value.length).toBeGreaterThan(before);
    expect(numbersOf(list.value)).toEqual(
      [...inOrder, ...Array.from({ length: 600 }, (_, i) => i + 4)].slice(0, list.value.length),
    );
    expect(list.hasMore).toBe(true);
  });

  it.each([100, 5000])('compares and tests a few rows per event with %i of them', async (count) => {
    const { client, tell } = await liveDesk();
    let [compared, tested] = [0, 0];
    const list = client.live.list({
      kind: 'conversation',
      order: (a, b) => (compared++, b.lastActivityAt.localeCompare(a.lastActivityAt)),
      fetchPage: () => {
        const data = Array.from({ length: count }, (_, index) => conversationOf(count - index));
        return Promise.resolve({ data, nextCursor: null });
      },
      belongs: () => (tested++, true),
    });
    list.subscribe(noop);
    await settle();
    expect(list.value).toHaveLength(count);
    [compared, tested] = [0, 0];
    await tell(conversationOf(count >> 1, { version: 2, lastActivityAt: timeOf(count + 1) }));
    expect(numbersOf(list.value)[0]).toBe(count >> 1);
    expect(tested).toBe(1);
    expect(compared).toBeLessThanOrEqual(Math.ceil(Math.log2(count)) + 1);
  });

  it('drops the page that was on its way when it is cut: there would be a hole before it', async () => {
    const { client, server, tell } = await liveDesk([conversationOf(9000)], 'p2');
    const list = client.live.conversations({ tab: 'waiting' });
    list.subscribe(noop);
    await settle();
    const held = heldAnswer();
    server.next(routes.list, held.answer);
    void list.loadMore();
    await settle();
    for (let number = 1; number <= 205; number++) await tell(conversationOf(number));
    await held.give(pageOf([conversationOf(9001)]));
    expect(numbersOf(list.value)).toEqual(Array.from({ length: list.value.length }, (_, index) => index + 1));
    expect(list).toMatchObject({ hasMore: true, loadingMore: false });
  });
});

describe('the filters of a list', () => {
  const queue = { id: idOf('que', 1), name: 'Financeiro' };
  const tag = { id: idOf('tag', 1), name: 'Troca' };
  const assignee = { id: idOf('agt', 2), name: 'Carla' };
  it.each([
    [{ tagId: tag.id }, { tags: [tag] }, { tags: [] }],
    [{ origin: 'webchat' }, { origin: 'webchat' }, { origin: 'whatsapp' }],
    [{ agentId: assignee.id }, { status: 'active', assignee }, { status: 'queued', assignee: null }],
    [{ queueId: queue.id }, { queue }, { queue: null }],
    [{ status: 'offered' }, { status: 'offered' }, { status: 'active' }],
  ] as const)('take in what comes to fit, and let go what does not any more: %o', async (params, fits, fitsNot) => {
    const { client, tell } = await liveDesk();
    const list = client.live.conversations(params);
    list.subscribe(noop);
    await settle();
    await tell(conversationOf(1, fitsNot));
    expect(list.value).toEqual([]);
    await tell(conversationOf(1, { ...fits, version: 2 }));
    expect(numbersOf(list.value)).toEqual([1]);
    await tell(conversationOf(1, { ...fitsNot, version: 3 }));
    expect(list.value).toEqual([]);
  });
});
