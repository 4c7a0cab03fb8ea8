import type { Message, MessageSend } from '@prosa/core/contract';
import { isChatOver } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { isWindowOpen } from '../domain/service-window.ts';
import { findAttachmentRow } from '../store/attachments.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { getMessage, messageFromRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { appendMessage, openConversation, saveConversation, type NewMessage } from './conversation-draft.ts';
import { deliver, departure } from './outbound.ts';
import { requireSpeaker } from './ownership.ts';
import { authoredBy, ownerId, type Principal } from './principal.ts';
import { isSameUse, requireTemplateOf, templateContent } from './template-message.ts';

/** Puts a message of the assignee (or of a server) into the conversation and on its way. */
export async function sendMessage(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  message: MessageSend,
): Promise<Message> {
  const draft = await openConversation(unit, conversationId);
  const repeated = await findRepeated(unit, principal, conversationId, message);
  if (repeated) return repeated;
  await requireSendable(unit, principal, draft.row, message.type);

  const attachmentId = 'attachmentId' in message ? message.attachmentId : null;
  if (attachmentId !== null) await requireAttachment(unit, attachmentId, message.type);
  const sent = await appendMessage(unit, draft, {
    ...authoredBy(principal),
    direction: 'outbound',
    type: message.type,
    content: await contentOf(unit, draft.row, message),
    attachmentId,
    ...departure(unit, draft.row),
    clientId: message.clientId ?? null,
    clientOwner: ownerId(principal),
  });
  if (attachmentId !== null) await attach(unit, attachmentId, draft.row, sent.id);
  deliver(unit, draft.row, sent.id);
  await saveConversation(unit, draft);
  return await getMessage(unit.tx, unit.workspaceId, conversationId, sent.id);
}

/** Sends what failed again: a new message, linked to the old one, which keeps its failure. */
export async function resendMessage(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  const draft = await openConversation(unit, conversationId);
  const failed = await getMessage(unit.tx, unit.workspaceId, conversationId, messageId);
  if (failed.direction !== 'outbound' || failed.status !== 'failed') refuse('message_not_resendable');
  await requireSendable(unit, principal, draft.row, failed.content.type);
  if (failed.content.type === 'template') {
    await requireTemplateOf(unit, draft.row.channelId, failed.content.templateId);
  }
  const row = await unit.tx.selectFrom('messages').selectAll().where('id', '=', messageId).executeTakeFirstOrThrow();
  const sent = await appendMessage(unit, draft, {
    ...authoredBy(principal),
    direction: 'outbound',
    type: row.type,
    content: JSON.parse(row.content) as Record<string, unknown>,
    attachmentId: row.attachmentId,
    ...departure(unit, draft.row),
    resendOf: messageId,
  });
  deliver(unit, draft.row, sent.id);
  await saveConversation(unit, draft);
  return sent;
}

/** The same `clientId` is the same message, however often it is sent; with another content it is a mistake. */
async function findRepeated(unit: Unit, principal: Principal, conversationId: string, message: MessageSend) {
  if (message.clientId === undefined) return null;
  const row = await unit.tx
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('clientOwner', '=', ownerId(principal))
    .where('clientId', '=', message.clientId)
    .executeTakeFirst();
  if (!row) return null;
  const same =
    row.conversationId === conversationId &&
    row.type === message.type &&
    row.attachmentId === ('attachmentId' in message ? message.attachmentId : null) &&
    (message.type === 'template'
      ? isSameUse(row.content, message)
      : row.content === JSON.stringify(plainContentOf(message)));
  if (!same) refuse('idempotency_key_reused', { detail: 'This clientId was used for another message.' });
  return await messageFromRow(unit.tx, row);
}

async function requireSendable(
  unit: Unit,
  principal: Principal,
  row: ConversationRow,
  type: Message['content']['type'],
): Promise<void> {
  if (isChatOver(row.status)) refuse('conversation_closed');
  await requireSpeaker(unit, principal, row);
  if (type !== 'template' && !isWindowOpen(row.windowExpiresAt, unit.now)) {
    refuse('window_closed', {
      detail: 'More than 24 hours have passed since the customer last wrote: only a message template can be sent.',
    });
  }
}

async function requireAttachment(unit: Unit, attachmentId: string, type: string): Promise<void> {
  const attachment = await findAttachmentRow(unit.tx, unit.workspaceId, attachmentId);
  if (!attachment) {
    refuse('validation_failed', { errors: [{ path: 'body.attachmentId', message: 'there is no such attachment' }] });
  }
  if (attachment.messageId !== null) refuse('attachment_in_use');
  if (attachment.status !== 'ready') refuse('attachment_not_ready');
  if (attachment.kind !== type) {
    refuse('validation_failed', {
      errors: [{ path: 'body.type', message: `the attachment is of kind ${attachment.kind}` }],
    });
  }
}

async function attach(unit: Unit, attachmentId: string, row: ConversationRow, messageId: string): Promise<void> {
  await unit.tx
    .updateTable('attachments')
    .set({ channelId: row.channelId, conversationId: row.id, messageId })
    .where('id', '=', attachmentId)
    .execute();
}

async function contentOf(unit: Unit, row: ConversationRow, message: MessageSend): Promise<NewMessage['content']> {
  if (message.type !== 'template') return plainContentOf(message);
  const template = await requireTemplateOf(unit, row.channelId, message.templateId);
  return templateContent(template, message, 'body.variables');
}

function plainContentOf(message: Exclude<MessageSend, { readonly type: 'template' }>): NewMessage['content'] {
  switch (message.type) {
    case 'text':
      return { text: message.text };
    case 'audio':
      return { voice: message.voice ?? false };
    case 'image':
    case 'video':
    case 'document':
      return { caption: message.caption ?? null };
    default:
      return refuse('type_not_supported');
  }
}
