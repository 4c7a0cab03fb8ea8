import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { migrations } from '../store/migrations/index.ts';
import { freshPostgres, openEngine } from '../testbed/engines.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

const nodeFlags = ['--conditions=@prosa/source', '--no-warnings'];
const bin = fileURLToPath(new URL('./bin.ts', import.meta.url));
const half = fileURLToPath(new URL('../testbed/half-migration.ts', import.meta.url));
const run = promisify(execFile);
const names = Object.keys(migrations);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-migration-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 180_000 }, (engine) => {
  let place: string;
  let env: Record<string, string>;

  beforeEach(async () => {
    place = engine === 'postgres' ? await freshPostgres() : join(folder, 'prosa.db');
    env = { PATH: process.env['PATH'] ?? '', PROSA_DATA_DIR: folder };
    if (engine === 'postgres') env['DATABASE_URL'] = place;
  });

  const open = () => (engine === 'postgres' ? openPostgres({ url: place }) : openSqlite({ path: place, lock: 'none' }));
  const look = async <Seen>(at: (database: Database) => Promise<Seen>) => {
    const database = await open();
    return await at(database).finally(() => database.close());
  };
  const migrateAgain = async () => (await run(process.execPath, [...nodeFlags, bin, 'migrate'], { env })).stdout;
  const whole = async () => {
    const fresh = await openEngine(engine);
    return await shapeOf(fresh.database).finally(() => fresh.close());
  };

  it.each([names[0]!, names.at(-1)!])(
    'kill -9 in the middle of %s leaves nothing of it, and the next start finishes',
    async (cutAt) => {
      const child = spawn(process.execPath, [...nodeFlags, half, place, cutAt], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      const gone = once(child, 'close');
      child.kill('SIGKILL');
      await gone;

      const done = await look(historyOf);
      expect(done).toEqual(names.slice(0, names.indexOf(cutAt)));
      expect(await migrateAgain()).toContain(`applied ${names.slice(done.length).join(', ')}`);
      const finished = await look(shapeOf);
      expect(finished).toEqual(await whole());
      expect(await look((database) => migrate(database))).toEqual([]);
      expect(await look(shapeOf)).toEqual(finished);
      expect(await look(historyOf)).toEqual(names);
    },
  );

  it('two processes at once: each migration runs once, and nobody sees half of one', async () => {
    const runs = await Promise.allSettled([migrateAgain(), migrateAgain()]);
    const said = runs.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)));
    const applied = said.flatMap((words) => /\(applied (.*)\)/.exec(words)?.[1]?.split(', ') ?? []);
    expect(applied.sort()).toEqual(names);
    // On SQLite the second may find the first at it, and says so.
    const complaints = said.filter((words) => !words.includes('applied') && !words.includes('was up to date'));
    for (const complaint of complaints) expect(complaint).toMatch(/the gateway with process id \d+ uses it/);
    if (engine === 'postgres') expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await look(historyOf)).toEqual(names);
    expect(await look(shapeOf)).toEqual(await whole());
  });
});

async function historyOf(database: Database): Promise<readonly string[]> {
  const exists = (await shapeOf(database)).some((line) => line.includes('migrations'));
  if (!exists) return [];
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(database.read);
  return rows.map(({ name }) => name);
}

/** Every table, column and index there is. */
async function shapeOf(database: Database): Promise<readonly string[]> {
  const query =
    database.engine === 'sqlite'
      ? sql<{ line: string }>`select name || ' ' || coalesce(sql, '') as line from sqlite_schema order by 1`
      : sql<{ line: string }>`
          select table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable as line
          from information_schema.columns where table_schema = 'public'
          union all select indexdef from pg_indexes where schemaname = 'public' order by 1`;
  return (await query.execute(database.read)).rows.map(({ line }) => line);
}
