import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import type { Database, Wake } from '../../store/database.ts';
import { takeNumbers } from '../../store/counters.ts';
import { migrate } from '../../store/migrate.ts';
import { freshPostgres } from '../../testbed/engines.ts';
import { createGate, type Gate } from '../../testbed/gate.ts';
import { openPostgres } from './open-postgres.ts';

let url: string;
let database: Database;

beforeEach(async () => {
  url = await freshPostgres();
  database = await openPostgres({ url, statementTimeoutMs: 2000 });
  await migrate(database);
  await database.transaction(async (tx) => {
    await tx
      .insertInto('workspaces')
      .values({ id: 'wsp_1', name: 'Loja', timeZone: 'America/Recife', createdAt: 1 })
      .execute();
    for (const name of ['a', 'b']) await takeNumbers(tx, 'wsp_1', name, 1);
  });
});

afterEach(() => database.close());

describe('locks', () => {
  const counters = (db: Parameters<Parameters<Database['transaction']>[0]>[0]) =>
    db.selectFrom('counters').select('name').orderBy('name');

  it('passes over rows that another transaction holds', async () => {
    const held = createGate();
    const mayEnd = createGate();
    const holding = database.transaction(async (tx) => {
      await database.lock(counters(tx).where('name', '=', 'a')).execute();
      held.open();
      await mayEnd.opened;
    });
    await held.opened;
    const free = await database.transaction((tx) => database.lockFree(counters(tx)).execute());
    expect(free).toEqual([{ name: 'b' }]);
    mayEnd.open();
    await holding;
  });

  it('runs a transaction again that lost a deadlock', async () => {
    const reached = new Map<string, Gate>(['a', 'b'].map((name) => [name, createGate()]));
    let runs = 0;
    const crossing = (first: string, second: string) =>
      database.transaction(async (tx) => {
        runs++;
        await sql`set local deadlock_timeout = '20ms'`.execute(tx);
        await takeNumbers(tx, 'wsp_1', first, 1);
        reached.get(first)?.open();
        await reached.get(second)?.opened;
        await takeNumbers(tx, 'wsp_1', second, 1);
      });
    await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
    // On a busy server the loser may be back before the winner has gone on, and they cross once more.
    expect(runs).toBeGreaterThanOrEqual(3);
    const rows = await database.read.selectFrom('counters').select('value').execute();
    expect(rows).toEqual([{ value: 3 }, { value: 3 }]);
  });
});

describe('wake-ups', () => {
  let other: Database;

  beforeEach(async () => {
    other = await openPostgres({ url });
  });

  afterEach(() => other.close());

  it('reach the other process, and the own one once', async () => {
    const here: Wake[] = [];
    const there: Wake[] = [];
    database.onWake((wake) => here.push(wake));
    other.onWake((wake) => there.push(wake));
    database.wake({ topic: 'events', workspaceId: 'wsp_1' });
    database.wake({ topic: 'jobs' });
    await vi.waitFor(() => expect(there).toEqual([{ topic: 'events', workspaceId: 'wsp_1' }, { topic: 'jobs' }]), {
      timeout: 20_000,
    });
    expect(here).toEqual([{ topic: 'events', workspaceId: 'wsp_1' }, { topic: 'jobs' }]);
  });

  it('come back after every connection was cut, and then everybody looks once', async () => {
    const there: Wake[] = [];
    other.onWake((wake) => there.push(wake));
    await cutConnections();
    await vi.waitFor(
      () => expect(there.map(({ topic }) => topic)).toEqual(['events', 'jobs', 'envelopes', 'routing', 'dispatches']),
      { timeout: 20_000 },
    );
    await vi.waitFor(
      async () => {
        database.wake({ topic: 'jobs' });
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(there.length).toBeGreaterThan(3);
      },
      { timeout: 20_000 },
    );
  });
});

describe('a server that goes away', () => {
  it('is reported as unavailable, and used again when it is back', async () => {
    const interrupted = database.transaction(async (tx) => {
      await takeNumbers(tx, 'wsp_1', 'a', 1);
      await cutConnections();
      await takeNumbers(tx, 'wsp_1', 'a', 1);
    });
    await expect(interrupted).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await vi.waitFor(() => database.ping(), { timeout: 20_000 });
    const row = await database.read.selectFrom('counters').select('value').where('name', '=', 'a').executeTakeFirst();
    expect(row).toEqual({ value: 1 });
  });

  it('is left for another one when it has become a standby that takes no writes', async () => {
    const write = () => database.transaction((tx) => takeNumbers(tx, 'wsp_1', 'a', 1));
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database.read);
    const setting = (value: string) => sql.raw(`alter database ${rows[0]?.name} ${value}`).execute(administrator.read);
    const administrator = await openPostgres({ url });
    await setting('set default_transaction_read_only = on');
    const demoted = await openPostgres({ url, poolSize: 1 });
    const writeThere = () => demoted.transaction((tx) => takeNumbers(tx, 'wsp_1', 'a', 1));
    await expect(writeThere()).rejects.toMatchObject({ name: 'DatabaseUnavailableError', reason: 'unreachable' });
    // Whoever connects from now on reaches the new one.
    await setting('reset default_transaction_read_only');
    expect(await writeThere()).toBe(2);
    expect(await write()).toBe(3);
    await Promise.all([administrator.close(), demoted.close()]);
  });

  it('gives up a statement that takes too long', async () => {
    const impatient = await openPostgres({ url, statementTimeoutMs: 20 });
    await expect(sql`select pg_sleep(2)`.execute(impatient.read)).rejects.toMatchObject({
      name: 'DatabaseUnavailableError',
      reason: 'busy',
    });
    await impatient.close();
  });

  it('refuses to open where nothing answers', async () => {
    const nowhere = new URL(url);
    nowhere.port = '1';
    await expect(openPostgres({ url: nowhere.href })).rejects.toMatchObject({ reason: 'unreachable' });
  });
});

async function cutConnections(): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}
