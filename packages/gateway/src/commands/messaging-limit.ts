import type { ChannelRow } from '../channels/channel.ts';
import { whatsAppConfigOf } from '../channels/whatsapp/config.ts';
import { day, minute } from '../clock.ts';
import { numbersOf } from '../store/channels.ts';
import { standingOf } from '../store/standing.ts';
import type { Unit } from '../store/unit.ts';

/** A count holds no longer: meanwhile people write to others, too. */
const holdsMs = minute;

/**
 * Whether the number may write first to one more person: so many in any 24 hours (Meta, "Messaging limits"). Everybody who
 * was sent a template counts, whoever sent it and also within a service window: rather one too few than one too many. All
 * numbers of one business account have the limit together. Who asks is alone with it until the end of the transaction.
 *
 * Counting takes longer the more there are, so half of what is left may go before it is done again.
 * @returns when somebody of them was written to a day ago, epoch milliseconds; `null`: at once
 */
export async function reachFreeAgain(unit: Unit, channel: ChannelRow): Promise<number | null> {
  const { messagingLimit = null } = standingOf(channel);
  if (messagingLimit === null || messagingLimit === 'unlimited') return null;
  const account = accountOf(channel);
  const id = `${unit.workspaceId}:${account ?? channel.id}`;
  const { people, until } = await lockAllowance(unit, id);
  if (people > 0 && until > unit.now && until <= unit.now + holdsMs) {
    await save(unit, id, { people: people - 1, until });
    return null;
  }
  const { count, first } = await countReached(unit, channel, account);
  const left = messagingLimit - count;
  if (left <= 0) return first + day;
  // One of them goes now.
  await save(unit, id, { people: Math.ceil(left / 2) - 1, until: unit.now + holdsMs });
  return null;
}

/** How many people were sent a template in the last day, and when the first of them was for the last time. */
async function countReached(unit: Unit, channel: ChannelRow, account: string | null) {
  const numbers = (await numbersOf(unit.tx, unit.workspaceId).execute()).filter(
    (number) => number.id === channel.id || (account !== null && accountOf(number) === account),
  );
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
  const { count, first } = await unit.tx
    .selectFrom(people.as('people'))
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('people.last').as('first')])
    .executeTakeFirstOrThrow();
  return { count: Number(count), first: Number(first) };
}

function accountOf(channel: ChannelRow): string | null {
  try {
    return whatsAppConfigOf(channel).businessAccountId;
  } catch {
    return null;
  }
}

interface Allowance {
  readonly people: number;
  readonly until: number;
}

async function lockAllowance(unit: Unit, id: string): Promise<Allowance> {
  await unit.tx
    .insertInto('reachAllowances')
    .values({ id, people: 0, until: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const query = unit.tx.selectFrom('reachAllowances').select(['people', 'until']).where('id', '=', id);
  return await unit.db.lock(query).executeTakeFirstOrThrow();
}

async function save(unit: Unit, id: string, allowance: Allowance): Promise<void> {
  await unit.tx.updateTable('reachAllowances').set(allowance).where('id', '=', id).execute();
}
