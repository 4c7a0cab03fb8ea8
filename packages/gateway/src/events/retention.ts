import { hour } from '../clock.ts';
import type { Database } from '../store/database.ts';

/** Events are kept this long, and never fewer than this many a workspace: a reader that was away can resume. */
export const eventRetention = { ms: 72 * hour, count: 10_000 } as const;

/** Deletes what no reader can ask for any more. */
export async function pruneEvents(db: Database, now: number): Promise<void> {
  const counters = await db.read.selectFrom('counters').selectAll().where('name', '=', 'event').execute();
  for (const { workspaceId, value } of counters) {
    await db.transaction((tx) =>
      tx
        .deleteFrom('events')
        .where('workspaceId', '=', workspaceId)
        .where('seq', '<=', value - eventRetention.count)
        .where('occurredAt', '<', now - eventRetention.ms)
        .execute(),
    );
  }
}
