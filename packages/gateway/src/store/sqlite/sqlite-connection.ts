import type { DatabaseConnection } from 'kysely';
import type { FifoMutex } from './fifo-mutex.ts';

/** One SQLite connection as Kysely sees it. Whoever uses it holds `mutex`. */
export interface SqliteConnection extends DatabaseConnection {
  readonly mutex: FifoMutex;
  readonly inTransaction: boolean;
  exec(statements: string): void;
  /** Calling it again does nothing. */
  close(): void;
}
