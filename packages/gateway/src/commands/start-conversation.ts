import { normalizePhone } from '@prosa/core/brazil';
import type { BodyOf, Conversation, Routes } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import { minute } from '../clock.ts';
import { nextStatus } from '../domain/lifecycle.ts';
import { phoneForm, phoneKey } from '../domain/phone-key.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { findAgent } from '../store/agents.ts';
import type { ContactRow } from '../store/contacts.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { assignProtocol } from './assign-protocol.ts';
import { beginConversation } from './begin-conversation.ts';
import { beginService } from './begin-service.ts';
import { announce, appendMessage, saveConversation, type ConversationDraft } from './conversation-draft.ts';
import { enterQueue } from './enter-queue.ts';
import { attachFile, requireFile } from './message-files.ts';
import { requireMarketing } from './opt-out.ts';
import { deliver, departure } from './outbound.ts';
import { authoredBy, type Principal } from './principal.ts';
import { requireFree } from './require-free.ts';
import { resolveContact } from './resolve-contact.ts';
import { requireTemplate, templateMessage, type TemplateMessage } from './template-message.ts';

type Start = BodyOf<Routes['conversations']['start']>;

/**
 * Writes first (T5): a conversation that waits for the customer, with the agent who began it. It has no protocol and
 * nobody is waiting in it, until the customer answers.
 */
export async function startConversation(unit: Unit, principal: Principal, start: Start): Promise<Conversation> {
  const template = await requireTemplate(unit, start.template.templateId);
  const message = templateMessage(unit, template, start.template, 'body.template');
  for (const file of message.files) await requireFile(unit, file);
  const channel = await unit.tx
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', template.channelId)
    .executeTakeFirstOrThrow();
  const contact = await contactFor(unit, channel, start.to);
  await requireMarketing(unit, template, contact.id);
  await requireFree(unit, principal, contact.id);
  const { draft, messageId } = await writeFirst(unit, {
    channel,
    contactId: contact.id,
    message,
    attachmentId: start.template.attachmentId ?? null,
    author: authoredBy(principal),
    queueId: template.replyQueueId ?? channel.queueId,
    assigneeId: principal.kind === 'agent' ? principal.agent.id : null,
    awaitingReplyMinutes: start.awaitingReplyMinutes ?? null,
  });
  deliver(unit, draft.row, messageId);
  return await saveConversation(unit, draft);
}

export interface FirstMessage {
  readonly channel: ChannelRow;
  readonly contactId: string;
  readonly message: TemplateMessage;
  /** The file of the message as a whole. */
  readonly attachmentId: string | null;
  readonly author: ReturnType<typeof authoredBy>;
  /** Where the answer waits. */
  readonly queueId: string | null;
  /** Who gets the answer; `null`: whoever takes it from the queue. */
  readonly assigneeId: string | null;
  /** How long it waits for the answer; `null`: as the workspace's settings say. */
  readonly awaitingReplyMinutes: number | null;
}

/** A conversation that begins with a template. It is to be delivered and saved; that it may begin was looked at. */
export async function writeFirst(
  unit: Unit,
  { channel, contactId, message, attachmentId, author, queueId, assigneeId, awaitingReplyMinutes }: FirstMessage,
): Promise<{ readonly draft: ConversationDraft; readonly messageId: string }> {
  const draft = await beginConversation(unit, { channel, contactId, status: 'awaiting_reply', queueId, assigneeId });
  const usual = await workspaceSettings(unit.tx, unit.workspaceId);
  draft.row.replyDeadline = unit.now + (awaitingReplyMinutes ?? usual.awaitingReplyMinutes) * minute;
  const { content, files } = message;
  const { id: messageId } = await appendMessage(unit, draft, {
    ...author,
    direction: 'outbound',
    type: 'template',
    content,
    attachmentId,
    ...departure(unit, draft.row),
  });
  for (const { id } of files) await attachFile(unit, id, draft.row, messageId);
  return { draft, messageId };
}

/** The customer answered (T6): it goes to whoever began it, or waits in its queue. The service gets its protocol. */
export async function takeAnswer(unit: Unit, draft: ConversationDraft): Promise<void> {
  const { row } = draft;
  const agent = row.assigneeId === null ? null : await findAgent(unit.tx, unit.workspaceId, row.assigneeId);
  const attended = agent?.active === true;
  const next = nextStatus('awaiting_reply', attended ? 'reply_to_agent' : 'reply_to_queue');
  row.status = next ?? row.status;
  row.waitingSince = unit.now;
  row.lastActivityAt = unit.now;
  if (!attended) {
    row.assigneeId = null;
    await enterQueue(unit, draft);
    return;
  }
  beginService(unit, draft, agent.id);
  announce(unit, draft, 'conversation.assigned');
  await assignProtocol(unit, draft);
}

async function contactFor(unit: Unit, channel: ChannelRow, to: Start['to']): Promise<ContactRow> {
  if ('phone' in to) {
    const phone = normalizePhone(to.phone);
    if (phone === null) refuseField('body.to.phone', phoneForm);
    return await contactOfPhone(unit, channel, phone, to.name ?? null);
  }
  const known = (await lockContact(unit, to.contactId)) ?? notFound('contact');
  if (known.channelId === channel.id) return known;
  if (known.phone === null) refuseField('body.to.contactId', 'has no phone number that WhatsApp could reach');
  return await contactOfPhone(unit, channel, known.phone, known.name);
}

export async function lockContact(unit: Unit, contactId: string): Promise<ContactRow | undefined> {
  const query = unit.tx
    .selectFrom('contacts')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', contactId);
  return await unit.db.lock(query).executeTakeFirst();
}

/** Whoever is known by that number keeps the name that they have. */
export async function contactOfPhone(
  unit: Unit,
  channel: ChannelRow,
  phone: string,
  name: string | null,
): Promise<ContactRow> {
  const known = await unit.tx
    .selectFrom('contacts')
    .select('id')
    .where('channelId', '=', channel.id)
    .where('phone', '=', phoneKey(phone))
    .executeTakeFirst();
  const person = { address: null, phone, userId: null, username: null, name: known ? null : name };
  return await resolveContact(unit, channel.id, person);
}

function refuseField(path: string, message: string): never {
  refuse('validation_failed', { errors: [{ path, message }] });
}
