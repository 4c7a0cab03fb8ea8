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
  if (!(await isNew(unit, change))) return 'unchanged';
  const applied = await applyToTarget(unit, change);
  if (applied !== null) return applied ? 'applied' : 'unchanged';
  await keepEarlyChange(unit, change);
  return 'kept';
}

/**
 * Of two edits, or two reactions, in one second of Meta's clock the one that came last counts: then the other one must
 * not come back with a webhook that is repeated. What else is done to a message changes nothing the second time.
 */
async function isNew(unit: Unit, { channel, providerId, change }: InboundChange): Promise<boolean> {
  if (change.kind !== 'edit' && change.kind !== 'reaction') return true;
  const taken = await unit.tx
    .insertInto('takenChanges')
    .values({ channelId: channel.id, providerId, takenAt: unit.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('providerId')
    .executeTakeFirst();
  return taken !== undefined;
}
