import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import type { Database } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { startWriter } from '../../testbed/writer-process.ts';
import { openSqlite } from './open-sqlite.ts';

let folder: string;
let path: string;
let opened: Database[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-sqlite-'));
  path = join(folder, 'data', 'prosa.db');
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<Parameters<typeof openSqlite>[0]> = {}): Promise<Database> {
  const database = await openSqlite({ path, ...options });
  opened.push(database);
  return database;
}

it('empties the log when it is closed', async () => {
  const database = await open();
  await migrate(database);
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  await database.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});

describe('a full disk', () => {
  it('refuses writes with an error that says so, answers reads, and goes on when there is space again', async () => {
    const database = await open();
    await migrate(database);
    const limit = (pages: number) =>
      database.transaction((tx) => sql.raw(`PRAGMA max_page_count = ${pages}`).execute(tx));
    const write = (id: string) =>
      database.transaction((tx) =>
        tx
          .insertInto('workspaces')
          .values({ id, name: 'x'.repeat(50_000), timeZone: 'America/Recife', createdAt: 1 })
          .execute(),
      );
    await limit(1);
    await expect(write('wsp_1')).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expect(write('wsp_1')).rejects.toMatchObject({ reason: 'full' });
    expect(await database.read.selectFrom('workspaces').select('id').execute()).toEqual([]);
    await limit(1_000_000);
    await write('wsp_1');
    expect(await database.read.selectFrom('workspaces').select('id').execute()).toEqual([{ id: 'wsp_1' }]);
  });
});

describe('two processes', () => {
  it('refuses a file that another living process has, by its process id', async () => {
    const child = await startWriter(path, 'wsp_1');
    await expect(open()).rejects.toThrow(`process id ${child.pid} uses it`);
    await child.kill();
    await open();
  });

  it('refuses the same file twice in one process, also under another name, and keeps the first one’s lock', async () => {
    await open();
    await symlink(join(folder, 'data'), join(folder, 'link'));
    await expect(open({ path: join(folder, 'link', 'prosa.db') })).rejects.toThrow(`process id ${process.pid} uses it`);
    await expect(startWriter(path, 'wsp_1')).rejects.toThrow(`process id ${process.pid} uses it`);
  });

  it('lets the file go with close', async () => {
    await (await open()).close();
    await open();
  });

  it('mends a lock file that holds nonsense', async () => {
    await (await open()).close();
    await writeFile(`${path}.lock`, 'not a lock at all'.repeat(300));
    await open();
    await expect(open()).rejects.toThrow('uses it');
  });

  it('lets a short command work beside the gateway', async () => {
    const gateway = await open();
    await migrate(gateway);
    const command = await open({ lock: 'none' });
    await command.transaction((tx) =>
      tx
        .insertInto('workspaces')
        .values({ id: 'wsp_1', name: 'Loja', timeZone: 'America/Recife', createdAt: 1 })
        .execute(),
    );
    expect(await gateway.read.selectFrom('workspaces').select('id').execute()).toEqual([{ id: 'wsp_1' }]);
  });

  it('says that the file is busy when somebody else keeps writing, and waits its turn before', async () => {
    const database = await open();
    await migrate(database);
    await database.transaction((tx) => sql`PRAGMA busy_timeout = 1`.execute(tx));
    const stranger = new DatabaseSync(path);
    stranger.exec('BEGIN IMMEDIATE');
    const write = () => database.transaction((tx) => tx.deleteFrom('jobs').execute());
    await expect(write()).rejects.toMatchObject({ name: 'DatabaseUnavailableError', reason: 'busy' });
    setTimeout(() => stranger.exec('COMMIT'), 15);
    await write();
    stranger.close();
  });
});

it('keeps the file for its owner only', async () => {
  const database = await open();
  await migrate(database);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('refuses a file that is no database', async () => {
  path = join(folder, 'notes.txt');
  await writeFile(path, 'shopping list '.repeat(500));
  await expect(open()).rejects.toThrow('file is not a database');
});

it('lets timers run while transactions follow each other', async () => {
  const database = await open({ path: ':memory:' });
  await migrate(database);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const until = performance.now() + 60;
  while (performance.now() < until) await database.transaction((tx) => tx.deleteFrom('jobs').execute());
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
});
