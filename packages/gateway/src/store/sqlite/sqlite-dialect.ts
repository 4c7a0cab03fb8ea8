import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
} from 'kysely';
import type { TransactionGuard } from '../engine/transaction-guard.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Kysely over one SQLite connection. `begin` is what a transaction starts with. */
export class SqliteDialect implements Dialect {
  readonly #connection: SqliteConnection;
  readonly #guard: TransactionGuard;
  readonly #begin: string;

  constructor(connection: SqliteConnection, guard: TransactionGuard, begin: 'BEGIN' | 'BEGIN IMMEDIATE') {
    this.#connection = connection;
    this.#guard = guard;
    this.#begin = begin;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#connection, this.#guard, this.#begin);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new QueuedAdapter();
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** Kysely's own mutex stays out: ours is fair, and two dialects can share a connection. */
class QueuedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;
  readonly #guard: TransactionGuard;
  readonly #begin: string;

  constructor(connection: SqliteConnection, guard: TransactionGuard, begin: string) {
    this.#connection = connection;
    this.#guard = guard;
    this.#begin = begin;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    this.#guard.check();
    await this.#connection.mutex.acquire();
    return this.#connection;
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin));
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('COMMIT'));
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    // Some errors (a full disk) have rolled back already.
    if (connection.inTransaction) await connection.executeQuery(CompiledQuery.raw('ROLLBACK'));
  }

  releaseConnection(connection: SqliteConnection): Promise<void> {
    connection.mutex.release();
    return Promise.resolve();
  }

  async destroy(): Promise<void> {}
}
