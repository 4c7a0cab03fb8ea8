import type { ChannelRow } from '../channels/channel.ts';
import { day } from '../clock.ts';
import { applyStatus } from '../commands/apply-status.ts';
import type { InboundStatus } from '../commands/inbound.ts';
import type { Database } from '../store/database.ts';
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
    const told = JSON.parse(data) as Pick<InboundStatus, 'at' | 'failure' | 'again' | 'pricing'>;
    const known = status as InboundStatus['status'];
    await applyStatus(unit, { channel, providerId, messageId: message.id, status: known, ...told });
  }
}

/**
 * A status and the answer to the send can pass each other by in two transactions: then both are committed, and neither
 * has seen the other. This brings them together, and deletes what is too old to be of use.
 */
export async function settleEarlyStatuses(scope: UnitScope): Promise<void> {
  const { db, clock } = scope;
  // A reaction has an id of its own, beside the one of the message that it is about.
  const met = [...(await metBy(db, 'messages.providerId')), ...(await metBy(db, 'messages.reactionProviderId'))];
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

async function metBy(db: Database, column: 'messages.providerId' | 'messages.reactionProviderId') {
  return await db.read
    .selectFrom('earlyStatuses as early')
    .innerJoin('messages', (join) =>
      join.onRef('messages.channelId', '=', 'early.channelId').onRef(column, '=', 'early.providerId'),
    )
    .innerJoin('channels', 'channels.id', 'early.channelId')
    .selectAll('channels')
    .select(['messages.id as messageId', `${column} as providerId`])
    .distinct()
    .execute();
}
