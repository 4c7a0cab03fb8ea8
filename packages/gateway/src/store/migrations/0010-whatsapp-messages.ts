import { sql, type Kysely } from 'kysely';

/** What a WhatsApp message has beside what it says: what it answers, reactions, where it came from, later changes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['reply_to', 'reactions', 'forwarded', 'referral', 'pricing']) {
    await sql`ALTER TABLE messages ADD COLUMN ${sql.ref(column)} TEXT`.execute(db);
  }
  for (const column of ['edited_at', 'revoked_at']) {
    await sql`ALTER TABLE messages ADD COLUMN ${sql.ref(column)} BIGINT`.execute(db);
  }
}
