import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { forEachEngine, freshPostgres } from '../testbed/engines.ts';
import type { Database } from './database.ts';
import { readMeta } from './meta.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { migrations } from './migrations/index.ts';

forEachEngine((_engine, open) => {
  let database: Database;
  let close: () => Promise<void>;

  beforeEach(async () => {
    ({ database, close } = await open({ empty: true }));
  });

  afterEach(() => close());

  const names = Object.keys(migrations);

  it('applies every migration once', async () => {
    expect(await pendingMigrations(database)).toEqual(names);
    expect(await migrate(database)).toEqual(names);
    expect(await migrate(database)).toEqual([]);
    expect(await pendingMigrations(database)).toEqual([]);
  });

  it('makes an epoch and a secret, and keeps them', async () => {
    await migrate(database);
    const meta = await readMeta(database.read);
    expect(meta.epoch).toMatch(/^[\w-]{22}$/);
    expect(meta.secret).toMatch(/^[\w-]{43}$/);
    await migrate(database, { migrations: { ...migrations, '9999-more': { up: async () => {} } } });
    expect(await readMeta(database.read)).toEqual(meta);
  });

  it('leaves nothing of a migration that fails half-way, and finishes it the next time', async () => {
    let broken = true;
    const half = {
      up: async (db: Parameters<(typeof migrations)[string]['up']>[0]) => {
        await sql`create table halves (id text primary key)`.execute(db);
        if (broken) throw new Error('killed');
        await sql`insert into halves (id) values ('second half')`.execute(db);
      },
    };
    const extended = { ...migrations, '9999-half': half };
    await expect(migrate(database, { migrations: extended })).rejects.toThrow('killed');
    // The whole ones before it stay.
    expect(await pendingMigrations(database)).toEqual([]);
    await expect(sql`select * from halves`.execute(database.read)).rejects.toThrow();
    broken = false;
    expect(await migrate(database, { migrations: extended })).toEqual(['9999-half']);
    expect((await sql`select * from halves`.execute(database.read)).rows).toHaveLength(1);
  });

  it('runs them once, however many processes start together', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => migrate(database)));
    expect(runs.flat().sort()).toEqual(names);
  });

  it('refuses a database that a newer version has migrated', async () => {
    await migrate(database, { migrations: { ...migrations, '9999-future': { up: async () => {} } } });
    await expect(migrate(database)).rejects.toThrow('it has the migration "9999-future" of a newer version');
  });
});

it('runs them once for several gateways that start on one PostgreSQL', async () => {
  const url = await freshPostgres();
  const databases = await Promise.all([1, 2, 3].map(() => openPostgres({ url, poolSize: 2 })));
  const runs = await Promise.all(databases.map((database) => migrate(database)));
  expect(runs.flat().sort()).toEqual(Object.keys(migrations));
  await Promise.all(databases.map((database) => database.close()));
});
