import { expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { liveDesk, numbersOf } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { json, problem } from '../testing/scripted-server.ts';
import { createThreadView } from './thread-view.ts';

const id = idOf('cnv', 1);
const messageId = (position: number) => idOf('msg', position);

/** The newest part is 20 and 19; around message n lie n + 1 to n - 1; there are 20 messages. */
async function view() {
  const desk = await liveDesk();
  const { client, server } = desk;
  server.always(paths.conversations.get, () => json(conversationOf(1)));
  server.always(paths.messages.list, ({ query }) => {
    const around = query.get('around');
    const at = around === null ? 20 : Number(around.slice(4));
    if (at > 20) return problem('not_found', 404);
    const data = [at + 1, at, at - 1].filter((position) => position <= 20).map((position) => messageOf(position));
    return json({ data, nextCursor: 'older', previousCursor: at < 19 ? 'newer' : null });
  });
  const thread = createThreadView(client, id);
  const listener = vi.fn();
  const off = thread.subscribe(listener);
  await settle();
  return { ...desk, thread, listener, off, positions: () => numbersOf(thread.value.messages) };
}

it('stays where it is when there is no such message', async () => {
  const { thread, positions, say } = await view();
  await expect(thread.jumpTo(messageId(99))).rejects.toMatchObject({ code: 'not_found' });
  expect([positions(), thread.status, thread.error]).toEqual([[19, 20], 'ready', null]);
  await say(messageOf(21));
  expect(positions()).toEqual([19, 20, 21]);
});

it('stays where it is when the jump is given up, and asks no more', async () => {
  const { thread, server, positions } = await view();
  server.always(paths.messages.list, () => new Promise(() => undefined));
  const giveUp = new AbortController();
  const jump = thread.jumpTo(messageId(5), { signal: giveUp.signal });
  const rejected = expect(jump).rejects.toMatchObject({ code: 'aborted' });
  await settle();
  giveUp.abort();
  await rejected;
  await settle();
  expect(server.requestsTo(paths.messages.list).at(-1)?.signal?.aborted).toBe(true);
  expect(positions()).toEqual([19, 20]);
  await expect(thread.jumpTo(messageId(5), { signal: giveUp.signal })).rejects.toMatchObject({ code: 'aborted' });
});

it('goes where the last of two jumps wanted to', async () => {
  const { thread, positions } = await view();
  const first = expect(thread.jumpTo(messageId(5))).rejects.toMatchObject({ code: 'aborted' });
  await thread.jumpTo(messageId(10));
  await first;
  expect(positions()).toEqual([9, 10, 11]);
});

it('shows what it had until the other part is there, and tells then', async () => {
  const { thread, positions, listener } = await view();
  listener.mockClear();
  const jump = thread.jumpTo(messageId(5));
  expect([positions(), thread.status]).toEqual([[19, 20], 'ready']);
  await jump;
  expect(positions()).toEqual([4, 5, 6]);
  await settle();
  expect(listener).toHaveBeenCalled();
  expect(thread).toMatchObject({ hasMore: true, hasNewer: true, status: 'ready' });
});

it('asks nothing for a message that is shown', async () => {
  const { thread, server } = await view();
  const asked = server.requests.length;
  await thread.jumpTo(messageId(19));
  await thread.jumpToNewest();
  expect(server.requests).toHaveLength(asked);
});

it('goes back to the newest part, which grows', async () => {
  const { thread, positions, say } = await view();
  await thread.jumpTo(messageId(5));
  await say(messageOf(21));
  expect(positions()).toEqual([4, 5, 6]);
  await thread.jumpToNewest();
  expect([positions(), thread.hasNewer]).toEqual([[19, 20], false]);
  await say(messageOf(22));
  expect(positions()).toEqual([19, 20, 22]);
});

it('runs while somebody listens, and is over when it is destroyed in the middle of a jump', async () => {
  const { thread, off, server, listener, say } = await view();
  await thread.jumpTo(messageId(5));
  off();
  await settle();
  listener.mockClear();
  await say(messageOf(5, { version: 2 }));
  expect(listener).not.toHaveBeenCalled();
  const before = server.requests.length;
  thread.subscribe(listener);
  await settle();
  expect(server.requests.length).toBeGreaterThan(before);
  const jump = expect(thread.jumpTo(messageId(10))).rejects.toMatchObject({ code: 'aborted' });
  thread.destroy();
  await jump;
});
