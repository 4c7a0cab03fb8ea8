import { phoneOf } from '../channels/whatsapp/identity.ts';
import type { Unit } from '../store/unit.ts';
import type { InboundContact } from './inbound.ts';
import { absorbContact } from './merge-contacts.ts';
import { knownContact, lockContacts, saveContact } from './resolve-contact.ts';

/** What the answer to a send says of whom it went to. */
export interface Learned {
  /** The `wa_id`; it can differ from the number that was dialled (Brazil's ninth digit, Mexico's 1). */
  readonly address: string | null;
  readonly userId: string | null;
}

/**
 * The contact that was written to is whoever the channel says: its address is learned, and when another contact has that
 * one already, the two are the same person.
 */
export async function learnAddress(
  unit: Unit,
  { channelId, contactId }: { readonly channelId: string; readonly contactId: string },
  { address, userId }: Learned,
): Promise<void> {
  const row = await unit.tx
    .selectFrom('contacts')
    .select(['phone', 'address', 'userId'])
    .where('id', '=', contactId)
    .executeTakeFirst();
  if (!row || ((address ?? row.address) === row.address && (userId ?? row.userId) === row.userId)) return;
  const found = await lockContacts(unit, channelId, [row, { address, phone: phoneOf(address), userId }]);
  const kept = found.find(({ id }) => id === contactId);
  // It became part of another one meanwhile, which the next message will tell.
  if (!kept) return;
  const others = found.filter((other) => other !== kept);
  for (const other of others) await absorbContact(unit, kept, other);
  const changes = { address: address ?? kept.address, userId: userId ?? kept.userId };
  await saveContact(unit, kept, changes, { merged: others.length > 0 });
}

/** Phone and user id of somebody, told together by a status: most of the time both are known, and nothing is locked. */
export async function learnPerson(unit: Unit, channelId: string, person: InboundContact): Promise<void> {
  const known = await unit.tx
    .selectFrom('contacts')
    .select('id')
    .where('channelId', '=', channelId)
    .where('userId', '=', person.userId)
    .where('address', '=', person.address)
    .executeTakeFirst();
  if (!known) await knownContact(unit, channelId, person);
}
