import { sql } from 'kysely';
import type { Database } from '../../store/database.ts';

const needed = ['fsync', 'full_page_writes', 'synchronous_commit'];

/**
 * Settings with which PostgreSQL forgets, when its machine loses power, what it said is committed.
 * https://www.postgresql.org/docs/current/runtime-config-wal.html
 */
export async function unsafeSettings(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from pg_settings where name in (${sql.join(needed)}) and setting = 'off' order by name
  `.execute(database.read);
  return rows.map(({ name }) => name);
}
