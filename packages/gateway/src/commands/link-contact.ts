import type { Contact } from '@prosa/core/contract';
import { notFound, refuse } from '../domain/problems.ts';
import { contactOf, type ContactRow } from '../store/contacts.ts';
import { openConversationIds } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { touchConversations } from './conversation-draft.ts';
import { getCustomer } from './save-customer.ts';

/** Vincular: ties the identity on the channel to a record. */
export async function linkContact(unit: Unit, contactId: string, customerId: string): Promise<Contact> {
  const row = await lockContact(unit, contactId);
  const customer = await getCustomer(unit, customerId);
  if (row.customerId === customerId) return contactOf(row);
  if (row.customerId !== null) refuse('already_linked', { customerId: row.customerId });
  const contact = await saveLink(unit, row, customerId);
  unit.emit('customer.linked', { contact, customer });
  return contact;
}

export async function unlinkContact(unit: Unit, contactId: string): Promise<Contact> {
  const row = await lockContact(unit, contactId);
  if (row.customerId === null) return contactOf(row);
  const contact = await saveLink(unit, row, null);
  unit.emit('customer.unlinked', { contact });
  return contact;
}

async function lockContact(unit: Unit, contactId: string): Promise<ContactRow> {
  const query = unit.tx
    .selectFrom('contacts')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', contactId);
  return (await unit.db.lock(query).executeTakeFirst()) ?? notFound('contact');
}

async function saveLink(unit: Unit, row: ContactRow, customerId: string | null): Promise<Contact> {
  const saved = { ...row, customerId, updatedAt: unit.now, version: row.version + 1 };
  await unit.tx
    .updateTable('contacts')
    .set({ customerId, updatedAt: saved.updatedAt, version: saved.version })
    .where('id', '=', row.id)
    .execute();
  await touchConversations(unit, await openConversationIds(unit.tx, unit.workspaceId, { contactId: row.id }));
  return contactOf(saved);
}
