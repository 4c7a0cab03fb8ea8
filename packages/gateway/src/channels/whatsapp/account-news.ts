import { changeChannel } from '../../commands/change-channel.ts';
import { displayPhoneNumberOf, numbersOf } from '../../store/channels.ts';
import { standingOf } from '../../store/standing.ts';
import type { Unit } from '../../store/unit.ts';
import type { ChannelRow } from '../channel.ts';
import { whatsAppConfigOf } from './config.ts';
import type { ParsedAccountNews } from './parse/items.ts';
import { numberNamed, standingAfter } from './standing.ts';

/**
 * What Meta says about a business account, or about one number of it, which `value` then names
 * (`display_phone_number`): it becomes part of the number's health. Called for each channel of that account.
 */
export async function takeAccountNews(unit: Unit, channel: ChannelRow, news: ParsedAccountNews): Promise<void> {
  if (!(await isMeant(unit, channel, news))) return;
  await changeChannel(unit, channel.id, (row) => ({ standing: JSON.stringify(standingAfter(standingOf(row), news)) }));
}

/** Who has an account with one number needs no number to be named. */
async function isMeant(unit: Unit, channel: ChannelRow, news: ParsedAccountNews): Promise<boolean> {
  const named = numberNamed(news);
  if (named === null) return true;
  const own = displayPhoneNumberOf(channel)?.replace(/\D/g, '') ?? null;
  if (own !== null) return own === named;
  const account = accountOf(channel);
  const others = await numbersOf(unit.tx, unit.workspaceId).where('id', '<>', channel.id).execute();
  return others.every((other) => accountOf(other) !== account);
}

function accountOf(channel: ChannelRow): string | null {
  try {
    return whatsAppConfigOf(channel).businessAccountId;
  } catch {
    return null;
  }
}
