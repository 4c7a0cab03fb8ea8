import { chatOverStatuses } from '../domain/lifecycle.ts';
import type { VisitorConversation, VisitorMessage, VisitorSend } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import { webchatSettingsOf } from '../channels/webchat/config.ts';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { checkForm, emptyForm, type VisitorForm } from '../domain/visitor-form.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { getVisitorConversation } from '../store/visitor-conversations.ts';
import { findSentByVisitor, getVisitorMessage } from '../store/visitor-messages.ts';
import type { InboundContent } from './inbound.ts';
import type { VisitorPrincipal } from './principal.ts';
import { receiveMessage } from './receive-message.ts';

export interface VisitorOpening {
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly subject?: string | null | undefined;
  readonly pageUrl?: string | null | undefined;
  readonly message: VisitorSend;
}

/** The first message of a conversation; while one is open, a message of that one. */
export async function startVisitorConversation(
  unit: Unit,
  visitor: VisitorPrincipal,
  opening: VisitorOpening,
): Promise<VisitorConversation> {
  const contact = await lockContact(unit, visitor);
  const { message } = opening;
  const repeated = await findRepeated(unit, visitor, message, null);
  if (repeated) return await getVisitorConversation(unit.tx, visitor, repeated.conversationId, unit.now);
  const channel = await channelOf(unit, visitor);
  const begins = !(await hasOpenConversation(unit, visitor));
  const form = begins ? checkForm(webchatSettingsOf(channel).form, contact, opening) : emptyForm;
  const sent = await receive(unit, visitor, channel, contact, message, { form, pageUrl: opening.pageUrl ?? null });
  return await getVisitorConversation(unit.tx, visitor, sent.conversationId, unit.now);
}

/** A message in one of the visitor's conversations. */
export async function sendVisitorMessage(
  unit: Unit,
  visitor: VisitorPrincipal,
  conversationId: string,
  message: VisitorSend,
): Promise<VisitorMessage> {
  const contact = await lockContact(unit, visitor);
  await getVisitorConversation(unit.tx, visitor, conversationId, unit.now);
  const repeated = await findRepeated(unit, visitor, message, conversationId);
  const channel = await channelOf(unit, visitor);
  const { id } =
    repeated ??
    (await receive(unit, visitor, channel, contact, message, { form: emptyForm, pageUrl: null, conversationId }));
  return await getVisitorMessage(unit.tx, visitor, id);
}

async function receive(
  unit: Unit,
  { workspaceId, contactId }: VisitorPrincipal,
  channel: ChannelRow,
  { userId }: ContactRow,
  message: VisitorSend,
  place: { readonly form: VisitorForm; readonly pageUrl: string | null; readonly conversationId?: string },
): Promise<Pick<MessageRow, 'id' | 'conversationId'>> {
  const { form, pageUrl, conversationId } = place;
  if ('attachmentId' in message) await requireUpload(unit, contactId, message);
  const providerId = `visitor:${contactId}:${message.clientId ?? newId('message', unit.now)}`;
  await receiveMessage(
    unit,
    {
      channel,
      contact: { address: null, phone: null, userId, username: null, name: form.name, email: form.email },
      providerId,
      sentAt: unit.now,
      content: contentOf(message),
      opening: { subject: form.subject, pageUrl },
      ...(conversationId !== undefined && { conversationId }),
      ...(message.clientId !== undefined && { clientId: message.clientId }),
    },
    { serviceWindowMs: null },
  );
  return await unit.tx
    .selectFrom('messages')
    .select(['id', 'conversationId'])
    .where('workspaceId', '=', workspaceId)
    .where('channelId', '=', channel.id)
    .where('providerId', '=', providerId)
    .executeTakeFirstOrThrow();
}

/** Everything that a visitor writes happens under this lock, so that two first messages make one conversation. */
async function lockContact(unit: Unit, { workspaceId, contactId }: VisitorPrincipal): Promise<ContactRow> {
  const query = unit.tx
    .selectFrom('contacts')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', contactId);
  // Gone when its conversations have just become somebody else's: the session has ended.
  return (await unit.db.lock(query).executeTakeFirst()) ?? refuse('unauthenticated');
}

async function channelOf(unit: Unit, { workspaceId, channelId }: VisitorPrincipal): Promise<ChannelRow> {
  const channel = await unit.tx
    .selectFrom('channels')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', channelId)
    .executeTakeFirst();
  return channel ?? notFound('webchat');
}

async function hasOpenConversation(unit: Unit, { workspaceId, contactId }: VisitorPrincipal): Promise<boolean> {
  const open = await unit.tx
    .selectFrom('conversations')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .where('status', 'not in', chatOverStatuses)
    .executeTakeFirst();
  return open !== undefined;
}

/** The same `clientId` is the same message, however often it is sent; with another content it is a mistake. */
async function findRepeated(
  unit: Unit,
  visitor: VisitorPrincipal,
  message: VisitorSend,
  conversationId: string | null,
): Promise<MessageRow | null> {
  if (message.clientId === undefined) return null;
  const row = await findSentByVisitor(unit.tx, visitor, message.clientId);
  if (!row) return null;
  const stored = JSON.parse(row.content) as { readonly text?: string; readonly caption?: string | null };
  const same =
    (conversationId === null || row.conversationId === conversationId) &&
    row.type === message.type &&
    row.attachmentId === ('attachmentId' in message ? message.attachmentId : null) &&
    stored.text === ('text' in message ? message.text : undefined) &&
    (stored.caption ?? null) === ('caption' in message ? (message.caption ?? null) : null);
  return same ? row : refuse('idempotency_key_reused', { detail: 'This clientId was used for another message.' });
}

async function requireUpload(
  unit: Unit,
  contactId: string,
  { attachmentId, type }: Extract<VisitorSend, { readonly attachmentId: string }>,
): Promise<void> {
  const query = unit.tx
    .selectFrom('attachments')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('createdBy', '=', contactId)
    .where('id', '=', attachmentId);
  // Locked: it may be about to be deleted, as one that is never sent.
  const attachment = await unit.db.lock(query).executeTakeFirst();
  const problem = (path: string, message: string) => refuse('validation_failed', { errors: [{ path, message }] });
  if (!attachment) return problem('body.attachmentId', 'there is no such attachment');
  if (attachment.messageId !== null) refuse('attachment_in_use');
  if (attachment.status !== 'ready') refuse('attachment_not_ready');
  if (attachment.kind !== type) problem('body.type', `the attachment is of kind ${attachment.kind}`);
}

function contentOf(message: VisitorSend): InboundContent {
  if (message.type === 'text') return { type: 'text', text: message.text };
  const media = { attachmentId: message.attachmentId };
  if (message.type === 'audio') return { type: 'audio', media, voice: false };
  return { type: message.type, media, caption: message.caption ?? null };
}
