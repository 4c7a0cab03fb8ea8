import { randomUUID } from 'node:crypto';
import { createDatabase } from '@prosa/test-postgres';
import { Client } from 'pg';
import { inject } from 'vitest';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { migrate } from '../store/migrate.ts';

const template = 'gateway_template';
/** Any number, the same in every test process: who makes the template holds it. */
const advisoryLock = 7_028_155_732;

/** Of a database that nobody has. */
export const freshName = () => `gateway_${randomUUID().replaceAll('-', '')}`;

/**
 * A database with every table and nothing in them, not even an epoch: copying one takes a fifth of the time that the
 * migrations take. Made by the first test that asks, for all test processes of a run.
 * @returns the connection string of the copy
 */
export async function copyOfTemplate(): Promise<string> {
  await (made ??= makeTemplate());
  return createDatabase(inject('postgresUrl'), freshName(), template);
}

let made: Promise<void> | undefined;

async function makeTemplate(): Promise<void> {
  const serverUrl = inject('postgresUrl');
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount !== 0) return;
    // Under another name until it is whole.
    const unfinished = freshName();
    const database = await openPostgres({ url: await createDatabase(serverUrl, unfinished) });
    await migrate(database);
    await database.transaction((tx) => tx.deleteFrom('meta').execute());
    await database.close();
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}
