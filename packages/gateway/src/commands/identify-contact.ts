import {
  identificationInvalid,
  identificationQuestion,
  typedDocument,
  type TypedDocument,
} from '../domain/identification.ts';
import { isWaiting } from '../domain/lifecycle.ts';
import { contactOf, type ContactRow } from '../store/contacts.ts';
import { openConversationIds } from '../store/conversations.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { sayIfReachable } from './automatic-message.ts';
import { announce, touchConversations, type ConversationDraft } from './conversation-draft.ts';
import type { InboundContent } from './inbound.ts';
import { customerWithDocument } from './save-customer.ts';

/** Asks a customer who waits for CPF or CNPJ (C-06), once for a service, and not whom the team knows already. */
export async function askIdentification(unit: Unit, draft: ConversationDraft): Promise<void> {
  const { row } = draft;
  if (!isWaiting(row.status) || row.identification !== null || row.answeredAt !== null) return;
  const { identification } = await workspaceSettings(unit.tx, unit.workspaceId);
  if (identification !== 'ask') return;
  const { customerId } = await unit.tx
    .selectFrom('contacts')
    .select('customerId')
    .where('id', '=', row.contactId)
    .executeTakeFirstOrThrow();
  if (customerId !== null) return;
  row.identification = 'asked';
  await sayIfReachable(unit, draft, identificationQuestion);
}

/** Looks whether what a waiting customer wrote answers the question. It is in the conversation like any other message. */
export async function takeIdentification(
  unit: Unit,
  draft: ConversationDraft,
  contact: ContactRow,
  content: InboundContent,
): Promise<void> {
  const { row } = draft;
  const asked = row.identification === 'asked' || row.identification === 'told';
  if (!asked || contact.customerId !== null || content.type !== 'text') return;
  const typed = typedDocument(content.text);
  if (typed === null) return;
  if (typed === 'skip') {
    row.identification = 'skipped';
  } else if (typed !== 'invalid') {
    row.identification = 'identified';
    await identify(unit, draft, contact, typed);
  } else if (row.identification === 'asked') {
    row.identification = 'told';
    await sayIfReachable(unit, draft, identificationInvalid);
  }
}

/** Ties the contact, which is locked, to the record with that document; without one a record is made. */
async function identify(
  unit: Unit,
  draft: ConversationDraft,
  contact: ContactRow,
  document: TypedDocument,
): Promise<void> {
  const { name, phone } = contact;
  const customer = await customerWithDocument(unit, { name, phone, document });
  const linked = { ...contact, customerId: customer.id, updatedAt: unit.now, version: contact.version + 1 };
  const { customerId, updatedAt, version } = linked;
  await unit.tx.updateTable('contacts').set({ customerId, updatedAt, version }).where('id', '=', contact.id).execute();
  unit.emit('customer.linked', { contact: contactOf(linked), customer });
  announce(unit, draft, 'conversation.updated');
  const open = await openConversationIds(unit.tx, unit.workspaceId, { contactId: contact.id });
  await touchConversations(
    unit,
    open.filter((id) => id !== draft.row.id),
  );
}
