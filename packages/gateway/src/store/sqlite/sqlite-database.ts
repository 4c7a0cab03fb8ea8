import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Database, Tx, Wake } from '../database.ts';
import { BindingsPlugin } from '../engine/bindings-plugin.ts';
import { retrying } from '../engine/retry.ts';
import type { TransactionGuard } from '../engine/transaction-guard.ts';
import { WakeBus } from '../engine/wake-bus.ts';
import type { Schema } from '../schema.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDialect } from './sqlite-dialect.ts';
import { isBusy, isUniqueViolation } from './sqlite-errors.ts';

export interface SqliteParts {
  readonly writer: SqliteConnection;
  /** The writer itself for a memory database, which belongs to its connection: reads take turns with transactions. */
  readonly reader: SqliteConnection;
  readonly guard: TransactionGuard;
  /** Called when all is closed. */
  readonly onClosed?: (() => void) | undefined;
}

/** SQLite as the gateway's database, whichever build of it the connections belong to. */
export class SqliteDatabase implements Database {
  readonly engine = 'sqlite';
  readonly read: Kysely<Schema>;
  readonly #write: Kysely<Schema>;
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #guard: TransactionGuard;
  readonly #onClosed: (() => void) | undefined;
  readonly #wakes = new WakeBus();
  #closed: Promise<void> | null = null;

  constructor({ writer, reader, guard, onClosed }: SqliteParts) {
    this.#writer = writer;
    this.#reader = reader;
    this.#guard = guard;
    this.#onClosed = onClosed;
    const plugins = [new BindingsPlugin(), new CamelCasePlugin()];
    this.#write = new Kysely({ dialect: new SqliteDialect(writer, guard, 'BEGIN IMMEDIATE'), plugins });
    this.read = new Kysely({ dialect: new SqliteDialect(reader, guard, 'BEGIN'), plugins });
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
    this.#onClosed?.();
  }
}
