import { expect, it } from 'vitest';
import type { ConnectionSnapshot } from '../client/prosa-client.ts';
import type { Conversation } from '../contract/index.ts';
import { ConnectionError, UsageError } from '../errors/local-errors.ts';
import { Observed } from '../observed/observed.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { agentOf, conversationOf } from '../testing/samples.ts';
import { createReadPolicy, type Sight } from './read-policy.ts';

const me = agentOf();
const mine = { status: 'active', assignee: { id: me.id, name: me.name }, unreadCount: 2 } as const;
const everything: Sight = { visible: true, focused: true, atEnd: true };

function policyFor(conversation: Conversation | null, fail: () => Error | null = () => null) {
  const clock = new ManualClock();
  const thread = new Observed({ conversation });
  const connection = new Observed<ConnectionSnapshot>({
    state: 'connected',
    from: 'connecting',
    reason: 'hello',
    transport: 'sse',
    attempt: 0,
    nextTryAt: null,
    error: null,
  });
  const told: number[] = [];
  const client = {
    conversations: {
      markRead() {
        const error = fail();
        told.push(thread.value.conversation?.version ?? 0);
        return error ? Promise.reject(error) : Promise.resolve(thread.value.conversation as Conversation);
      },
    },
    connection: {
      get current() {
        return connection.value;
      },
      subscribe: (listener: () => void) => connection.subscribe(listener),
      connect: () => undefined,
      disconnect: () => undefined,
      retry: () => undefined,
      ready: () => Promise.resolve(),
    },
  };
  const policy = createReadPolicy(client, thread, new Observed(me), { clock });
  return { clock, thread, connection, told, policy };
}

it.each<[string, Partial<Sight>]>([
  ['hidden', { visible: false }],
  ['without the focus', { focused: false }],
  ['away from the end', { atEnd: false }],
])('says nothing while the thread is %s', async (_, missing) => {
  const { clock, told, policy } = policyFor(conversationOf(1, mine));
  policy.look({ ...everything, ...missing });
  await clock.advance(60_000);
  expect([told, policy.isReading]).toEqual([[], false]);
  policy.look(everything);
  await clock.advance(500);
  expect(told).toEqual([1]);
});

it.each<[string, Conversation | null]>([
  ['is not loaded', null],
  ['has nothing unread, such as one with a new note', conversationOf(1, { ...mine, unreadCount: 0 })],
  ["is another agent's", conversationOf(1, { ...mine, assignee: { id: 'agt_x', name: 'Caio' } })],
  ['is nobody’s', conversationOf(1, { ...mine, assignee: null })],
])('says nothing about a conversation that %s', async (_, conversation) => {
  const { clock, told, policy } = policyFor(conversation);
  policy.look(everything);
  await clock.advance(60_000);
  expect(told).toEqual([]);
});

it('takes no glance for reading', async () => {
  const { clock, told, policy } = policyFor(conversationOf(1, mine));
  policy.look(everything);
  await clock.advance(400);
  policy.look({ focused: false });
  await clock.advance(60_000);
  expect(told).toEqual([]);
});

it('says it once for several messages that come together, and again for the next', async () => {
  const { clock, thread, told, policy } = policyFor(conversationOf(1, mine));
  policy.look(everything);
  for (let version = 2; version <= 4; version++) {
    thread.update({ conversation: conversationOf(1, { ...mine, version }) });
    await clock.advance(100);
  }
  await clock.advance(60_000);
  expect(told).toEqual([4]);
  thread.update({ conversation: conversationOf(1, { ...mine, unreadCount: 0, version: 5 }) });
  thread.update({ conversation: conversationOf(1, { ...mine, unreadCount: 1, version: 6 }) });
  await clock.advance(60_000);
  expect(told).toEqual([4, 6]);
});

it('waits for the connection, and says it again after a new one', async () => {
  const { clock, connection, told, policy } = policyFor(conversationOf(1, mine));
  connection.update({ state: 'reconnecting' });
  policy.look(everything);
  await clock.advance(60_000);
  expect(told).toEqual([]);
  for (const state of ['connected', 'reconnecting', 'connected'] as const) {
    connection.update({ state });
    await clock.advance(1000);
  }
  expect(told).toEqual([1, 1]);
});

it('tries a failure again later and later, and leaves a refusal alone', async () => {
  const lost = policyFor(conversationOf(1, mine), () => new ConnectionError('unable to mark; no answer'));
  lost.policy.look(everything);
  await lost.clock.advance(60_000);
  expect(lost.told.length).toBeGreaterThan(2);
  expect(lost.told.length).toBeLessThan(10);
  const refused = policyFor(conversationOf(1, mine), () => new UsageError('unable to mark; forbidden'));
  refused.policy.look(everything);
  await refused.clock.advance(600_000);
  expect(refused.told).toEqual([1]);
  refused.policy.look(everything);
  await refused.clock.advance(1000);
  expect(refused.told).toEqual([1, 1]);
});

it('says nothing twice to who looks on', async () => {
  const { clock, told, policy } = policyFor(conversationOf(1, mine));
  for (let look = 0; look < 5; look++) {
    policy.look(everything);
    await clock.advance(1000);
  }
  expect(told).toEqual([1]);
});

it('lets go of everything, and does nothing afterwards', async () => {
  const { clock, thread, connection, told, policy } = policyFor(conversationOf(1, mine));
  policy.look(everything);
  policy.destroy();
  policy.look(everything);
  await settle();
  expect([clock.pending, thread.isWatched, connection.isWatched, told]).toEqual([0, false, false, []]);
});
