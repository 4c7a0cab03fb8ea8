import { sql, type Kysely } from 'kysely';

/** What Meta says of a template beside its status, and when it was changed while it was approved. */
const statements = [
  `ALTER TABLE message_templates ADD COLUMN quality TEXT`,
  `ALTER TABLE message_templates ADD COLUMN previous_category TEXT`,
  `ALTER TABLE message_templates ADD COLUMN next_category TEXT`,
  `ALTER TABLE message_templates ADD COLUMN edits TEXT NOT NULL DEFAULT '[]'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
