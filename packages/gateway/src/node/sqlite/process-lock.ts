import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { isBusy, isDamaged } from '../../store/sqlite/sqlite-errors.ts';
import { nodeSqlite } from './node-sqlite.ts';

/** Another process works on the same file. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
  readonly pid: number;

  constructor(path: string, pid: number) {
    super(
      `unable to open ${path}; the gateway with process id ${pid} uses it. ` +
        'Stop that one first, give this one another PROSA_DATA_DIR, or share a PostgreSQL (DATABASE_URL).',
    );
    this.pid = pid;
  }
}

export interface ProcessLock {
  release(): void;
}

/** A second open in this process must not touch the file: closing any descriptor of it drops POSIX locks. */
const heldHere = new Set<string>();

/**
 * Takes the lock file beside the database. The lock is the operating system's, through SQLite: it ends with the process,
 * however that ends, and no recycled process id can fake it. The file's `user_version` tells who holds it.
 */
export function lockForProcess(databasePath: string): ProcessLock {
  const path = `${databasePath}.lock`;
  if (heldHere.has(path)) throw new DatabaseInUseError(databasePath, process.pid);
  let holder: DatabaseSync;
  try {
    holder = take(path);
  } catch (error) {
    if (isBusy(error)) throw new DatabaseInUseError(databasePath, readHolder(path));
    if (!isDamaged(error)) throw error;
    rmSync(path, { force: true });
    holder = take(path);
  }
  heldHere.add(path);
  return {
    release() {
      if (!heldHere.delete(path)) return;
      holder.close();
    },
  };
}

function take(path: string): DatabaseSync {
  const { DatabaseSync } = nodeSqlite();
  const holder = new DatabaseSync(path);
  try {
    holder.exec('PRAGMA busy_timeout = 0');
    holder.exec('PRAGMA locking_mode = EXCLUSIVE');
    holder.exec('PRAGMA journal_mode = MEMORY');
    holder.exec(`BEGIN EXCLUSIVE; PRAGMA user_version = ${process.pid}; COMMIT`);
    return holder;
  } catch (error) {
    holder.close();
    throw error;
  }
}

/** `user_version` is a big-endian integer at byte 60 of the header: https://sqlite.org/fileformat2.html */
function readHolder(path: string): number {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(4);
    readSync(file, bytes, 0, 4, 60);
    return bytes.readInt32BE(0);
  } finally {
    closeSync(file);
  }
}
