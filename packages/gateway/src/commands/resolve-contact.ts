import { formatPhone } from '@prosa/core/brazil';
import { newId } from '../domain/ids.ts';
import { unnamedContact } from '../domain/unnamed.ts';
import { phoneKey } from '../domain/phone-key.ts';
import { searchColumns } from '../domain/search-text.ts';
import { visibleName } from '../domain/visible-name.ts';
import { contactOf, type ContactRow } from '../store/contacts.ts';
import { openConversationIds } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { touchConversations } from './conversation-draft.ts';
import type { ContactKeys, InboundContact } from './inbound.ts';
import { absorbContact } from './merge-contacts.ts';

/**
 * The contact that wrote, locked; made when it is new. A person is known by phone (both forms of a Brazilian mobile are
 * one), by the address that the channel uses for that phone, or by the channel's user id. When a message brings several
 * and they were two contacts so far, they become one.
 */
export async function resolveContact(unit: Unit, channelId: string, given: InboundContact): Promise<ContactRow> {
  const known = await knownContact(unit, channelId, given);
  return known ?? (await createContact(unit, channelId, given));
}

/** As `resolveContact`, for news that are no reason to know somebody: `null` when nobody is. */
export async function knownContact(unit: Unit, channelId: string, given: InboundContact): Promise<ContactRow | null> {
  const inbound = visible(given);
  const found = await lockContacts(unit, channelId, [inbound]);
  const kept = found.find((row) => row.phone !== null && row.phone === keyOf(inbound)) ?? found[0];
  if (!kept) return null;
  for (const other of found) if (other.id !== kept.id) await absorbContact(unit, kept, other);
  return await refresh(unit, kept, inbound, found.length > 1);
}

/** All contacts that one of these keys is of, locked in the order of their ids. */
export async function lockContacts(
  unit: Unit,
  channelId: string,
  keys: readonly ContactKeys[],
): Promise<readonly ContactRow[]> {
  const phones = keys.map(keyOf).filter((key) => key !== null);
  const addresses = keys.flatMap(({ address, phone }) => [address, phone?.slice(1)]).filter((key) => key != null);
  const userIds = keys.map(({ userId }) => userId).filter((key) => key !== null);
  const query = unit.tx
    .selectFrom('contacts')
    .selectAll()
    .where('channelId', '=', channelId)
    .where((eb) =>
      eb.or([
        ...(phones.length === 0 ? [] : [eb('phone', 'in', phones)]),
        ...(addresses.length === 0 ? [] : [eb('address', 'in', addresses)]),
        ...(userIds.length === 0 ? [] : [eb('userId', 'in', userIds)]),
      ]),
    )
    .orderBy('id');
  return await unit.db.lock(query).execute();
}

/** The phone as it is stored. */
export function keyOf({ phone }: Pick<ContactKeys, 'phone'>): string | null {
  return phone === null ? null : phoneKey(phone);
}

function visible(given: InboundContact): InboundContact {
  return { ...given, name: visibleName(given.name), username: visibleName(given.username) };
}

async function createContact(unit: Unit, channelId: string, given: InboundContact): Promise<ContactRow> {
  const inbound = visible(given);
  const phone = keyOf(inbound);
  const person = {
    name: inbound.name ?? unsaidName({ phone, username: inbound.username }),
    phone,
    username: inbound.username,
    email: inbound.email ?? null,
  };
  const inserted = await unit.tx
    .insertInto('contacts')
    .values({
      ...person,
      ...searchColumns(person),
      id: newId('contact', unit.now),
      workspaceId: unit.workspaceId,
      channelId,
      address: inbound.address,
      userId: inbound.userId,
      verified: 1,
      customerId: null,
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  // Somebody else made it meanwhile: the insert waited for their commit, so it is there now.
  return inserted ?? (await resolveContact(unit, channelId, inbound));
}

/** What somebody is called who has said no name. */
export function unsaidName({ phone, username }: Pick<ContactRow, 'phone' | 'username'>): string {
  return phone === null ? (username ?? unnamedContact) : formatPhone(phone);
}

/** Takes over what the channel says now. */
async function refresh(unit: Unit, row: ContactRow, inbound: InboundContact, merged: boolean): Promise<ContactRow> {
  // The phone that an address was learned for stays what people dial.
  const dialled =
    row.phone !== null && row.address !== null && row.address === (inbound.address ?? inbound.phone?.slice(1));
  return await saveContact(
    unit,
    row,
    {
      name: inbound.name ?? row.name,
      email: inbound.email ?? row.email,
      phone: dialled ? row.phone : (keyOf(inbound) ?? row.phone),
      address: inbound.address ?? row.address,
      userId: inbound.userId ?? row.userId,
      username: inbound.username ?? row.username,
    },
    { merged },
  );
}

const shownColumns = [
  'name',
  'email',
  'phone',
  'address',
  'userId',
  'username',
  'customerId',
  'marketingAllowed',
] as const;

/** Writes a locked contact; tells only when something that is shown has changed, or another one became part of it. */
export async function saveContact(
  unit: Unit,
  row: ContactRow,
  changes: Partial<ContactRow>,
  { merged = false }: { readonly merged?: boolean } = {},
): Promise<ContactRow> {
  const after: ContactRow = { ...row, ...changes };
  if (!merged && Object.entries(changes).every(([column, value]) => row[column as keyof ContactRow] === value)) {
    return row;
  }
  const saved: ContactRow = { ...after, ...searchColumns(after), version: row.version + 1, updatedAt: unit.now };
  const { id, ...columns } = saved;
  await unit.tx.updateTable('contacts').set(columns).where('id', '=', id).execute();
  if (!merged && shownColumns.every((column) => row[column] === after[column])) return saved;
  unit.emit('contact.updated', { contact: contactOf(saved) });
  await touchConversations(unit, await openConversationIds(unit.tx, unit.workspaceId, { contactId: id }));
  return saved;
}
