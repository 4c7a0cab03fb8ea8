import { visibleName } from '../domain/visible-name.ts';
import type { Unit } from '../store/unit.ts';
import type { AddressBookEntry } from './inbound.ts';
import { knownContact, resolveContact, saveContact, unsaidName } from './resolve-contact.ts';

/**
 * What the company's own phone calls somebody (coexistence). It is shown until the person says their own name, and makes
 * a contact: whoever is in the address book can be written to. Who is taken out of it stays, without that name.
 */
export async function syncAddressBook(
  unit: Unit,
  { channel, address, phone, ...entry }: AddressBookEntry,
): Promise<void> {
  const person = { address, phone, userId: null, username: null, name: null };
  const name = visibleName(entry.name);
  const row = await (name === null ? knownContact : resolveContact)(unit, channel.id, person);
  if (!row || (row.bookChangedAt !== null && entry.at < row.bookChangedAt)) return;
  const nobody = unsaidName(row);
  const ofBook = row.name === nobody || row.name === row.bookName;
  await saveContact(unit, row, {
    bookName: name,
    bookChangedAt: entry.at,
    name: ofBook ? (name ?? nobody) : row.name,
  });
}
