import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { runUnit } from '../store/unit.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { freshPostgres } from '../testbed/engines.ts';
import { createGate } from '../testbed/gate.ts';
import { readStream, type StreamReading } from '../testbed/read-stream.ts';
import { appendEvents } from './append.ts';

/** Two processes on one PostgreSQL, whose transactions commit in another order than they begin. */
let first: Database;
let second: Database;
let desk: TestDesk;
let workspace: TestWorkspace;
let readings: StreamReading[];

beforeEach(async () => {
  const url = await freshPostgres();
  first = await openPostgres({ url, poolSize: 3 });
  second = await openPostgres({ url, poolSize: 3 });
  await migrate(first);
  desk = openDesk(first);
  workspace = await desk.workspace('Cacau');
  readings = [];
});

afterEach(async () => {
  await Promise.all(readings.map((reading) => reading.stop()));
  await desk.gateway.close();
  await Promise.all([first.close(), second.close()]);
});

async function read(cursor?: string): Promise<StreamReading> {
  const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const { token } = workspace.server;
  const reading = await readStream(
    await desk.request(`/v1/events${query}`, { headers: { authorization: `Bearer ${token}` } }),
  );
  readings.push(reading);
  return reading;
}

const told = ({ frames }: StreamReading) =>
  frames.slice(1).map(({ data }) => (data.data as { readonly name: string }).name);
const scopeOf = (db: Database) => ({ db, clock: desk.clock });

it('tells both events when the transaction that began first commits last', async () => {
  const began = createGate();
  const mayEnd = createGate();
  const slow = runUnit(scopeOf(first), workspace.id, async (unit) => {
    // Something written and not committed, as a command does before its events are numbered.
    await sql`update workspaces set name = name where id = ${workspace.id}`.execute(unit.tx);
    began.open();
    await mayEnd.opened;
    unit.emit('queue.created', { name: 'slow' } as never);
  });
  await began.opened;
  const before = await read();
  await runUnit(scopeOf(second), workspace.id, async (unit) => unit.emit('queue.created', { name: 'fast' } as never));
  await before.until(2);
  const cursor = before.frames.at(-1)?.data.cursor;
  mayEnd.open();
  await slow;
  await before.until(3);
  expect(told(before)).toEqual(['fast', 'slow']);
  // Who had read as far as the one that was committed in between gets the other one, too.
  const resumed = await read(cursor);
  await resumed.until(2);
  expect(resumed.frames[0]?.data.resumed).toBe(true);
  expect(told(resumed)).toEqual(['slow']);
});

it('numbers no event before the earlier number is committed, or given back', async () => {
  const numbered = createGate();
  const mayEnd = createGate();
  const event = (name: string) => ({ type: 'queue.created' as const, data: { name }, conversationId: null });
  const slow = first.transaction(async (tx) => {
    await appendEvents(tx, workspace.id, desk.clock.now(), [event('slow')]);
    numbered.open();
    await mayEnd.opened;
    throw new Error('rolled back');
  });
  await numbered.opened;
  const reading = await read();
  let hasCommitted = false;
  const fast = second
    .transaction((tx) => appendEvents(tx, workspace.id, desk.clock.now(), [event('fast')]))
    .then(() => (hasCommitted = true));
  await expect.poll(() => waiting(first)).toBe(1);
  expect(hasCommitted).toBe(false);
  mayEnd.open();
  await expect(slow).rejects.toThrow('rolled back');
  await fast;
  await reading.until(2);
  expect(told(reading)).toEqual(['fast']);
});

/** How many transactions of this database wait for a lock. */
async function waiting(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `.execute(db.read);
  return rows[0]?.count ?? 0;
}
