import { sql, type Kysely } from 'kysely';

/** Lines of dispatches follow their contact when it becomes part of another one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`CREATE INDEX dispatch_recipients_by_contact ON dispatch_recipients (contact_id) WHERE contact_id IS NOT NULL`)
    .execute(db);
}
