import { day } from '../../clock.ts';
import type { Database } from '../../store/database.ts';

/** Raw webhooks hold what people wrote: they are kept as long as a question about them can come up, and no longer. */
export const envelopeRetentionMs = 30 * day;

/** Deletes webhooks that were processed long ago. What failed is kept until somebody has looked at it. */
export async function pruneEnvelopes(db: Database, now: number): Promise<void> {
  await db.transaction((tx) =>
    tx
      .deleteFrom('envelopes')
      .where('state', '=', 'processed')
      .where('processedAt', '<', now - envelopeRetentionMs)
      .execute(),
  );
}
