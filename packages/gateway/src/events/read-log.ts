import type { Selectable } from 'kysely';
import type { Reader } from '../store/database.ts';
import type { EventsTable } from '../store/schema.ts';

export type EventRow = Selectable<EventsTable>;

export async function readEvents(db: Reader, workspaceId: string, after: number, limit: number): Promise<EventRow[]> {
  return await db
    .selectFrom('events')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** The number of the newest event; 0 before the first. */
export async function newestSeq(db: Reader, workspaceId: string): Promise<number> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('workspaceId', '=', workspaceId)
    .where('name', '=', 'event')
    .executeTakeFirst();
  return row?.value ?? 0;
}

/** Whether everything after `seq` is still in the log. */
export async function canResume(db: Reader, workspaceId: string, seq: number): Promise<boolean> {
  const newest = await newestSeq(db, workspaceId);
  if (seq > newest) return false;
  if (seq === newest) return true;
  const [next] = await readEvents(db, workspaceId, seq, 1);
  return next?.seq === seq + 1;
}
