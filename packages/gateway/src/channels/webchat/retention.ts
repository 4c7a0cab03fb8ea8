import { day } from '../../clock.ts';
import type { Database } from '../../store/database.ts';

/** How long a session is kept after its end. */
const retentionMs = day;
const atOnce = 500;

/** Deletes sessions that are over, and with them anonymous visitors who never said anything. */
export async function pruneVisitors(db: Database, now: number): Promise<void> {
  const over = await db.read
    .selectFrom('visitorSessions')
    .select(['id', 'contactId'])
    .where('expiresAt', '<', now - retentionMs)
    .limit(atOnce)
    .execute();
  if (over.length === 0) return;
  const sessionIds = over.map(({ id }) => id);
  const contactIds = [...new Set(over.map(({ contactId }) => contactId))];
  await db.transaction(async (tx) => {
    // First the people, as everywhere: a session of theirs that begins now waits, or is seen below.
    await db.lock(tx.selectFrom('contacts').select('id').where('id', 'in', contactIds).orderBy('id')).execute();
    await tx.deleteFrom('visitorSessions').where('id', 'in', sessionIds).execute();
    await tx
      .deleteFrom('contacts')
      .where('id', 'in', contactIds)
      .where('verified', '=', 0)
      .where((eb) =>
        eb.not(
          eb.or([
            eb.exists(eb.selectFrom('conversations as c').select('c.id').whereRef('c.contactId', '=', 'contacts.id')),
            eb.exists(eb.selectFrom('visitorSessions as s').select('s.id').whereRef('s.contactId', '=', 'contacts.id')),
          ]),
        ),
      )
      .execute();
  });
}
