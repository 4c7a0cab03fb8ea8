import type { Selectable } from 'kysely';
import { day } from '../clock.ts';
import { blocked, nextPlace, taken, unusedLimit, type SendLimit } from '../domain/send-limit.ts';
import type { Database, Tx } from '../store/database.ts';
import type { SendLimitsTable } from '../store/message-schema.ts';

/** A limit that all processes share, by its row. */
export interface SharedLimit {
  readonly id: string;
  readonly limit: SendLimit;
}

/** The row of what a number, or its account, may send. */
export function numberLimitId(channelId: string): string {
  return `number:${channelId}`;
}

/** The row of what a number may send to one person. */
export function personLimitId(channelId: string, contactId: string): string {
  return `pair:${channelId}:${contactId}`;
}

export interface Place {
  /** When the message may go, epoch milliseconds. */
  readonly at: number;
  /** Whether the place is ours; otherwise it is to be asked for again then. */
  readonly taken: boolean;
}

/**
 * A place within all of the limits. One that comes within `horizonMs` is taken now, so that many who wait do not ask all
 * the time; later ones are not, for who knows what happens until then.
 */
export async function takePlace(
  db: Database,
  tx: Tx,
  limits: readonly SharedLimit[],
  { now, horizonMs }: { readonly now: number; readonly horizonMs: number },
): Promise<Place> {
  const rows = await lockLimits(db, tx, limits, now);
  const at = Math.max(now, ...limits.map(({ id, limit }) => nextPlace(rows.get(id) ?? unusedLimit, limit, now)));
  if (at - now > horizonMs) return { at, taken: false };
  for (const { id, limit } of limits) {
    const { spentUntil } = taken(rows.get(id) ?? unusedLimit, limit, now);
    await tx.updateTable('sendLimits').set({ spentUntil, usedAt: now }).where('id', '=', id).execute();
  }
  return { at, taken: true };
}

/** The provider said that the limit is reached: nobody who shares it sends for a while. */
export async function blockLimit(
  db: Database,
  tx: Tx,
  shared: Pick<SharedLimit, 'id'>,
  afterMs: number | null,
  now: number,
) {
  const rows = await lockLimits(db, tx, [shared], now);
  const { blockedUntil, strikes } = blocked(rows.get(shared.id) ?? unusedLimit, afterMs, now);
  await tx.updateTable('sendLimits').set({ blockedUntil, strikes, usedAt: now }).where('id', '=', shared.id).execute();
}

/** The provider took a message: the next pause is a short one again. */
export async function forgiveLimits(tx: Tx, limits: readonly SharedLimit[]): Promise<void> {
  await tx
    .updateTable('sendLimits')
    .set({ strikes: 0 })
    .where(
      'id',
      'in',
      limits.map(({ id }) => id),
    )
    .where('strikes', '>', 0)
    .execute();
}

/** Limits that nobody took from for a day are full again. */
export async function pruneLimits(db: Database, now: number): Promise<void> {
  await db.transaction((tx) =>
    tx
      .deleteFrom('sendLimits')
      .where('usedAt', '<', now - day)
      .execute(),
  );
}

/** The rows, made when they are new, locked in the order of their ids. */
async function lockLimits(
  db: Database,
  tx: Tx,
  limits: readonly Pick<SharedLimit, 'id'>[],
  now: number,
): Promise<ReadonlyMap<string, Selectable<SendLimitsTable>>> {
  const ids = limits.map(({ id }) => id).sort();
  await tx
    .insertInto('sendLimits')
    .values(ids.map((id) => ({ id, ...unusedLimit, usedAt: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const rows = await db.lock(tx.selectFrom('sendLimits').selectAll().where('id', 'in', ids).orderBy('id')).execute();
  return new Map(rows.map((row) => [row.id, row]));
}
