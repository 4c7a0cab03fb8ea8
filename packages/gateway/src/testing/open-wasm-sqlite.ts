import initSqlite, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import type { Database } from '../store/database.ts';
import type { TransactionGuard } from '../store/engine/transaction-guard.ts';
import { SqliteDatabase } from '../store/sqlite/sqlite-database.ts';
import { WasmSqliteConnection } from './wasm-connection.ts';

/** What Emscripten's loader takes; the package's types leave it out. */
type Init = (options: { readonly locateFile?: (file: string) => string }) => Promise<Sqlite3Static>;

/** Nothing in a browser follows a transaction through what it awaits; the same code is watched over in Node. */
const noGuard: TransactionGuard = { run: (work) => work(), check: () => undefined };

let loading: Promise<Sqlite3Static> | null = null;

export interface WasmSqliteOptions {
  /** Where `sqlite3.wasm` is; beside the module when absent. */
  readonly wasmUrl?: string | URL | undefined;
  readonly guard?: TransactionGuard | undefined;
}

/** Opens a database in memory on SQLite's WebAssembly build, which is loaded once for the page. */
export async function openWasmSqlite({ wasmUrl, guard = noGuard }: WasmSqliteOptions = {}): Promise<Database> {
  loading ??= (initSqlite as Init)(wasmUrl === undefined ? {} : { locateFile: () => String(wasmUrl) });
  const sqlite = await loading.catch((error: unknown) => {
    loading = null;
    throw new Error(
      'unable to load SQLite; serve sqlite3.wasm of @sqlite.org/sqlite-wasm beside the bundle, or name it in `sqliteWasm`',
      { cause: error },
    );
  });
  // It writes each failed statement to the console; the gateway knows what to make of them.
  sqlite.config.warn = () => {};
  const connection = new WasmSqliteConnection(sqlite, ['foreign_keys = ON']);
  return new SqliteDatabase({ writer: connection, reader: connection, guard });
}
