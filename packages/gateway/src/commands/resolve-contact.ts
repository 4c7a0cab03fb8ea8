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
import type { InboundContact } from './inbound.ts';

/**
 * The contact that wrote, locked; made when it is new. A person is known by phone (both forms of a Brazilian mobile are
 * one) or by the channel's user id. When a message brings both and they were two contacts so far, they become one.
 */
export async function resolveContact(unit: Unit, channelId: string, given: InboundContact): Promise<ContactRow> {
  const inbound = { ...given, name: visibleName(given.name), username: visibleName(given.username) };
  const phone = inbound.phone === null ? null : phoneKey(inbound.phone);
  const found = await lockMatches(unit, channelId, phone, inbound.userId);
  const kept = found.find((row) => row.phone === phone && phone !== null) ?? found[0];
  if (!kept) return await createContact(unit, channelId, phone, inbound);
  for (const other of found) if (other.id !== kept.id) await absorbContact(unit, kept, other);
  return await refresh(unit, kept, phone, inbound);
}

async function lockMatches(unit: Unit, channelId: string, phone: string | null, userId: string | null) {
  const query = unit.tx
    .selectFrom('contacts')
    .selectAll()
    .where('channelId', '=', channelId)
    .where((eb) =>
      eb.or([
        ...(phone === null ? [] : [eb('phone', '=', phone)]),
        ...(userId === null ? [] : [eb('userId', '=', userId)]),
      ]),
    )
    .orderBy('id');
  return await unit.db.lock(query).execute();
}

async function createContact(
  unit: Unit,
  channelId: string,
  phone: string | null,
  inbound: InboundContact,
): Promise<ContactRow> {
  const person = {
    name: nameOf(inbound, phone),
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

function nameOf(inbound: InboundContact, phone: string | null): string {
  return inbound.name ?? (phone === null ? (inbound.username ?? unnamedContact) : formatPhone(phone));
}

/** Moves everything of `other` to `kept`. */
export async function absorbContact(unit: Unit, kept: ContactRow, other: ContactRow): Promise<void> {
  await unit.tx.updateTable('conversations').set({ contactId: kept.id }).where('contactId', '=', other.id).execute();
  await unit.tx.updateTable('surveyResponses').set({ contactId: kept.id }).where('contactId', '=', other.id).execute();
  await unit.tx.updateTable('visitorSessions').set({ contactId: kept.id }).where('contactId', '=', other.id).execute();
  await unit.tx.updateTable('attachments').set({ createdBy: kept.id }).where('createdBy', '=', other.id).execute();
  await unit.tx.deleteFrom('contacts').where('id', '=', other.id).execute();
  kept.customerId ??= other.customerId;
  kept.userId ??= other.userId;
}

/** Takes over what the channel says now; tells only when something that is shown has changed. */
async function refresh(
  unit: Unit,
  row: ContactRow,
  phone: string | null,
  inbound: InboundContact,
): Promise<ContactRow> {
  const before = await unit.tx.selectFrom('contacts').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
  const after: ContactRow = {
    ...row,
    name: inbound.name ?? row.name,
    email: inbound.email ?? row.email,
    phone: phone ?? row.phone,
    address: inbound.address ?? row.address,
    userId: inbound.userId ?? row.userId,
    username: inbound.username ?? row.username,
  };
  const changed = (['name', 'email', 'phone', 'address', 'userId', 'username', 'customerId'] as const).some(
    (column) => before[column] !== after[column],
  );
  if (!changed) return row;
  const saved: ContactRow = { ...after, ...searchColumns(after), version: row.version + 1, updatedAt: unit.now };
  const { id, ...columns } = saved;
  await unit.tx.updateTable('contacts').set(columns).where('id', '=', id).execute();
  unit.emit('contact.updated', { contact: contactOf(saved) });
  const open = await openConversationIds(unit.tx, unit.workspaceId, { contactId: id });
  await touchConversations(unit, open);
  return saved;
}
