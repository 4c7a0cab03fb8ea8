import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** Health of channels, limits that several processes share, all errors of a job, reactions that were sent. */
const statements = [
  `ALTER TABLE channels ADD COLUMN status TEXT NOT NULL DEFAULT 'healthy'`,
  `ALTER TABLE channels ADD COLUMN last_error TEXT`,
  `ALTER TABLE channels ADD COLUMN last_error_at BIGINT`,
  `ALTER TABLE channels ADD COLUMN paused_version INTEGER`,
  `ALTER TABLE channels ADD COLUMN probed_at BIGINT`,
  `CREATE TABLE send_limits (
    id TEXT PRIMARY KEY, spent_until BIGINT NOT NULL, blocked_until BIGINT NOT NULL, strikes INTEGER NOT NULL,
    used_at BIGINT NOT NULL)`,
  `CREATE INDEX send_limits_by_use ON send_limits (used_at)`,
  `ALTER TABLE jobs ADD COLUMN errors TEXT`,
  `CREATE INDEX jobs_failed ON jobs (workspace_id, finished_at, id) WHERE state = 'failed'`,
  `ALTER TABLE messages ADD COLUMN reaction_provider_id TEXT`,
  `CREATE INDEX messages_by_reaction ON messages (channel_id, reaction_provider_id)
    WHERE reaction_provider_id IS NOT NULL`,
];

const added = ['dead_letters.view', 'dead_letters.redrive'];

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
