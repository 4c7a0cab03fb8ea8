import { givenName } from '../domain/unnamed.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { Unit } from '../store/unit.ts';
import type { ContactKeys, IdentityChange, NumberChange } from './inbound.ts';
import { absorbContact } from './merge-contacts.ts';
import { noteInConversation } from './note-in-conversation.ts';
import { keyOf, knownContact, lockContacts, saveContact, unsaidName } from './resolve-contact.ts';

/**
 * The same person under another phone or user id: the contact stays, with its conversations and its record. Told again,
 * or of somebody who is not known, it changes nothing.
 */
export async function followNumber(unit: Unit, { channel, previous, next, providerId }: NumberChange): Promise<void> {
  const found = await lockContacts(unit, channel.id, [previous, next]);
  const kept = found.find((row) => isOf(row, previous)) ?? (next.userId === null ? undefined : found[0]);
  if (!kept) return;
  const before = { phone: kept.phone, userId: kept.userId, name: kept.name };
  const others = found.filter((other) => other !== kept);
  for (const other of others) await absorbContact(unit, kept, other);
  const phone = keyOf(next) ?? kept.phone;
  const unnamed = givenName(before.name) === null || before.name === unsaidName({ ...kept, phone: before.phone });
  await saveContact(
    unit,
    kept,
    {
      phone,
      address: next.address ?? kept.address,
      userId: next.userId ?? kept.userId,
      name: unnamed ? (kept.bookName ?? unsaidName({ ...kept, phone })) : before.name,
    },
    { merged: others.length > 0 },
  );
  const moved = before.phone !== phone;
  const renamed = before.userId !== null && next.userId !== null && before.userId !== next.userId;
  if (!moved && !renamed) return;
  // WhatsApp gives a new user id when the number changes, also where it tells neither number.
  const told = moved ? { from: before.phone, to: phone } : { from: null, to: null };
  await noteInConversation(unit, kept.id, { name: 'number_changed', ...told }, providerId);
}

function isOf(row: ContactRow, keys: ContactKeys): boolean {
  const { address, userId } = keys;
  const phone = keyOf(keys);
  return (
    (phone !== null && row.phone === phone) ||
    (address !== null && row.address === address) ||
    (userId !== null && row.userId === userId)
  );
}

/** The agent who attends them is told: whoever has the phone now may be somebody else. */
export async function noteIdentity(unit: Unit, { channel, contact, providerId }: IdentityChange): Promise<void> {
  const known = await knownContact(unit, channel.id, contact);
  if (known) await noteInConversation(unit, known.id, { name: 'identity_changed' }, providerId);
}
