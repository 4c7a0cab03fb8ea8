import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWal } from '../../testbed/wal-file.ts';
import { startWriter } from '../../testbed/writer-process.ts';
import { openSqlite } from './open-sqlite.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-durability-'));
  path = join(folder, 'prosa.db');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a process finds that opens the file next. */
function contentOf(file: string) {
  const database = new DatabaseSync(file);
  try {
    const queues = database.prepare('SELECT id FROM queues').all();
    const events = database.prepare('SELECT count(*) AS count FROM events').get();
    return {
      integrity: database.prepare('PRAGMA integrity_check').all(),
      queues: new Set(queues.map(({ id }) => String(id))),
      events: Number(events?.['count']),
    };
  } finally {
    database.close();
  }
}

function expectWhole(file: string, acknowledged: readonly string[], state: string): void {
  const { integrity, queues, events } = contentOf(file);
  expect(integrity, state).toEqual([{ integrity_check: 'ok' }]);
  expect(
    acknowledged.filter((id) => !queues.has(id)),
    state,
  ).toEqual([]);
  // A queue and its event are one transaction: no half of it may be there.
  expect(events, state).toBe(queues.size);
}

it('syncs every commit to the disk and keeps foreign keys', async () => {
  const database = await openSqlite({ path });
  const pragma = (name: string) =>
    database.transaction(
      async (tx) => Object.values((await sql.raw<object>(`PRAGMA ${name}`).execute(tx)).rows[0]!)[0],
    );
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('foreign_keys')).toBe(1);
  expect(await pragma('busy_timeout')).toBe(5000);
  expect(await pragma('journal_size_limit')).toBe(64 * 1024 * 1024);
  await database.close();
});

describe('kill -9', () => {
  it('loses nothing that was acknowledged and leaves no half, 20 times, and opens again at once', async () => {
    const acknowledged: string[] = [];
    const reopened: number[] = [];
    for (let round = 0; round < 20; round++) {
      const writer = await startWriter(path, `wsp_${round}`);
      // However slow the disk is, something is there to be lost.
      await expect.poll(() => writer.acknowledged().length, { interval: 5 }).toBeGreaterThan(5);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      acknowledged.push(...(await writer.kill()));
      const begin = performance.now();
      await (await openSqlite({ path })).close();
      reopened.push(performance.now() - begin);
      expectWhole(path, acknowledged, `after kill ${round}`);
    }
    expect(acknowledged.length).toBeGreaterThan(100);
    // Twenty milliseconds as a rule: only a log that is read in some wrong way takes a second.
    expect(reopened.sort((a, b) => a - b)[10]).toBeLessThan(1000);
  }, 180_000);
});

/**
 * What a disk may hold after a power cut: every byte that was synced, and of the others any mixture. With
 * `synchronous = FULL` the log is synced up to the end of each acknowledged commit; behind it, and in pages of the main
 * file that a checkpoint was writing, anything may stand. That the kernel and the disk sync when they are asked to is
 * not for a test of this process to show.
 */
describe('a power cut', () => {
  it('loses nothing that was acknowledged, whatever stands behind the last commit or in the main file', async () => {
    const writer = await startWriter(path, 'wsp_1');
    let checkpoints = 0;
    try {
      // At least ten times, and on a slow disk until a checkpoint was among them.
      for (let cut = 0; cut < 10 || checkpoints === 0; cut++) {
        await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
        const acknowledged = writer.acknowledged();
        writer.standStill();
        // A signal needs a moment to arrive.
        await new Promise((resolve) => setTimeout(resolve, 30));
        const [main, log] = await Promise.all([readFile(path), readFile(`${path}-wal`)]);
        writer.goOn();
        const { pageSize, committedBytes, pages } = readWal(log);
        if (main.length > pageSize) checkpoints++;
        const committed = log.subarray(0, committedBytes);
        const torn = Buffer.from(main);
        for (const page of pages) {
          if (page * pageSize <= torn.length) randomBytes(512).copy(torn, (page - 1) * pageSize + 1024);
        }
        const states: Record<string, readonly [main: Buffer, log: Buffer]> = {
          'as it was': [main, log],
          'cut behind the last commit': [main, committed],
          'half a frame behind it': [main, Buffer.concat([committed, log.subarray(committedBytes).subarray(0, 700)])],
          'noise behind it': [main, Buffer.concat([committed, randomBytes(20_000)])],
          'zeros behind it': [main, Buffer.concat([committed, Buffer.alloc(20_000)])],
          'pages torn by a checkpoint': [torn, log],
        };
        for (const [state, [mainBytes, logBytes]] of Object.entries(states)) {
          const copy = join(folder, 'copy.db');
          await rm(`${copy}-shm`, { force: true });
          await writeFile(copy, mainBytes);
          await writeFile(`${copy}-wal`, logBytes);
          expectWhole(copy, acknowledged, `cut ${cut}: ${state}`);
        }
      }
    } finally {
      await writer.kill();
    }
  }, 180_000);

  it('leaves whole transactions in their order, wherever the log ends', async () => {
    const writer = await startWriter(path, 'wsp_1');
    await expect.poll(() => writer.acknowledged().length, { interval: 5 }).toBeGreaterThan(20);
    const acknowledged = await writer.kill();
    const log = await readFile(`${path}-wal`);
    for (let cut = 0; cut < 30; cut++) {
      const copy = join(folder, `copy-${cut}.db`);
      await copyFile(path, copy);
      await writeFile(`${copy}-wal`, log.subarray(0, Math.floor(Math.random() * log.length)));
      const tables = tablesOf(copy);
      // Nothing stands in the main file yet: the log ends before the tables are made.
      if (!tables.includes('queues')) continue;
      const { integrity, queues, events } = contentOf(copy);
      expect(integrity).toEqual([{ integrity_check: 'ok' }]);
      expect(events).toBe(queues.size);
      const inOrder = acknowledged.slice(0, queues.size);
      expect(inOrder.filter((id) => !queues.has(id))).toEqual([]);
    }
  });
});

function tablesOf(file: string): readonly string[] {
  const database = new DatabaseSync(file);
  try {
    return database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name));
  } finally {
    database.close();
  }
}
