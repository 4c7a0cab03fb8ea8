import { closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Database } from '../../store/database.ts';
import { SqliteDatabase } from '../../store/sqlite/sqlite-database.ts';
import { mapError } from '../../store/sqlite/sqlite-errors.ts';
import { AsyncTransactionGuard } from '../database/transaction-guard.ts';
import { lockForProcess } from './process-lock.ts';
import { NodeSqliteConnection } from './sqlite-connection.ts';

/** Which file, and who else may have it open. */
export interface SqliteOptions {
  /** The file, made when it is missing, its folder too; or `:memory:`. */
  readonly path: string;
  /**
   * `exclusive` (default) refuses the file while another process has it so. `none` is for short administration beside
   * a running gateway; it must not migrate.
   */
  readonly lock?: 'exclusive' | 'none' | undefined;
}

const pragmas = [
  'busy_timeout = 5000',
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'journal_size_limit = 67108864',
];

/**
 * Opens a SQLite file: one connection writes, another reads.
 * @throws DatabaseInUseError when another process has it
 */
export async function openSqlite({ path, lock = 'exclusive' }: SqliteOptions): Promise<Database> {
  const inMemory = path === ':memory:';
  const file = inMemory ? path : prepareFile(path);
  const processLock = inMemory || lock === 'none' ? null : lockForProcess(file);
  const opened: NodeSqliteConnection[] = [];
  try {
    const writer = new NodeSqliteConnection(file, pragmas);
    opened.push(writer);
    const reader = inMemory ? writer : new NodeSqliteConnection(file, [...pragmas, 'query_only = ON']);
    if (!inMemory) opened.push(reader);
    const guard = new AsyncTransactionGuard();
    const database = new SqliteDatabase({ writer, reader, guard, onClosed: () => processLock?.release() });
    await database.ping();
    return database;
  } catch (error) {
    for (const connection of opened) connection.close();
    processLock?.release();
    throw mapError(error);
  }
}

/** The same name for the same file, whatever links lead to it: the lock hangs on the name. */
export function canonicalPath(path: string): string {
  const absolute = resolve(path);
  mkdirSync(dirname(absolute), { recursive: true });
  return join(realpathSync(dirname(absolute)), basename(absolute));
}

function prepareFile(path: string): string {
  const file = canonicalPath(path);
  try {
    // Tokens and conversations are in it: for its owner only. The files of the log take over its mode.
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return file;
}
