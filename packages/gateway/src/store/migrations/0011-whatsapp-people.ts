import { sql, type Kysely } from 'kysely';

/**
 * What is known about people beside their names, conversations from before the gateway was there, and what was done to
 * messages that have not come yet.
 */
const statements = [
  `ALTER TABLE contacts ADD COLUMN book_name TEXT`,
  `ALTER TABLE contacts ADD COLUMN book_changed_at BIGINT`,
  `ALTER TABLE contacts ADD COLUMN marketing_allowed INTEGER`,
  `ALTER TABLE contacts ADD COLUMN marketing_changed_at BIGINT`,
  `CREATE INDEX contacts_by_address ON contacts (channel_id, address) WHERE address IS NOT NULL`,

  `ALTER TABLE conversations ADD COLUMN imported INTEGER NOT NULL DEFAULT 0`,

  `CREATE TABLE early_changes (
    channel_id TEXT NOT NULL REFERENCES channels (id), target_id TEXT NOT NULL, provider_id TEXT NOT NULL,
    data TEXT NOT NULL, received_at BIGINT NOT NULL, PRIMARY KEY (channel_id, target_id, provider_id))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
