import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, QueryResult } from 'kysely';
import { FifoMutex } from '../../store/sqlite/fifo-mutex.ts';
import type { SqliteConnection } from '../../store/sqlite/sqlite-connection.ts';
import { mapError } from '../../store/sqlite/sqlite-errors.ts';
import { nodeSqlite } from './node-sqlite.ts';

const cachedStatements = 256;

interface CachedStatement {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** One connection of `node:sqlite`. */
export class NodeSqliteConnection implements SqliteConnection {
  readonly mutex = new FifoMutex();
  readonly #database: DatabaseSync;
  /** The least recently used comes first. */
  readonly #statements = new Map<string, CachedStatement>();

  constructor(path: string, pragmas: readonly string[]) {
    const { DatabaseSync } = nodeSqlite();
    this.#database = new DatabaseSync(path);
    try {
      for (const pragma of pragmas) this.#database.exec(`PRAGMA ${pragma}`);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  exec(statements: string): void {
    this.#database.exec(statements);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const { statement, returnsRows } = this.#prepare(query.sql);
      const parameters = query.parameters as SQLInputValue[];
      if (returnsRows) return { rows: statement.all(...parameters) as Row[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw mapError(error);
    }
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    // Not from the cache: another run of the same statement would start this one again.
    const statement = this.#database.prepare(query.sql);
    for (const row of statement.iterate(...(query.parameters as SQLInputValue[]))) yield { rows: [row as Row] };
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(text: string): CachedStatement {
    let cached = this.#statements.get(text);
    if (cached) {
      this.#statements.delete(text);
    } else {
      const statement = this.#database.prepare(text);
      cached = { statement, returnsRows: statement.columns().length > 0 };
      if (this.#statements.size >= cachedStatements) {
        const [oldest] = this.#statements.keys();
        if (oldest !== undefined) this.#statements.delete(oldest);
      }
    }
    this.#statements.set(text, cached);
    return cached;
  }
}
