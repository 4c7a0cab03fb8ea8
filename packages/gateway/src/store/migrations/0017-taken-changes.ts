import { sql, type Kysely } from 'kysely';

/** Edits and reactions that were done already: Meta counts in seconds, so two of one second have no order of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `CREATE TABLE taken_changes (
    channel_id TEXT NOT NULL, provider_id TEXT NOT NULL, taken_at BIGINT NOT NULL,
    PRIMARY KEY (channel_id, provider_id))`,
  `CREATE INDEX taken_changes_by_time ON taken_changes (taken_at)`,
];
