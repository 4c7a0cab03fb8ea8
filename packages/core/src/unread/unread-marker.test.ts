import { expect, it } from 'vitest';
import type { Conversation, Message } from '../contract/index.ts';
import { Observed } from '../observed/observed.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { unreadMarker } from './unread-marker.ts';

class Thread extends Observed<{ conversation: Conversation | null; messages: readonly Message[] }> {
  hasMore = false;
}

const unreadOf = (unreadCount: number, change: Partial<Conversation> = {}) =>
  conversationOf(1, { unreadCount, ...change });
const inbound = (...positions: readonly number[]) => positions.map((position) => messageOf(position));
const answer = (position: number) => messageOf(position, { direction: 'outbound', status: 'sent' });

function open(conversation: Conversation | null, messages: readonly Message[], isReading = () => false) {
  const thread = new Thread({ conversation, messages });
  const unread = unreadMarker(thread, { isReading });
  const stop = unread.subscribe(() => undefined);
  const change = async (next: Partial<Thread['value']>) => {
    thread.update(next);
    await settle();
    return unread.value;
  };
  return { thread, unread, change, stop };
}

it('knows nothing before the thread is loaded', async () => {
  const { unread, change } = open(null, []);
  expect(unread.value).toEqual({ count: 0, firstUnreadId: null });
  expect(await change({ conversation: unreadOf(2) })).toEqual({ count: 2, firstUnreadId: null });
  expect(await change({ messages: inbound(1, 2, 3) })).toEqual({ count: 2, firstUnreadId: idOf('msg', 2) });
});

it('counts only what the customer wrote', () => {
  const note = messageOf(4, { direction: 'internal' });
  const { unread } = open(unreadOf(2), [...inbound(1, 2), answer(3), note, ...inbound(5)]);
  expect(unread.value.firstUnreadId).toBe(idOf('msg', 2));
});

it('stays where it is when the messages are read, and when the agent answers', async () => {
  const { change } = open(unreadOf(1), inbound(1, 2));
  expect(await change({ conversation: unreadOf(0) })).toEqual({ count: 0, firstUnreadId: idOf('msg', 2) });
  expect(await change({ messages: [...inbound(1, 2), answer(3)] })).toMatchObject({ firstUnreadId: idOf('msg', 2) });
});

it('stays at the first of several that come one after the other', async () => {
  const { change } = open(unreadOf(1), inbound(1));
  expect(await change({ conversation: unreadOf(2), messages: inbound(1, 2) })).toEqual({
    count: 2,
    firstUnreadId: idOf('msg', 1),
  });
});

it('moves to what came while nobody looked, and not to what is read as it comes', async () => {
  let reading = true;
  const { change } = open(unreadOf(0), inbound(1), () => reading);
  expect(await change({ conversation: unreadOf(1), messages: inbound(1, 2) })).toEqual({
    count: 1,
    firstUnreadId: null,
  });
  await change({ conversation: unreadOf(0) });
  reading = false;
  expect(await change({ conversation: unreadOf(1), messages: inbound(1, 2, 3) })).toEqual({
    count: 1,
    firstUnreadId: idOf('msg', 3),
  });
});

it('waits for the message that was counted before it came', async () => {
  const preview = { ...unreadOf(1), lastMessage: { id: idOf('msg', 2), direction: 'inbound' } } as Conversation;
  const { unread, change } = open(preview, inbound(1));
  expect(unread.value.firstUnreadId).toBeNull();
  expect(await change({ messages: inbound(1, 2) })).toMatchObject({ firstUnreadId: idOf('msg', 2) });
});

it('is found once older messages are loaded, though all were read meanwhile', async () => {
  const { thread, unread, change } = open(null, []);
  thread.hasMore = true;
  await change({ conversation: unreadOf(4), messages: inbound(5, 6) });
  expect(unread.value.firstUnreadId).toBeNull();
  await change({ conversation: unreadOf(0), messages: inbound(5, 6, 7) });
  expect(await change({ messages: inbound(2, 3, 4, 5, 6, 7) })).toMatchObject({ firstUnreadId: idOf('msg', 3) });
});

it('begins at the beginning when the server counts more than there is', () => {
  expect(open(unreadOf(9), inbound(1, 2)).unread.value.firstUnreadId).toBe(idOf('msg', 1));
});

it('starts anew when the thread is opened again', () => {
  const { thread, unread, stop } = open(unreadOf(1), inbound(1));
  stop();
  thread.update({ conversation: unreadOf(0) });
  unread.subscribe(() => undefined);
  expect(unread.value).toEqual({ count: 0, firstUnreadId: null });
});
