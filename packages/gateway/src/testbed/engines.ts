import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '@prosa/test-postgres';
import { describe, inject } from 'vitest';
import { AsyncTransactionGuard } from '../node/database/transaction-guard.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { openSqlite } from '../node/sqlite/open-sqlite.ts';
import type { Database } from '../store/database.ts';
import { migrate, seedMeta } from '../store/migrate.ts';
import { openWasmSqlite } from '../testing/open-wasm-sqlite.ts';
import { copyOfTemplate, freshName } from './postgres-template.ts';

export type EngineName = 'sqlite' | 'sqlite file' | 'sqlite wasm' | 'postgres';

export interface OpenDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Without tables. */
  readonly empty?: boolean;
}

/** Describes the same behaviour on each engine. Each `open` is a fresh, migrated database of its own. */
export function forEachEngine(
  suite: (engineName: EngineName, open: (options?: OpenOptions) => Promise<OpenDatabase>) => void,
  engines: readonly EngineName[] = ['sqlite', 'postgres'],
): void {
  for (const name of engines) describe(name, () => suite(name, (options) => openEngine(name, options)));
}

/** A fresh, migrated database. */
export async function openEngine(name: EngineName, { empty = false }: OpenOptions = {}): Promise<OpenDatabase> {
  if (name === 'postgres' && !empty) return openMigratedPostgres();
  const opened = await openers[name]();
  if (!empty) await migrate(opened.database);
  return opened;
}

const openers: Readonly<Record<EngineName, () => Promise<OpenDatabase>>> = {
  async sqlite() {
    const database = await openSqlite({ path: ':memory:' });
    return { database, close: () => database.close() };
  },
  async 'sqlite file'() {
    const folder = await mkdtemp(join(tmpdir(), 'prosa-sqlite-'));
    const database = await openSqlite({ path: join(folder, 'prosa.db') });
    return {
      database,
      async close() {
        await database.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
  async 'sqlite wasm'() {
    const database = await openWasmSqlite({ guard: new AsyncTransactionGuard() });
    return { database, close: () => database.close() };
  },
  async postgres() {
    const database = await openPostgres({ url: await freshPostgres() });
    return { database, close: () => database.close() };
  },
};

async function openMigratedPostgres(): Promise<OpenDatabase> {
  const database = await openPostgres({ url: await copyOfTemplate() });
  await database.transaction(seedMeta);
  return { database, close: () => database.close() };
}

/** @returns the connection string of an empty database */
export function freshPostgres(): Promise<string> {
  return createDatabase(inject('postgresUrl'), freshName());
}
