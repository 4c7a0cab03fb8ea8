import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { Message } from '../contract/index.ts';
import { heldAnswer, liveDesk, numbersOf } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { json, problem, type Answer } from '../testing/scripted-server.ts';

const id = idOf('cnv', 1);
const route = paths.messages.list;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/**
 * A conversation of `count` messages behind pages of as many as are asked for, but at most `pageSize`, as the gateway
 * makes them. Cursors are the position that a page begins after, `o…` to older and `n…` to newer ones.
 */
async function longThread(count: number, pageSize: number, around?: number) {
  const desk = await liveDesk();
  const { client, server } = desk;
  const all: Message[] = range(1, count).map((position) => messageOf(position));
  server.always(paths.conversations.get, () => json(conversationOf(1)));
  const paged: Answer = ({ query }) => {
    const limit = Math.min(Number(query.get('limit')), pageSize);
    const cursor = query.get('cursor');
    const middle = query.get('around');
    let end = all.length;
    if (cursor?.startsWith('o')) end = Number(cursor.slice(1)) - 1;
    else if (cursor) end = Math.min(end, Number(cursor.slice(1)) + limit);
    else if (middle !== null) {
      const at = all.findIndex((message) => message.id === middle);
      if (at < 0) return problem('not_found', 404);
      end = Math.min(end, Math.max(limit, at + 1 + Math.floor((limit - 1) / 2)));
    }
    const begin = Math.max(0, end - limit);
    return json({
      data: all.slice(begin, end).reverse(),
      nextCursor: begin > 0 ? `o${begin + 1}` : null,
      previousCursor: (cursor?.startsWith('n') || middle !== null) && end < all.length ? `n${end}` : null,
    });
  };
  server.always(route, paged);
  const live = client.live.thread(id, around === undefined ? {} : { around: idOf('msg', around) });
  live.subscribe(() => undefined);
  await settle();
  const positions = () => numbersOf(live.value.messages);
  async function says(position: number, change: Partial<Message> = {}) {
    const message = messageOf(position, change);
    all[position - 1] = message;
    await desk.say(message);
  }
  return { ...desk, live, all, paged, positions, says };
}

describe('a thread that begins at a message', () => {
  it('says so when there is no such message', async () => {
    const { live } = await longThread(3, 3, 9);
    expect(live).toMatchObject({ status: 'error', error: { code: 'not_found' }, value: { messages: [] } });
  });

  it('has it in its middle, and goes on both ways to the ends', async () => {
    const { live, positions } = await longThread(20, 5, 10);
    expect(positions()).toEqual(range(8, 12));
    expect(live).toMatchObject({ hasMore: true, hasNewer: true });
    void live.loadNewer();
    expect(live).toMatchObject({ loadingNewer: true, loadingMore: false });
    await settle();
    expect(positions()).toEqual(range(8, 17));
    void live.loadMore();
    await settle();
    void live.loadNewer();
    await settle();
    void live.loadMore();
    await settle();
    expect(positions()).toEqual(range(1, 20));
    expect(live).toMatchObject({ hasMore: false, hasNewer: false, loadingNewer: false });
  });

  it('is the newest part when nothing newer is there', async () => {
    const { live, positions, says } = await longThread(6, 5, 6);
    expect([positions(), live.hasNewer]).toEqual([range(2, 6), false]);
    await says(7);
    expect(positions()).toEqual(range(2, 7));
  });

  it('shows what is sent from here only where the newest messages are', async () => {
    const { client, server, live } = await longThread(20, 10, 5);
    server.always(paths.messages.send, () => new Promise(() => undefined));
    client.messages.send(id, { type: 'text', text: 'Oi' }).catch(() => undefined);
    await settle();
    expect(live.value.pending).toEqual([]);
    void live.loadNewer();
    await settle();
    expect([live.hasNewer, live.value.pending.length]).toEqual([false, 1]);
  });
});

it('shows a conversation with its messages: neither is ahead of the other while they load', async () => {
  const { client, server, say } = await liveDesk();
  const held = heldAnswer();
  server.always(paths.conversations.get, () => json(conversationOf(1)));
  server.always(route, held.answer);
  const live = client.live.thread(id);
  live.subscribe(() => undefined);
  await settle();
  await say(messageOf(2), conversationOf(1, { version: 2, unreadCount: 1 }));
  expect(live.value).toEqual({ conversation: null, messages: [], pending: [] });
  await held.give(json({ data: [messageOf(1)], nextCursor: null }));
  expect(live.value.conversation?.unreadCount).toBe(1);
  expect(numbersOf(live.value.messages)).toEqual([1, 2]);
});

describe('what happens while an old part is shown', () => {
  it('makes no hole: what is newer comes with its page', async () => {
    const { live, positions, says } = await longThread(20, 5, 10);
    await says(21);
    await says(22);
    await says(9, { version: 2, status: 'read' });
    await says(3, { version: 2 });
    expect(positions()).toEqual(range(8, 12));
    expect(live.value.messages[1]?.status).toBe('read');
    for (let pages = 0; pages < 2; pages++) {
      void live.loadNewer();
      await settle();
    }
    expect([positions(), live.hasNewer]).toEqual([range(8, 22), false]);
    await says(23);
    expect(positions()).toEqual(range(8, 23));
  });

  it('is there once the newest page is, also when it came while that was on its way', async () => {
    const { live, server, positions, says, paged } = await longThread(14, 5, 10);
    const held = heldAnswer();
    server.next(route, held.answer);
    void live.loadNewer();
    await settle();
    // Made before the two came.
    const answer = await paged(server.requestsTo(route).at(-1)!);
    await says(15);
    await says(13, { version: 3, status: 'delivered' });
    expect(positions()).toEqual(range(8, 12));
    await held.give(answer);
    expect(positions()).toEqual(range(8, 15));
    expect(live.value.messages.at(-3)).toMatchObject({ version: 3, status: 'delivered' });
  });

  it('is believed over an older page that was on its way', async () => {
    const { live, server, positions, says, paged } = await longThread(20, 5, 20);
    const held = heldAnswer();
    server.next(route, held.answer);
    void live.loadMore();
    await settle();
    const answer = await paged(server.requestsTo(route).at(-1)!);
    await says(12, { version: 2, status: 'failed' });
    await held.give(answer);
    expect(positions()).toEqual(range(11, 20));
    expect(live.value.messages[1]).toMatchObject({ version: 2, status: 'failed' });
  });

  it('may be a gap: the same part is loaded again where it is, with what it missed', async () => {
    const { live, server, positions, all, gap } = await longThread(20, 5, 10);
    const before = live.value.messages;
    all[8] = messageOf(9, { version: 2, status: 'read' });
    all.push(messageOf(21));
    server.requests.length = 0;
    await gap();
    expect(positions()).toEqual(range(8, 12));
    expect(live.value.messages[1]?.status).toBe('read');
    expect(live.value.messages[0]).toBe(before[0]);
    expect(server.requestsTo(route).map(({ query }) => query.get('around'))).toEqual([idOf('msg', 10)]);
    expect(live).toMatchObject({ hasMore: true, hasNewer: true, status: 'ready' });
  });

  it('may be a gap in the middle of paging: that page is dropped and can be asked for again', async () => {
    const { live, server, positions, gap, paged } = await longThread(20, 5, 10);
    const held = heldAnswer();
    server.next(route, held.answer);
    void live.loadNewer();
    await settle();
    const request = server.requestsTo(route).at(-1)!;
    await gap();
    expect(request.signal?.aborted).toBe(true);
    await held.give(await paged(request));
    expect([positions(), live.loadingNewer]).toEqual([range(8, 12), false]);
    void live.loadNewer();
    await settle();
    expect(positions()).toEqual(range(8, 17));
  });

  it('may be that a page fails: it can be asked for again', async () => {
    const { live, server, positions } = await longThread(20, 5, 10);
    server.next(route, () => problem('internal', 500));
    void live.loadNewer();
    await settle();
    expect(live).toMatchObject({ hasNewer: true, loadingNewer: false, status: 'ready' });
    void live.loadNewer();
    await settle();
    expect(positions()).toEqual(range(8, 17));
  });
});

describe('a page of a thread', () => {
  it('that cannot be loaded says why, to who waits and to who looks, and is asked for again', async () => {
    const { server, live, paged, positions } = await longThread(20, 5);
    server.always(route, () => problem('forbidden', 403));
    const news: (Error | null)[] = [];
    live.subscribe(() => news.push(live.pageError));
    await expect(live.loadMore()).rejects.toMatchObject({ code: 'forbidden' });
    expect(live).toMatchObject({
      status: 'ready',
      pageError: { code: 'forbidden' },
      hasMore: true,
      loadingMore: false,
    });
    expect(news.at(-1)).toBe(live.pageError);
    server.always(route, paged);
    const again = live.loadMore();
    expect(live).toMatchObject({ pageError: null, loadingMore: true });
    await again;
    expect(positions()).toEqual(range(11, 20));
  });

  it('that nobody waits for may fail', async () => {
    const { server, live } = await longThread(20, 5);
    server.always(route, () => problem('forbidden', 403));
    void live.loadMore();
    await settle();
    expect(live.pageError).toMatchObject({ code: 'forbidden' });
    expect(live.status).toBe('ready');
  });

  it('is loaded one after the other, to the end and not further', async () => {
    const { server, live, positions } = await longThread(23, 5);
    while (live.hasMore) await live.loadMore();
    expect(positions()).toEqual(range(1, 23));
    const asked = server.requestsTo(route).length;
    await live.loadMore();
    expect(server.requestsTo(route)).toHaveLength(asked);
  });

  it('is one request, however many wait for it', async () => {
    const { server, live, positions } = await longThread(20, 5);
    const asked = server.requestsTo(route).length;
    await Promise.all([live.loadMore(), live.loadMore()]);
    expect([positions(), server.requestsTo(route).length - asked]).toEqual([range(11, 20), 1]);
  });

  it('is refused where waiting for it would never end', async () => {
    const { client, live } = await longThread(20, 5, 10);
    const newer = live.loadNewer();
    await expect(live.loadMore()).rejects.toMatchObject({ code: 'aborted' });
    await newer;
    live.refresh();
    await expect(live.loadMore()).rejects.toMatchObject({ code: 'aborted' });
    live.destroy();
    await expect(live.loadMore()).rejects.toMatchObject({ code: 'aborted' });
    expect(live.pageError).toBeNull();
    await expect(client.live.thread(id).loadMore()).resolves.toBeUndefined();
  });
});
