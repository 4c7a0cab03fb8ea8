import { sql, type Kysely } from 'kysely';

/** To find what was uploaded and never sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX attachments_unsent ON attachments (created_at) WHERE message_id IS NULL`.execute(db);
}
