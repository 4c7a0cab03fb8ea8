import { closeSync, existsSync, openSync } from 'node:fs';
import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AdminError } from '../../admin/admin-error.ts';
import { startNewEpoch, type NewEpoch } from '../../admin/new-epoch.ts';
import { systemClock } from '../../clock.ts';
import { migrate } from '../../store/migrate.ts';
import { isDamaged } from '../../store/sqlite/sqlite-errors.ts';
import { nodeSqlite } from './node-sqlite.ts';
import { canonicalPath, openSqlite } from './open-sqlite.ts';
import { lockForProcess } from './process-lock.ts';

/**
 * Writes a copy of the database as it is at one moment, while gateways go on writing. The copy appears under its name
 * when it is whole, checked and on the disk.
 * @throws AdminError when something has that name already
 */
export async function backupSqlite(path: string, target: string): Promise<{ readonly bytes: number }> {
  if (existsSync(target)) throw new AdminError(`unable to back up; there is a ${target} already, name another file.`);
  const partial = `${canonicalPath(target)}.partial`;
  await rm(partial, { force: true });
  try {
    // Tokens and conversations are in it: for its owner only.
    closeSync(openSync(partial, 'ax', 0o600));
    const source = new (nodeSqlite().DatabaseSync)(path);
    try {
      source.exec('PRAGMA busy_timeout = 5000');
      source.prepare('VACUUM INTO ?').run(partial);
    } finally {
      source.close();
    }
    requireWhole(partial);
    await sync(partial);
    await rename(partial, target);
    await sync(dirname(canonicalPath(target)));
    return { bytes: (await stat(target)).size };
  } finally {
    await rm(partial, { force: true });
  }
}

export interface Restored extends NewEpoch {
  /** Where the database of before is now; `null`: there was none. */
  readonly kept: string | null;
}

/**
 * Puts a backup in the place of the database, with a new epoch. What was there is kept under another name.
 * @throws DatabaseInUseError while a gateway runs on it
 * @throws AdminError when the file is no whole database
 */
export async function restoreSqlite(backup: string, path: string): Promise<Restored> {
  if (!existsSync(backup)) throw new AdminError(`unable to restore; there is no file ${backup}.`);
  const file = canonicalPath(path);
  const lock = lockForProcess(file);
  const staged = `${file}.restoring`;
  try {
    await removeDatabase(staged);
    await copyFile(backup, staged);
    requireWhole(staged);
    const database = await openSqlite({ path: staged, lock: 'none' });
    let epoch: NewEpoch;
    try {
      await migrate(database);
      epoch = await startNewEpoch({ db: database, clock: systemClock });
    } finally {
      await database.close();
    }
    await sync(staged);
    const kept = await putAside(file);
    await rename(staged, file);
    await sync(dirname(file));
    return { ...epoch, kept };
  } finally {
    await removeDatabase(staged);
    lock.release();
  }
}

/** `-wal` and `-shm` belong to the file: a database that takes one of another would be damaged by it. */
const suffixes = ['-wal', '-shm', ''];

async function putAside(file: string): Promise<string | null> {
  if (!existsSync(file)) return null;
  const kept = `${file}.before-restore-${new Date().toISOString().replaceAll(/[^\dT]/g, '')}`;
  for (const suffix of suffixes) {
    if (existsSync(file + suffix)) await rename(file + suffix, kept + suffix);
  }
  return kept;
}

async function removeDatabase(file: string): Promise<void> {
  for (const suffix of suffixes) await rm(file + suffix, { force: true });
}

function requireWhole(file: string): void {
  let verdict: unknown;
  try {
    const database = new (nodeSqlite().DatabaseSync)(file);
    try {
      verdict = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
      const { count } = database.prepare("SELECT count(*) AS count FROM sqlite_schema WHERE name = 'meta'").get() ?? {};
      if (count !== 1) verdict = 'it has no tables of the gateway';
    } finally {
      database.close();
    }
  } catch (error) {
    if (!isDamaged(error)) throw error;
    verdict = error instanceof Error ? error.message : String(error);
  }
  if (verdict !== 'ok') throw new AdminError(`unable to use the file; it is no whole database: ${String(verdict)}`);
}

/** Windows cannot open a folder and needs no such thing. */
async function sync(path: string): Promise<void> {
  if (process.platform === 'win32' && (await stat(path)).isDirectory()) return;
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
