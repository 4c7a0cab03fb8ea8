import type { Database as WasmDatabase, SqlValue, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import type { CompiledQuery, QueryResult } from 'kysely';
import { FifoMutex } from '../store/sqlite/fifo-mutex.ts';
import type { SqliteConnection } from '../store/sqlite/sqlite-connection.ts';
import { mapError } from '../store/sqlite/sqlite-errors.ts';

/** One connection of SQLite's WebAssembly build, to a database in memory. */
export class WasmSqliteConnection implements SqliteConnection {
  readonly mutex = new FifoMutex();
  readonly #sqlite: Sqlite3Static;
  readonly #database: WasmDatabase;

  constructor(sqlite: Sqlite3Static, pragmas: readonly string[]) {
    this.#sqlite = sqlite;
    this.#database = new sqlite.oo1.DB(':memory:', 'c');
    for (const pragma of pragmas) this.exec(`PRAGMA ${pragma}`);
  }

  get inTransaction(): boolean {
    return this.#sqlite.capi.sqlite3_get_autocommit(this.#database) === 0;
  }

  exec(statements: string): void {
    this.#database.exec(statements);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const rows = [...this.#rows<Row>(query)];
      return {
        rows,
        numAffectedRows: BigInt(this.#database.changes()),
        insertId: BigInt(this.#sqlite.capi.sqlite3_last_insert_rowid(this.#database)),
      };
    } catch (error) {
      throw mapError(error);
    }
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    for (const row of this.#rows<Row>(query)) yield { rows: [row] };
  }

  close(): void {
    if (this.#database.isOpen()) this.#database.close();
  }

  *#rows<Row>({ sql, parameters }: CompiledQuery): Generator<Row> {
    const statement = this.#database.prepare(sql);
    try {
      if (parameters.length > 0) statement.bind(parameters as SqlValue[]);
      while (statement.step()) yield checked(statement.get({})) as Row;
    } finally {
      statement.finalize();
    }
  }
}

/** As `node:sqlite` does: a number that does not fit is refused, not rounded. */
function checked(row: Record<string, SqlValue>): Record<string, SqlValue> {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value === 'bigint') {
      throw new RangeError(`unable to read the column ${column}; its value is too large for a JavaScript number`);
    }
  }
  return row;
}
