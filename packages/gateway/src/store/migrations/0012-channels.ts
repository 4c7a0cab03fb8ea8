import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/**
 * What the provider says about a number, when it was last heard of, and how often what people see of it changed;
 * recordings as the browser made them.
 */
const statements = [
  `ALTER TABLE channels ADD COLUMN standing TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE channels ADD COLUMN last_webhook_at BIGINT`,
  `ALTER TABLE channels ADD COLUMN revision INTEGER NOT NULL DEFAULT 1`,
  `ALTER TABLE attachments ADD COLUMN original_key TEXT`,
];

const added = ['channels.view', 'channels.create', 'channels.edit', 'channels.delete'];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  const tables = db as Kysely<Schema>;
  const profiles = await tables
    .selectFrom('profiles')
    .select(['id', 'permissions'])
    .where('role', '=', 'administrator')
    .execute();
  for (const { id, permissions } of profiles) {
    const all = [...new Set([...(JSON.parse(permissions) as string[]), ...added])];
    await tables
      .updateTable('profiles')
      .set({ permissions: JSON.stringify(all) })
      .where('id', '=', id)
      .execute();
  }
}
