import type { Message, MessageSend } from '@prosa/core/contract';
import { isChatOver } from '../domain/lifecycle.ts';
import { isOfWhatsAppOnly, namedFiles, outboundContent, shownFileId } from '../domain/outbound-content.ts';
import { refuse } from '../domain/problems.ts';
import { isWindowOpen } from '../domain/service-window.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { getMessage, messageFromRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { appendMessage, openConversation, saveConversation } from './conversation-draft.ts';
import { tellRead } from './mark-read.ts';
import { attachFile, requireFile } from './message-files.ts';
import { requireMarketing } from './opt-out.ts';
import { deliver, departure } from './outbound.ts';
import { requireSpeaker } from './ownership.ts';
import { authoredBy, ownerId, type Principal } from './principal.ts';
import { quoteFor } from './quote.ts';
import { isSameUse, requireTemplateOf, templateMessage, type TemplateMessage } from './template-message.ts';

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

  const { content, files } = await preparedMessage(unit, draft.row, message);
  for (const file of files) await requireFile(unit, file);
  const replyTo = message.replyTo === undefined ? null : await quoteFor(unit, draft.row, message.replyTo);
  const isAnswer = draft.row.silentSince === null;
  const sent = await appendMessage(unit, draft, {
    ...authoredBy(principal),
    direction: 'outbound',
    type: message.type,
    content,
    attachmentId: shownFileId(message),
    ...departure(unit, draft.row),
    clientId: message.clientId ?? null,
    clientOwner: ownerId(principal),
    replyTo: replyTo && JSON.stringify(replyTo),
  });
  for (const { id } of files) await attachFile(unit, id, draft.row, sent.id);
  if (isAnswer) await tellRead(unit, draft.row, 'on_reply');
  deliver(unit, draft.row, sent.id);
  await saveConversation(unit, draft);
  return await getMessage(unit.tx, unit.workspaceId, conversationId, sent.id);
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
  const quoted = row.replyTo === null ? null : (JSON.parse(row.replyTo) as { readonly messageId: string | null });
  const same =
    row.conversationId === conversationId &&
    row.type === message.type &&
    row.attachmentId === shownFileId(message) &&
    (quoted?.messageId ?? null) === (message.replyTo ?? null) &&
    (message.type === 'template'
      ? isSameUse(row.content, message)
      : row.content === JSON.stringify(outboundContent(message)));
  if (!same) refuse('idempotency_key_reused', { detail: 'This clientId was used for another message.' });
  return await messageFromRow(unit.tx, row);
}

type Sendable = Message['content']['type'] | 'reaction';

/** Whether a message of this type may leave for the customer now, and this caller may send it. */
export async function requireSendable(
  unit: Unit,
  principal: Principal,
  row: ConversationRow,
  type: Sendable,
): Promise<void> {
  if (isChatOver(row.status)) refuse('conversation_closed');
  await requireSpeaker(unit, principal, row);
  requireReachable(unit, row, type);
}

/** As `requireSendable`, whoever sends it. */
export function requireReachable(unit: Unit, row: ConversationRow, type: Sendable): void {
  if (isChatOver(row.status)) refuse('conversation_closed');
  if (row.origin === 'webchat' && type !== 'template' && type !== 'reaction' && isOfWhatsAppOnly(type)) {
    refuse('type_not_supported', { detail: `Messages of type ${type} are for WhatsApp only.` });
  }
  if (type !== 'template' && !isWindowOpen(row.windowExpiresAt, unit.now)) {
    refuse('window_closed', {
      detail: 'More than 24 hours have passed since the customer last wrote: only a message template can be sent.',
    });
  }
}

/** What it says, and the files that go along. */
async function preparedMessage(unit: Unit, row: ConversationRow, message: MessageSend): Promise<TemplateMessage> {
  if (message.type !== 'template') return { content: outboundContent(message), files: namedFiles(message) };
  const template = await requireTemplateOf(unit, row.channelId, message.templateId);
  await requireMarketing(unit, template, row.contactId);
  return templateMessage(unit, template, message, 'body');
}
