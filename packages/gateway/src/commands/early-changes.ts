import type { ChannelRow } from '../channels/channel.ts';
import { day } from '../clock.ts';
import { runUnit, type Unit, type UnitScope } from '../store/unit.ts';
import { applyToTarget } from './apply-change.ts';
import type { InboundChange } from './inbound.ts';

/** Meta repeats its webhooks for up to seven days; the message that is missing by then will not come. */
const retentionMs = 8 * day;

/** Keeps what was done to a message that is not known yet. The same news again are no more. */
export async function keepEarlyChange(unit: Unit, { channel, ...change }: InboundChange): Promise<void> {
  const { targetId, providerId } = change;
  await unit.tx
    .insertInto('earlyChanges')
    .values({ channelId: channel.id, targetId, providerId, data: JSON.stringify(change), receivedAt: unit.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Does to a message, which is stored now, what was done to it before it came; in the order in which it was done. */
export async function applyEarlyChanges(unit: Unit, channel: ChannelRow, targetId: string): Promise<void> {
  // Most messages have none: looking is cheaper than deleting nothing.
  const early = unit.tx.selectFrom('earlyChanges').where('channelId', '=', channel.id).where('targetId', '=', targetId);
  const rows = await early.select('data').orderBy('receivedAt').execute();
  if (rows.length === 0) return;
  await unit.tx
    .deleteFrom('earlyChanges')
    .where('channelId', '=', channel.id)
    .where('targetId', '=', targetId)
    .execute();
  const changes = rows.map(({ data }) => JSON.parse(data) as Omit<InboundChange, 'channel'>);
  for (const change of changes.sort((a, b) => a.at - b.at)) await applyToTarget(unit, { ...change, channel });
}

/**
 * A change and its message can pass each other by in two transactions, and a message of ours gets its id only with the
 * answer to the send. This brings together what met since, and deletes what is too old to be of use.
 */
export async function settleEarlyChanges(scope: UnitScope): Promise<void> {
  const { db, clock } = scope;
  const met = await db.read
    .selectFrom('earlyChanges as early')
    .innerJoin('messages', (join) =>
      join.onRef('messages.channelId', '=', 'early.channelId').onRef('messages.providerId', '=', 'early.targetId'),
    )
    .innerJoin('channels', 'channels.id', 'early.channelId')
    .selectAll('channels')
    .select('early.targetId')
    .distinct()
    .execute();
  for (const { targetId, ...channel } of met) {
    await runUnit(scope, channel.workspaceId, (unit) => applyEarlyChanges(unit, channel, targetId));
  }
  const until = clock.now() - retentionMs;
  await db.transaction(async (tx) => {
    await tx.deleteFrom('earlyChanges').where('receivedAt', '<', until).execute();
    await tx.deleteFrom('takenChanges').where('takenAt', '<', until).execute();
  });
}
