import type { ChannelRow } from '../channels/channel.ts';
import { day } from '../clock.ts';
import { applyStatus } from '../commands/apply-status.ts';
import type { InboundStatus } from '../commands/inbound.ts';
import { runUnit, type Unit, type UnitScope } from '../store/unit.ts';

/** Meta repeats its webhooks for up to seven days; what nobody has asked for by then was not ours. */
const retentionMs = 8 * day;

/** Does what statuses said that came before anybody knew which message they were about. */
export async function applyEarlyStatuses(
  unit: Unit,
  channel: ChannelRow,
  message: { readonly id: string; readonly providerId: string },
): Promise<void> {
  const early = await unit.tx
    .deleteFrom('earlyStatuses')
    .where('channelId', '=', channel.id)
    .where('providerId', '=', message.providerId)
    .returningAll()
    .execute();
  for (const { providerId, status, data } of early) {
    const { at, failure } = JSON.parse(data) as Pick<InboundStatus, 'at' | 'failure'>;
    const known = status as InboundStatus['status'];
    await applyStatus(unit, { channel, providerId, messageId: message.id, status: known, at, failure });
  }
}

/**
 * A status and the answer to the send can pass each other by in two transactions: then both are committed, and neither
 * has seen the other. This brings them together, and deletes what is too old to be of use.
 */
export async function settleEarlyStatuses(scope: UnitScope): Promise<void> {
  const { db, clock } = scope;
  const met = await db.read
    .selectFrom('earlyStatuses as early')
    .innerJoin('messages', (join) =>
      join.onRef('messages.channelId', '=', 'early.channelId').onRef('messages.providerId', '=', 'early.providerId'),
    )
    .innerJoin('channels', 'channels.id', 'early.channelId')
    .selectAll('channels')
    .select(['messages.id as messageId', 'messages.providerId as providerId'])
    .distinct()
    .execute();
  for (const { messageId, providerId, ...channel } of met) {
    if (providerId === null) continue;
    await runUnit(scope, channel.workspaceId, (unit) =>
      applyEarlyStatuses(unit, channel, { id: messageId, providerId }),
    );
  }
  await db.transaction((tx) =>
    tx
      .deleteFrom('earlyStatuses')
      .where('receivedAt', '<', clock.now() - retentionMs)
      .execute(),
  );
}
