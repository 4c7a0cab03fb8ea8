import { hasBot } from '../channels/bot.ts';
import { newId } from '../domain/ids.ts';
import { ownFileName } from '../domain/own-file-name.ts';
import { isChatOver, isOver, isWaiting } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { windowAfterInbound } from '../domain/service-window.ts';
import type { ContactRow } from '../store/contacts.ts';
import { visibleFileName } from '../media/disposition.ts';
import { lockConversation, type ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { beginConversation, lockOpenConversation } from './begin-conversation.ts';
import {
  appendMessage,
  draftOf,
  saveConversation,
  type ConversationDraft,
  type NewMessage,
} from './conversation-draft.ts';
import { enterQueue } from './enter-queue.ts';
import type { InboundContent, InboundMedia, InboundMessage, UploadedMedia } from './inbound.ts';
import { resumeForCustomer } from './park-conversation.ts';
import { takeIdentification } from './identify-contact.ts';
import { lockReopenable, reopen } from './reopen-conversation.ts';
import { resolveContact } from './resolve-contact.ts';
import { takeAnswer } from './start-conversation.ts';
import { takeSurveyReply } from './take-survey-reply.ts';

export interface ReceiveOptions {
  /** How long a message of the customer keeps the service window open; `null`: the channel has none. */
  readonly serviceWindowMs: number | null;
}

/**
 * A message from a customer: into the open conversation of the contact, or into a new one that waits in the channel's
 * queue with its protocol, or is the automation's. Receiving the same message again changes nothing.
 */
export async function receiveMessage(
  unit: Unit,
  inbound: InboundMessage,
  { serviceWindowMs }: ReceiveOptions,
): Promise<'received' | 'duplicate'> {
  const { channel, providerId } = inbound;
  const contact = await resolveContact(unit, channel.id, inbound.contact);
  // Looked up under the contact's lock; the unique index has the last word when two contacts send the same id.
  const known = await unit.tx
    .selectFrom('messages')
    .select('id')
    .where('channelId', '=', channel.id)
    .where('providerId', '=', providerId)
    .executeTakeFirst();
  if (known) return 'duplicate';
  if (await takeSurveyReply(unit, contact, inbound, { serviceWindowMs })) return 'received';

  const { clientId } = inbound;
  const draft = await placeOf(unit, contact, inbound);
  const { row } = draft;
  row.unreadCount += 1;
  row.windowExpiresAt = windowAfterInbound(row.windowExpiresAt, inbound.sentAt, serviceWindowMs);
  await appendMessage(unit, draft, {
    ...(await storeContent(unit, draft, inbound.content)),
    direction: 'inbound',
    authorKind: 'customer',
    authorId: contact.id,
    authorName: contact.name,
    providerId,
    ...(clientId !== undefined && { clientId, clientOwner: contact.id }),
    // A clock ahead of ours must not put the message into the future.
    createdAt: Math.min(inbound.sentAt, unit.now),
  });
  await react(unit, draft, contact, inbound.content);
  await saveConversation(unit, draft);
  return 'received';
}

/** The open conversation of the contact, the last one when it may be reopened, or a new one. */
async function placeOf(
  unit: Unit,
  contact: ContactRow,
  { channel, conversationId, opening, sentAt }: InboundMessage,
): Promise<ConversationDraft> {
  if (conversationId !== undefined) return draftOf(await lockNamedConversation(unit, conversationId));
  const at = Math.min(sentAt, unit.now);
  const row =
    (await lockOpenConversation(unit, contact.id)) ??
    (await lockReopenable(unit, { contactId: contact.id, channelId: channel.id, at }));
  if (row) return draftOf(row);
  return await beginConversation(unit, {
    channel,
    contactId: contact.id,
    status: hasBot(channel) ? 'bot' : 'queued',
    queueId: channel.queueId,
    ...opening,
  });
}

/** What a message of the customer, which is in the draft, does to the conversation. */
async function react(
  unit: Unit,
  draft: ConversationDraft,
  contact: ContactRow,
  content: InboundContent,
): Promise<void> {
  const { status, version } = draft.row;
  if (isOver(status)) await reopen(unit, draft, null);
  else if (status === 'awaiting_reply') await takeAnswer(unit, draft);
  else if (status === 'pending') await resumeForCustomer(unit, draft);
  // It has just begun.
  else if (status === 'queued' && version === 0) await enterQueue(unit, draft);
  else if (isWaiting(status)) await takeIdentification(unit, draft, contact, content);
}

async function lockNamedConversation(unit: Unit, conversationId: string): Promise<ConversationRow> {
  const row = await lockConversation(unit.db, unit.tx, unit.workspaceId, conversationId);
  return isChatOver(row.status) ? refuse('conversation_closed') : row;
}

async function storeContent(
  unit: Unit,
  draft: ConversationDraft,
  content: InboundContent,
): Promise<Pick<NewMessage, 'id' | 'type' | 'content' | 'attachmentId'>> {
  const { type } = content;
  switch (content.type) {
    case 'text':
      return { type, content: { text: content.text } };
    case 'reply':
      return { type, content: { text: content.text, replyId: content.replyId } };
    case 'unsupported':
      return { type, content: { originalType: content.originalType, raw: content.raw } };
    case 'audio':
      return { type, content: { voice: content.voice }, ...(await placeMedia(unit, draft, content.media)) };
    case 'sticker':
      return { type, content: {}, ...(await placeMedia(unit, draft, content.media)) };
    default:
      return { type, content: { caption: content.caption }, ...(await placeMedia(unit, draft, content.media)) };
  }
}

/** A file of a channel is fetched after the commit; until then the message shows it as on its way. */
async function placeMedia(unit: Unit, draft: ConversationDraft, media: InboundMedia | UploadedMedia) {
  const id = newId('message', unit.now);
  if ('attachmentId' in media) {
    const place = { channelId: draft.row.channelId, conversationId: draft.row.id, messageId: id };
    await unit.tx.updateTable('attachments').set(place).where('id', '=', media.attachmentId).execute();
    return { id, attachmentId: media.attachmentId };
  }
  const attachmentId = newId('attachment', unit.now);
  await unit.tx
    .insertInto('attachments')
    .values({
      id: attachmentId,
      workspaceId: unit.workspaceId,
      channelId: draft.row.channelId,
      conversationId: draft.row.id,
      messageId: id,
      kind: media.kind,
      fileName: media.fileName === null ? ownFileName(media) : visibleFileName(media.fileName),
      mimeType: media.mimeType,
      size: null,
      sha256: media.sha256,
      storageKey: null,
      status: 'pending',
      providerMediaId: media.providerMediaId,
      providerMediaExpiresAt: null,
      createdBy: null,
      createdAt: unit.now,
      version: 1,
    })
    .execute();
  unit.enqueue({ kind: 'fetch_media', channelId: draft.row.channelId, subjectId: attachmentId, orderKey: null });
  return { id, attachmentId };
}
