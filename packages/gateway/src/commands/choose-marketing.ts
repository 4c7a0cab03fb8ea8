import type { Unit } from '../store/unit.ts';
import type { MarketingChoice } from './inbound.ts';
import { noteInConversation } from './note-in-conversation.ts';
import { resolveContact, saveContact } from './resolve-contact.ts';

/**
 * The customer stopped marketing in the app, or takes it again. It is kept also of somebody who has not written yet: it
 * holds for whatever is sent to them later. An older choice does not undo a newer one.
 */
export async function chooseMarketing(
  unit: Unit,
  { channel, contact, allowed, at }: MarketingChoice,
): Promise<'chosen' | 'unchanged'> {
  const row = await resolveContact(unit, channel.id, contact);
  if (row.marketingChangedAt !== null && at < row.marketingChangedAt) return 'unchanged';
  const before = row.marketingAllowed !== 0;
  await saveContact(unit, row, { marketingAllowed: allowed ? 1 : 0, marketingChangedAt: at });
  if (before === allowed) return 'unchanged';
  await noteInConversation(unit, row.id, { name: 'marketing_preference', allowed }, null);
  return 'chosen';
}
