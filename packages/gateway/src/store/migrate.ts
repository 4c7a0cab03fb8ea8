import { sql, type Kysely } from 'kysely';
import { systemClock, type Clock } from '../clock.ts';
import type { Database, Tx } from './database.ts';
import { migrations as ownMigrations, type Migration } from './migrations/index.ts';
import { randomText } from './random-text.ts';

export interface MigrateOptions {
  readonly migrations?: Readonly<Record<string, Migration>> | undefined;
  readonly clock?: Clock | undefined;
}

interface MigrationRow {
  name: string;
  appliedAt: number;
}

type History = Kysely<{ migrations: MigrationRow }>;

/** Any number, the same in every process: who migrates holds it. */
const advisoryLock = 7_028_155_731;

/**
 * Brings the tables to the newest shape, one transaction for each migration, so that a run that is cut off leaves only
 * whole ones behind. Several processes may call it at once; called again it changes nothing.
 * @returns the names that were applied now
 * @throws when the database is newer than this code
 */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<readonly string[]> {
  const { migrations = ownMigrations, clock = systemClock } = options;
  const applied: string[] = [];
  for (;;) {
    const name = await database.transaction((tx) => applyNext(database, tx, migrations, clock));
    if (name === null) return applied;
    applied.push(name);
  }
}

/** The names that `migrate` would apply. */
export async function pendingMigrations(database: Database): Promise<readonly string[]> {
  return database.transaction(async (tx) => pendingOf(await prepareHistory(database, tx), ownMigrations));
}

async function applyNext(
  database: Database,
  tx: Tx,
  migrations: Readonly<Record<string, Migration>>,
  clock: Clock,
): Promise<string | null> {
  const history = await prepareHistory(database, tx);
  const [name] = await pendingOf(history, migrations);
  const migration = name === undefined ? undefined : migrations[name];
  if (name === undefined || migration === undefined) return null;
  await migration.up(tx as unknown as Kysely<unknown>, database.engine);
  await history.insertInto('migrations').values({ name, appliedAt: clock.now() }).execute();
  await seedMeta(tx);
  return name;
}

async function prepareHistory(database: Database, tx: Tx): Promise<History> {
  if (database.engine === 'postgres') await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(tx);
  await sql`create table if not exists migrations (name text primary key, applied_at bigint not null)`.execute(tx);
  return tx as unknown as History;
}

async function pendingOf(
  history: History,
  migrations: Readonly<Record<string, Migration>>,
): Promise<readonly string[]> {
  const rows = await history.selectFrom('migrations').select('name').execute();
  const done = new Set(rows.map((row) => row.name));
  const names = Object.keys(migrations);
  const unknown = [...done].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `unable to migrate the database; it has the migration "${unknown}" of a newer version. ` +
        'Run that version, or restore the backup from before it.',
    );
  }
  return names.filter((name) => !done.has(name));
}

/** `epoch` tells one life of the database from another, `secret` signs what the gateway hands out. Written once. */
export async function seedMeta(tx: Tx): Promise<void> {
  await tx
    .insertInto('meta')
    .values([
      { key: 'epoch', value: randomText(16) },
      { key: 'secret', value: randomText(32) },
    ])
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}
