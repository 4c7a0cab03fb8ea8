import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkspace, listWorkspaces } from '../../admin/workspaces.ts';
import { systemClock } from '../../clock.ts';
import { startGateway, type RunningGateway } from '../start-gateway.ts';

const mebibyte = 1024 * 1024;

let dataDir: string;
let running: RunningGateway | null;
let strangers: DatabaseSync[];
let said: string[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'prosa-log-'));
  running = null;
  strangers = [];
  said = [];
});

afterEach(async () => {
  for (const stranger of strangers) stranger.close();
  await running?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<RunningGateway> {
  running = await startGateway({ dataDir, log: (level, message) => said.push(`${level}: ${message}`) });
  return running;
}

/** A program that somebody runs beside the gateway. */
function openStranger(): DatabaseSync {
  const stranger = new DatabaseSync(join(dataDir, 'prosa.db'));
  strangers.push(stranger);
  return stranger;
}

const logBytes = () => statSync(join(dataDir, 'prosa.db-wal')).size;
const largeLog = 'warn: the write-ahead log is large; end the program that reads the database beside the gateway';

it('holds nothing of the log with its own reads', async () => {
  const { database } = await start();
  const scope = { db: database, clock: systemClock };
  await createWorkspace(scope, { name: 'Cacau' });
  expect(await listWorkspaces(scope)).toHaveLength(2);
  const stream = database.read.selectFrom('workspaces').selectAll().stream();
  await stream.next();
  await stream.return?.();
  const stranger = openStranger();
  // A connection that just ended its read may be a moment in letting go, and the gateway may write again at any time.
  const emptied = () => {
    stranger.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    return logBytes();
  };
  await expect.poll(emptied).toBe(0);
  expect(said.filter((line) => line.startsWith('warn'))).toEqual([]);
});

it('warns while a reader holds the log and it grows, goes on working, and gives the space back', async () => {
  await (await start()).close();
  const reader = openStranger();
  reader.exec('BEGIN; SELECT * FROM workspaces');
  const writer = openStranger();
  writer.exec('PRAGMA synchronous = OFF; CREATE TABLE bulk (bytes BLOB)');
  const insert = writer.prepare('INSERT INTO bulk VALUES (zeroblob(?))');
  for (let megabyte = 0; megabyte < 130; megabyte++) insert.run(mebibyte);
  expect(logBytes()).toBeGreaterThan(128 * mebibyte);

  const { database } = await start();
  const scope = { db: database, clock: systemClock };
  await expect.poll(() => said).toContain(largeLog);
  await createWorkspace(scope, { name: 'Cacau' });
  expect(await listWorkspaces(scope)).toHaveLength(2);

  reader.exec('COMMIT');
  // A commit copies the log into the database as far as nobody reads it, the next begins it anew.
  const after = async () => {
    await createWorkspace(scope, { name: 'Outra' });
    return logBytes();
  };
  await expect.poll(after).toBeLessThanOrEqual(64 * mebibyte);
});
