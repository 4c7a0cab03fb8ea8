import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { readMeta } from '../store/meta.ts';
import { openEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createCursorCodec } from './cursor.ts';
import { createReaders } from './readers.ts';
import { openEventStream, slowReaderMs, type StreamDeps } from './stream.ts';
import type { StreamView } from './view.ts';

let opened: OpenDatabase;
let deps: StreamDeps;
let listening: number;
let ended: number;
let reads: number;

beforeEach(async () => {
  [listening, ended, reads] = [0, 0, 0];
  opened = await openEngine('sqlite');
  const { database } = opened;
  const db: Database = Object.create(database, {
    onWake: {
      value(listener: Parameters<Database['onWake']>[0]) {
        listening++;
        const stop = database.onWake(listener);
        return () => {
          listening--;
          stop();
        };
      },
    },
  }) as Database;
  const cursors = await createCursorCodec(await readMeta(database.read));
  const shutdown = new AbortController().signal;
  deps = { db, clock: systemClock, cursors, readers: createReaders(shutdown), shutdown };
});
afterEach(async () => {
  await opened.close();
});

const nothing: StreamView = {
  workspaceId: 'wsp_1',
  readerId: 'agt_1',
  expiresAt: null,
  partial: false,
  read(position) {
    reads++;
    return Promise.resolve({ events: [], position, more: false, end: null });
  },
  concerns: () => true,
  hear: () => null,
};
const open = (view: StreamView, with_ = deps) => openEventStream(with_, view, null, () => void ended++);

it('stops listening when the log cannot be read', async () => {
  const stream = await open({ ...nothing, read: () => Promise.reject(new Error('the disk is gone')) });
  const reader = stream.getReader();
  await expect(
    (async () => {
      while (!(await reader.read()).done);
    })(),
  ).rejects.toThrow('the disk is gone');
  expect([listening, ended]).toEqual([0, 1]);
});

it('stops listening when it cannot even begin', async () => {
  const broken = Object.create(deps.db, {
    read: {
      get() {
        throw new Error('the disk is gone');
      },
    },
  }) as Database;
  await expect(open(nothing, { ...deps, db: broken })).rejects.toThrow('the disk is gone');
  expect([listening, ended]).toEqual([0, 1]);
});

it('reads nothing more once its reader has gone', async () => {
  const stream = await open(nothing);
  const reader = stream.getReader();
  await reader.read();
  await expect.poll(() => reads).toBe(1);
  await reader.cancel();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect([listening, ended, reads]).toEqual([0, 1, 1]);
});

/** A log without end, of which every batch is read at once. */
const muchToTell: StreamView = {
  ...nothing,
  read(position) {
    reads++;
    const events = Array.from({ length: 50 }, (_, index) => ({
      seq: position + index + 1,
      type: 'conversation.updated',
      occurredAt: 0,
      data: { text: 'x'.repeat(1000) },
    }));
    return Promise.resolve({ events, position: position + 50, more: true, end: null });
  },
};

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

it('holds one batch for a reader that takes nothing, and goes on where it stopped', async () => {
  const stream = await open(muchToTell);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(reads).toBeLessThanOrEqual(1);
  const reader = stream.getReader();
  for (let frames = 0; frames < 120; frames++) await reader.read();
  expect(reads).toBeLessThanOrEqual(3);
  await reader.cancel();
});

it('sends a reader away that takes nothing for a minute: it resumes from what it has', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const stream = await open(muchToTell);
    // The greeting is there.
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(slowReaderMs - 1000);
    expect([listening, ended]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(2000);
    expect([listening, ended, vi.getTimerCount()]).toEqual([0, 1, 0]);
    const text = await textOf(stream);
    expect(text).toMatch(/^id: \S+\nevent: hello\n/);
    expect(text).toMatch(/event: bye\ndata: \{"reason":"slow_reader","reconnectWindowMs":2000\}\n\n$/);
  } finally {
    vi.useRealTimers();
  }
});

it.each(['token_expired', 'shutdown'] as const)(
  'ends on a desk where something happens all the time: %s',
  async (why) => {
    const leaving = new AbortController();
    let now = 1000;
    const busy: StreamView = {
      ...nothing,
      expiresAt: 2000,
      read(position) {
        const event = { seq: position + 1, type: 'customer.created', data: {}, occurredAt: now, conversationId: null };
        return Promise.resolve({ events: [event], position: position + 1, more: false, end: null });
      },
    };
    const stream = await open(busy, { ...deps, clock: { now: () => now }, shutdown: leaving.signal });
    const reader = stream.getReader();
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    for (let read = 0; read < 10; read++) expect(await next()).not.toContain('event: bye');
    if (why === 'shutdown') leaving.abort();
    else now = 2000;
    let last = '';
    for (let read = 0; read < 10; read++) last = (await next()) || last;
    expect(last).toContain(`"reason":"${why}"`);
    expect([listening, ended]).toEqual([0, 1]);
  },
);
