import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AdminError } from '../admin/admin-error.ts';
import type { Database } from '../store/database.ts';
import { migrate, pendingMigrations } from '../store/migrate.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { DatabaseInUseError } from './sqlite/process-lock.ts';

export interface DatabaseLocation {
  /** PostgreSQL; `null`: SQLite in the data folder. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}

export interface MigratedDatabase {
  readonly database: Database;
  /** Migrations that were applied now. */
  readonly applied: readonly string[];
}

/** Where the data is, without a password. */
export function describeDatabase({ databaseUrl, dataDir }: DatabaseLocation): string {
  if (databaseUrl === null) return `SQLite, ${sqlitePath(dataDir)}`;
  const url = new URL(databaseUrl);
  return `PostgreSQL, ${url.host}${url.pathname}`;
}

/** Opens the database for the gateway itself and brings its tables up to date. */
export async function openMigrated({ databaseUrl, dataDir }: DatabaseLocation): Promise<MigratedDatabase> {
  if (databaseUrl !== null) {
    // Its own connections, because a migration may take longer than any other statement is allowed to.
    const patient = await openPostgres({ url: databaseUrl, poolSize: 1, statementTimeoutMs: 0 });
    const applied = await migrate(patient).finally(() => patient.close());
    return { database: await openPostgres({ url: databaseUrl }), applied };
  }
  const database = await openSqlite({ path: sqlitePath(dataDir) });
  try {
    return { database, applied: await migrate(database) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Whether there is one; PostgreSQL tells only when it is asked. */
export function hasDatabase({ databaseUrl, dataDir }: DatabaseLocation): boolean {
  return databaseUrl !== null || existsSync(sqlitePath(dataDir));
}

/**
 * Opens the database for a short command, beside a gateway that may be running on it.
 * @throws AdminError when there is none: a command in another folder must not quietly work on an empty one
 */
export async function openBesideGateway(location: DatabaseLocation): Promise<Database> {
  if (location.databaseUrl === null && !existsSync(sqlitePath(location.dataDir))) {
    throw new AdminError(
      `unable to open the database; there is none at ${sqlitePath(location.dataDir)}. Is this the gateway's folder? ` +
        'Run it there, or set PROSA_DATA_DIR or DATABASE_URL as for the gateway. A new one is made by prosa-gateway start.',
    );
  }
  try {
    return (await openMigrated(location)).database;
  } catch (error) {
    if (!(error instanceof DatabaseInUseError)) throw error;
    const database = await openSqlite({ path: sqlitePath(location.dataDir), lock: 'none' });
    const pending = await pendingMigrations(database);
    if (pending.length === 0) return database;
    await database.close();
    throw new Error(
      `unable to change the database; it needs migrations, and the gateway with process id ${error.pid} is running. ` +
        'Stop it and start the new version.',
      { cause: error },
    );
  }
}

export function sqlitePath(dataDir: string): string {
  return join(dataDir, 'prosa.db');
}
