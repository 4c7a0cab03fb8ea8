import type { Unit } from '../store/unit.ts';
import { applyToTarget } from './apply-change.ts';
import { keepEarlyChange } from './early-changes.ts';
import type { InboundChange } from './inbound.ts';
import { knownContact } from './resolve-contact.ts';

/**
 * What the customer, or the company on its own phone, did to a message: a reaction, an edit, a deletion. It begins no
 * service, is never unread and opens no window: Meta says that a message does, and promises nothing of these. About a
 * message that is not known it is kept, quietly, in case that one comes later.
 */
export async function takeChange(unit: Unit, change: InboundChange): Promise<'applied' | 'unchanged' | 'kept'> {
  const { channel, contact } = change;
  if (contact !== null) await knownContact(unit, channel.id, contact);
  const applied = await applyToTarget(unit, change);
  if (applied !== null) return applied ? 'applied' : 'unchanged';
  await keepEarlyChange(unit, change);
  return 'kept';
}
