import type { ChannelRow } from '../channels/channel.ts';
import { whatsAppConfigOf } from '../channels/whatsapp/config.ts';
import { day } from '../clock.ts';
import { unusedLimit } from '../domain/send-limit.ts';
import { numbersOf, standingOf } from '../store/channels.ts';
import type { Unit } from '../store/unit.ts';

/**
 * Whether the number may write first to one more person: so many in any 24 hours (Meta, "Messaging limits"). Everybody who
 * was sent a template counts, whoever sent it and also within a service window: rather one too few than one too many. All
 * numbers of one business account have the limit together. Who asks is alone with it until the end of the transaction.
 * @returns when somebody of them was written to a day ago, epoch milliseconds; `null`: at once
 */
export async function reachFreeAgain(unit: Unit, channel: ChannelRow): Promise<number | null> {
  const { messagingLimit = null } = standingOf(channel);
  if (messagingLimit === null || messagingLimit === 'unlimited') return null;
  const account = accountOf(channel);
  const numbers = (await numbersOf(unit.tx, unit.workspaceId).execute()).filter(
    (number) => number.id === channel.id || (account !== null && accountOf(number) === account),
  );
  await lockReach(unit, `reach:${unit.workspaceId}:${account ?? channel.id}`);
  const people = unit.tx
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversationId')
    .select((eb) => eb.fn.max('messages.createdAt').as('last'))
    .where(
      'messages.channelId',
      'in',
      numbers.map(({ id }) => id),
    )
    .where('messages.type', '=', 'template')
    .where('messages.direction', '=', 'outbound')
    .where('messages.createdAt', '>', unit.now - day)
    .where('messages.status', '<>', 'failed')
    .groupBy('conversations.contactId');
  const reached = await unit.tx
    .selectFrom(people.as('people'))
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('people.last').as('first')])
    .executeTakeFirstOrThrow();
  return Number(reached.count) < messagingLimit ? null : Number(reached.first) + day;
}

function accountOf(channel: ChannelRow): string | null {
  try {
    return whatsAppConfigOf(channel).businessAccountId;
  } catch {
    return null;
  }
}

async function lockReach(unit: Unit, id: string): Promise<void> {
  await unit.tx
    .insertInto('sendLimits')
    .values({ id, ...unusedLimit, usedAt: unit.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await unit.db.lock(unit.tx.selectFrom('sendLimits').select('id').where('id', '=', id)).execute();
}
