import type { Conversation, Message } from '@prosa/core';
import { systemClock } from '../packages/core/src/client/clock.ts';
import { deepFreeze } from '../packages/core/src/client/deep-freeze.ts';
import { EntityStore } from '../packages/core/src/store/entity-store.ts';
import type { LiveContext } from '../packages/core/src/store/live-context.ts';
import { createLiveQueries } from '../packages/core/src/store/live-queries.ts';
import { conversationOf, idOf, messageOf } from '../packages/core/src/testing/samples.ts';

/**
 * What an event costs in the client's store, however much it knows, and what it leaves in memory. Figures are for
 * reading, side by side in one run; nothing fails because of them.
 */

const queries = 50;
const queues = queries - 5;
const events = 4000;
const rounds = 15;
const start = Date.parse('2026-11-20T08:00:00.000Z');
const whole = (value: number) => Math.round(value).toLocaleString('en-US');

interface News {
  readonly type: string;
  readonly data: { readonly conversation: Conversation; readonly message?: Message };
}

interface Receiver {
  /** Conversations that it knows. */
  readonly count: number;
  readonly take: (event: News) => void;
  readonly close: () => void;
}

/** A server that has these conversations, in pages of 100. */
function contextOf(entities: EntityStore, all: readonly Conversation[]): LiveContext {
  const never = () => () => undefined;
  const list = ({ queueId, cursor = '0' }: { queueId?: string; cursor?: string }) => {
    const rows = queueId === undefined ? all : all.filter(({ queue }) => queue?.id === queueId);
    const from = Number(cursor);
    const nextCursor = from + 100 < rows.length ? String(from + 100) : null;
    return Promise.resolve({ data: rows.slice(from, from + 100), nextCursor });
  };
  return {
    conversations: { list, counts: () => Promise.resolve({ waiting: 0, unread: 0, mine: 0, all: 0 }) },
    identity: { get: () => Promise.resolve({ id: idOf('agt', 1) }) },
    entities,
    stream: { retain: never, current: { state: 'live' }, epoch: 1 },
    outbox: { start: never, observe: never, pending: () => [] },
    clock: { ...systemClock, setTimeout: () => 0 },
    running: new Set(),
    onConnected: never,
  } as unknown as LiveContext;
}

const conversationIn = (number: number, version: number, at: number): Conversation =>
  conversationOf(number, {
    status: 'active',
    version,
    unreadCount: version,
    queue: { id: idOf('que', number % queues), name: `Fila ${number % queues}` },
    lastActivityAt: new Date(start + at).toISOString(),
  });

/** As it comes off the wire: an object that nobody has seen. */
const fresh = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Fifty live queries that are watched: the tabs, the counts, and every queue: its first page, or all of it (`isWhole`). */
async function open(count: number, isWhole = true) {
  const all = Array.from({ length: count }, (_, index) => conversationIn(count - index, 1, count - index));
  const entities = new EntityStore();
  const live = createLiveQueries(contextOf(entities, all));
  const lists = [
    ...(['waiting', 'unread', 'mine', 'all'] as const).map((tab) => live.conversations({ tab })),
    ...Array.from({ length: queues }, (_, index) => live.conversations({ tab: 'all', queueId: idOf('que', index) })),
  ];
  let told = 0;
  for (const query of [...lists, live.counts({})]) query.subscribe(() => (told += query.value === null ? 0 : 1));
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  await settled();
  for (const list of isWhole ? lists.slice(4) : []) {
    while (list.hasMore) await list.loadMore();
  }
  const shown = lists.slice(4).reduce((sum, { value }) => sum + value.length, 0);
  if (isWhole && shown !== count) throw new Error(`unable to measure; ${shown} of ${count} conversations are shown`);
  return { entities, told: () => told, close: () => lists.forEach((list) => void list.destroy()) };
}

/** The newest copy of each conversation, frozen, and nothing else: what no store can do without. */
function bareMap(count: number): Receiver {
  const known = new Map<string, Conversation>();
  for (let number = 1; number <= count; number++)
    known.set(idOf('cnv', number), deepFreeze(conversationIn(number, 1, number)));
  return {
    count,
    take: ({ data: { conversation, message } }) => {
      deepFreeze(message);
      known.set(conversation.id, deepFreeze(conversation));
    },
    close: () => {
      known.clear();
    },
  };
}

async function liveStore(count: number, isWhole: boolean): Promise<Receiver> {
  const { entities, told, close } = await open(count, isWhole);
  return {
    count,
    take: (event) => {
      entities.putEvent(event);
    },
    close: () => {
      if (told() < rounds * events) throw new Error('unable to measure; some events were told to nobody');
      close();
    },
  };
}

/** @returns microseconds per event, each told to its listeners before the next comes */
async function roundOf({ count, take }: Receiver, round: number): Promise<number> {
  const news: News[] = Array.from({ length: events }, (_, index) => {
    const number = 1 + ((index * 7919) % count);
    const at = count + round * events + index;
    const conversation = conversationIn(number, 2 + round * events + index, at);
    const message = messageOf(at, { conversationId: conversation.id });
    return fresh({ type: 'message.created', data: { conversation, message } });
  });
  globalThis.gc?.();
  const begin = performance.now();
  for (const event of news) {
    take(event);
    await Promise.resolve();
  }
  return ((performance.now() - begin) * 1000) / events;
}

/** In turn, so that whatever else the machine does is shared; the best round of each: the others waited for that. */
async function costsOf(receivers: readonly Receiver[]): Promise<readonly number[]> {
  const best = receivers.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [index, receiver] of receivers.entries()) {
      best[index] = Math.min(best[index] ?? Infinity, await roundOf(receiver, round));
    }
  }
  for (const { close } of receivers) close();
  return best;
}

/** Conversations come, are written in, and close: a hundred thousand of them in a million events, 5,000 open at once. */
async function heapOver(total: number, marks: readonly number[]): Promise<readonly number[]> {
  const isOpen = 5000;
  const { entities, close } = await open(isOpen);
  const heaps: number[] = [];
  for (let index = 1; index <= total; index++) {
    const newest = isOpen + Math.ceil(index / 10);
    const isEnd = index % 10 === 0;
    const number = index % 10 === 1 ? newest : isEnd ? newest - isOpen : newest - ((index * 7919) % isOpen);
    const conversation = conversationIn(number, 1 + index, isOpen + index);
    const data = fresh({ conversation: isEnd ? { ...conversation, status: 'closed' as const } : conversation });
    entities.putEvent({ type: 'conversation.updated', data });
    if (index % 10 === 0) await Promise.resolve();
    if (!marks.includes(index)) continue;
    globalThis.gc?.();
    heaps.push(process.memoryUsage().heapUsed / 1024 / 1024);
  }
  close();
  return heaps;
}

const counts = [1000, 10_000, 50_000];
const bare = await costsOf(counts.map(bareMap));
const paged = await costsOf(await Promise.all(counts.map((count) => liveStore(count, false))));
const all = await costsOf(await Promise.all(counts.map((count) => liveStore(count, true))));
console.log(`${queries} live queries, one event at a time: µs per event, and how often that of the first line`);
const times = (value = 0, first = 1) => `${value.toFixed(1)} µs (${(value / first).toFixed(2)})`;
for (const [index, count] of counts.entries()) {
  const [map = '', first = '', every = ''] = [bare, paged, all].map((of) => times(of[index], of[0]));
  console.log(`  ${whole(count).padStart(6)} conversations: bare map ${map}, first pages ${first}, every row ${every}`);
}
console.log(
  `  ${whole(1e6 / (all[1] ?? 1))} events per second with ${whole(counts[1] ?? 0)} conversations in the lists`,
);
const [early = 0, late = 0] = await heapOver(1_000_000, [100_000, 1_000_000]);
const gc = globalThis.gc ? '' : ' (run with --expose-gc for figures that mean something)';
console.log(
  `heap after 100,000 and 1,000,000 events: ${early.toFixed(1)} and ${late.toFixed(1)} MB, ratio ${(late / early).toFixed(2)}${gc}`,
);
