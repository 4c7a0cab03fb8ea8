import type { ChannelRow } from '../channel.ts';
import type { Unit } from '../../store/unit.ts';
import type { ParsedAccountNews } from './parse/items.ts';

/**
 * What Meta says about a business account, or about one number of it, which `value` then names
 * (`display_phone_number`). The webhook is kept as it came; nothing else is done with it.
 * Called for each channel of that account.
 */
export async function takeAccountNews(_unit: Unit, _channel: ChannelRow, _news: ParsedAccountNews): Promise<void> {
  await Promise.resolve();
}
