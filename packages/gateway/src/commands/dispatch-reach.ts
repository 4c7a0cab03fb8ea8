import type { CustomerDocument, TemplateUse } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import type { DispatchProblem } from '../domain/dispatch-problems.ts';
import { Refusal } from '../domain/problems.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { RecipientRow } from '../store/dispatch-recipients.ts';
import type { DispatchRow } from '../store/dispatches.ts';
import type { TemplateRow } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';
import { lockOpenConversation } from './begin-conversation.ts';
import { saveConversation } from './conversation-draft.ts';
import { useFor } from './dispatch-lines.ts';
import { withOwnFiles } from './dispatch-files.ts';
import { linkContact } from './link-contact.ts';
import { requireMarketing } from './opt-out.ts';
import { deliver } from './outbound.ts';
import { customerWithDocument } from './save-customer.ts';
import { contactOfPhone, lockContact, writeFirst } from './start-conversation.ts';
import { templateMessage } from './template-message.ts';

export interface ReachPlace {
  readonly dispatch: DispatchRow;
  readonly channel: ChannelRow;
  readonly template: TemplateRow;
}

/** What became of a line; with a conversation, the message is on its way. */
export type Reached =
  | {
      readonly state: 'written';
      readonly contactId: string;
      readonly conversationId: string;
      readonly messageId: string;
    }
  | { readonly state: 'skipped' | 'failed'; readonly contactId: string | null; readonly problem: DispatchProblem };

/** Writes to one person of a dispatch, as somebody would who starts a conversation with a template. */
export async function reach(unit: Unit, place: ReachPlace, recipient: RecipientRow): Promise<Reached> {
  const { dispatch, channel, template } = place;
  const contact = await contactOf(unit, channel, recipient);
  if (contact === null) return { state: 'failed', contactId: null, problem: 'no_address' };
  const contactId = contact.id;
  if (await isOptedOut(unit, template, contactId)) return { state: 'skipped', contactId, problem: 'contact_opted_out' };
  if (await lockOpenConversation(unit, contactId)) {
    return { state: 'skipped', contactId, problem: 'contact_in_conversation' };
  }
  const shared = JSON.parse(dispatch.template) as TemplateUse;
  const line = useFor(shared, JSON.parse(recipient.variables) as Readonly<Record<string, string>>);
  if (!fits(unit, template, line)) return { state: 'failed', contactId, problem: 'template_changed' };

  await tieToCustomer(unit, contact, recipient);
  const use = await withOwnFiles(unit, line);
  const { draft, messageId } = await writeFirst(unit, {
    channel,
    contactId,
    message: templateMessage(unit, template, use, 'template'),
    attachmentId: use.attachmentId ?? null,
    author: {
      authorKind: dispatch.creatorKind === 'agent' ? 'agent' : 'api',
      authorId: dispatch.creatorId,
      authorName: dispatch.creatorName,
    },
    queueId: template.replyQueueId ?? dispatch.replyQueueId ?? channel.queueId,
    // Answers to many are for the queue, not for whoever began it.
    assigneeId: null,
    awaitingReplyMinutes: dispatch.awaitingReplyMinutes,
  });
  deliver(unit, draft.row, messageId, { dispatchId: dispatch.id });
  const { id: conversationId } = await saveConversation(unit, draft);
  return { state: 'written', contactId, conversationId, messageId };
}

/** The contact may have become part of another one since the list was made; then the phone says who it is. */
async function contactOf(
  unit: Unit,
  channel: ChannelRow,
  { contactId, phone, name }: RecipientRow,
): Promise<ContactRow | null> {
  const known = contactId === null ? null : await lockContact(unit, contactId);
  if (known) return known;
  return phone === null ? null : await contactOfPhone(unit, channel, phone, name);
}

async function isOptedOut(unit: Unit, template: TemplateRow, contactId: string): Promise<boolean> {
  try {
    await requireMarketing(unit, template, contactId);
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'contact_opted_out') return true;
    throw error;
  }
}

/** The template may have got other variables since the list was looked at. */
function fits(unit: Unit, template: TemplateRow, use: TemplateUse): boolean {
  try {
    templateMessage(unit, template, use, 'template');
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'validation_failed') return false;
    throw error;
  }
}

/** Whoever belongs to a customer already stays with them. */
async function tieToCustomer(unit: Unit, contact: ContactRow, { name, document }: RecipientRow): Promise<void> {
  if (document === null || contact.customerId !== null) return;
  const customer = await customerWithDocument(unit, {
    name: name ?? contact.name,
    phone: contact.phone,
    document: JSON.parse(document) as CustomerDocument,
  });
  await linkContact(unit, contact.id, customer.id);
}
