import { day } from '../../clock.ts';
import type { MediaStore } from '../../media/media-store.ts';
import type { Database } from '../../store/database.ts';

/** How long a session is kept after its end. */
const retentionMs = day;
/** A visitor's file waits this long to be sent. */
const unsentMs = day;
const atOnce = 500;

/** Deletes sessions that are over, and with them anonymous visitors who never said anything. */
export async function pruneVisitors(db: Database, now: number): Promise<void> {
  // All of them: they can begin faster than one batch a round would end them.
  while ((await pruneSome(db, now)) === atOnce);
}

async function pruneSome(db: Database, now: number): Promise<number> {
  const over = await db.read
    .selectFrom('visitorSessions')
    .select(['id', 'contactId'])
    .where('expiresAt', '<', now - retentionMs)
    .limit(atOnce)
    .execute();
  if (over.length === 0) return 0;
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
  return over.length;
}

/** Deletes files that visitors uploaded and never sent: anybody can upload, and the disk is not theirs. */
export async function pruneVisitorUploads(
  { db, media }: { readonly db: Database; readonly media: MediaStore },
  now: number,
): Promise<void> {
  for (;;) {
    const unsent = await db.transaction(async (tx) => {
      const old = tx
        .selectFrom('attachments')
        .select('id')
        .where('messageId', 'is', null)
        .where('createdAt', '<', now - unsentMs)
        .where('createdBy', 'like', 'ctt_%')
        .limit(atOnce);
      return await tx
        .deleteFrom('attachments')
        .where('id', 'in', old)
        .returning(['storageKey', 'originalKey'])
        .execute();
    });
    // After the rows: what is gone from the disk must be in no message.
    const keys = unsent.flatMap(({ storageKey, originalKey }) => [storageKey, originalKey]);
    for (const key of keys) if (key !== null) await media.delete(key);
    if (unsent.length < atOnce) return;
  }
}
