import { expect, it, vi } from 'vitest';
import { liveDesk } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf } from '../testing/samples.ts';
import { problem } from '../testing/scripted-server.ts';
import { paths } from '../contract/paths.ts';
import { select } from './select.ts';

const namesOf = (rows: readonly { readonly contact: { readonly name: string } }[]) =>
  rows.map(({ contact }) => contact.name);
const sameNames = (a: readonly string[], b: readonly string[]) => a.join() === b.join();

it('tells only of the part, which keeps its reference while it is equal', async () => {
  const { client, tell } = await liveDesk([conversationOf(1), conversationOf(2)]);
  const list = client.live.conversations({ tab: 'waiting' });
  const choose = vi.fn(namesOf);
  const names = select(list, choose, sameNames);
  const listener = vi.fn();
  names.subscribe(listener);
  await settle();
  expect(names).toMatchObject({ status: 'ready', error: null, value: ['Contato 1', 'Contato 2'] });
  const before = names.value;
  listener.mockClear();
  choose.mockClear();
  await tell(conversationOf(1, { version: 2, unreadCount: 3 }));
  expect(names.value).toBe(before);
  expect([listener, choose].map((mock) => mock.mock.calls.length)).toEqual([0, 1]);
  await tell(conversationOf(3));
  expect(names.value).toHaveLength(3);
  expect(listener).toHaveBeenCalledOnce();
});

it('tells of the status, too, though the part is the same', async () => {
  const { client, server } = await liveDesk();
  server.always(paths.conversations.list, () => problem('forbidden', 403));
  const count = select(client.live.conversations(), ({ length }) => length);
  const listener = vi.fn();
  count.subscribe(listener);
  await settle();
  expect(count).toMatchObject({ status: 'error', error: { code: 'forbidden' }, value: 0 });
  expect(listener).toHaveBeenCalled();
});

it('asks nothing before it is subscribed to, stops with its last listener, and leaves the source to others', async () => {
  const { client, server, tell } = await liveDesk([conversationOf(1)]);
  const list = client.live.conversations();
  const count = select(list, ({ length }) => length);
  expect([count.value, count.status]).toEqual([0, 'idle']);
  await settle();
  expect(server.requestsTo(paths.conversations.list)).toHaveLength(0);
  const [mine, others] = [vi.fn(), vi.fn()];
  count.subscribe(mine);
  list.subscribe(others);
  await settle();
  count.destroy();
  mine.mockClear();
  others.mockClear();
  await tell(conversationOf(2));
  expect([mine.mock.calls.length, others.mock.calls.length]).toEqual([0, 1]);
  count.refresh();
  await settle();
  expect(server.requestsTo(paths.conversations.list)).toHaveLength(2);
});
