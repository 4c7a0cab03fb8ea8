import { closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Database, Tx, Wake } from '../../store/database.ts';
import type { Schema } from '../../store/schema.ts';
import { BindingsPlugin } from '../database/bindings-plugin.ts';
import { retrying } from '../database/retry.ts';
import { TransactionGuard } from '../database/transaction-guard.ts';
import { WakeBus } from '../database/wake-bus.ts';
import { lockForProcess, type ProcessLock } from './process-lock.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDialect } from './sqlite-dialect.ts';
import { isBusy, isUniqueViolation, mapError } from './sqlite-errors.ts';

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
  const opened: SqliteConnection[] = [];
  try {
    const writer = new SqliteConnection(file, pragmas);
    opened.push(writer);
    // A memory database belongs to its connection, so its reads take turns with its transactions.
    const reader = inMemory ? writer : new SqliteConnection(file, [...pragmas, 'query_only = ON']);
    if (!inMemory) opened.push(reader);
    const database = new SqliteDatabase(writer, reader, processLock);
    await database.ping();
    return database;
  } catch (error) {
    for (const connection of opened) connection.close();
    processLock?.release();
    throw mapError(error);
  }
}

class SqliteDatabase implements Database {
  readonly engine = 'sqlite';
  readonly read: Kysely<Schema>;
  readonly #write: Kysely<Schema>;
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #processLock: ProcessLock | null;
  readonly #guard = new TransactionGuard();
  readonly #wakes = new WakeBus();
  #closed: Promise<void> | null = null;

  constructor(writer: SqliteConnection, reader: SqliteConnection, processLock: ProcessLock | null) {
    this.#writer = writer;
    this.#reader = reader;
    this.#processLock = processLock;
    const plugins = [new BindingsPlugin(), new CamelCasePlugin()];
    this.#write = new Kysely({ dialect: new SqliteDialect(writer, this.#guard, 'BEGIN IMMEDIATE'), plugins });
    this.read = new Kysely({ dialect: new SqliteDialect(reader, this.#guard, 'BEGIN'), plugins });
  }

  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return retrying(() => this.#write.transaction().execute((tx) => this.#guard.run(() => work(tx))), isBusy);
  }

  lock<Query>(query: Query): Query {
    return query;
  }

  lockFree<Query>(query: Query): Query {
    return query;
  }

  wake(wake: Wake): void {
    this.#wakes.emit(wake);
  }

  onWake(listener: (wake: Wake) => void): () => void {
    return this.#wakes.listen(listener);
  }

  async ping(): Promise<void> {
    await sql`select count(*) from sqlite_schema`.execute(this.read);
  }

  isUniqueViolation(error: unknown): boolean {
    return isUniqueViolation(error);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#wakes.clear();
    // Kysely first: it refuses new queries. Then the turn after whoever is at it.
    await Promise.all([this.read.destroy(), this.#write.destroy()]);
    await this.#writer.mutex.acquire();
    if (this.#reader !== this.#writer) {
      await this.#reader.mutex.acquire();
      this.#reader.close();
      try {
        this.#writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // The log stays and is read at the next start: nothing is lost.
      }
    }
    this.#writer.close();
    this.#reader.mutex.release();
    this.#writer.mutex.release();
    this.#processLock?.release();
  }
}

/** The same name for the same file, whatever links lead to it: the lock hangs on the name. */
function prepareFile(path: string): string {
  const absolute = resolve(path);
  mkdirSync(dirname(absolute), { recursive: true });
  const file = join(realpathSync(dirname(absolute)), basename(absolute));
  try {
    // Tokens and conversations are in it: for its owner only. The files of the log take over its mode.
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return file;
}
