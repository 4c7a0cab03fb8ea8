import { newId } from '../domain/ids.ts';
import { refuse } from '../domain/problems.ts';
import { windowAfterInbound } from '../domain/service-window.ts';
import { visibleFileName } from '../media/disposition.ts';
import { lockConversation, type ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { beginConversation, enterQueue, lockOpenConversation } from './begin-conversation.ts';
import {
  appendMessage,
  draftOf,
  saveConversation,
  type ConversationDraft,
  type NewMessage,
} from './conversation-draft.ts';
import type { InboundContent, InboundMedia, InboundMessage, UploadedMedia } from './inbound.ts';
import { resolveContact } from './resolve-contact.ts';
import { takeAnswer } from './start-conversation.ts';
import { takeSurveyReply } from './take-survey-reply.ts';

export interface ReceiveOptions {
  /** How long a message of the customer keeps the service window open; `null`: the channel has none. */
  readonly serviceWindowMs: number | null;
}

/**
 * A message from a customer: into the open conversation of the contact, or into a new one that waits in the channel's
 * queue with its protocol. Receiving the same message again changes nothing.
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

  const { conversationId, clientId } = inbound;
  const open =
    conversationId === undefined
      ? await lockOpenConversation(unit, contact.id)
      : await lockNamedConversation(unit, conversationId);
  const draft = open
    ? draftOf(open)
    : await beginConversation(unit, {
        channel,
        contactId: contact.id,
        status: 'queued',
        queueId: channel.queueId,
        ...inbound.opening,
      });
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
  if (!open) await enterQueue(unit, draft);
  else if (row.status === 'awaiting_reply') await takeAnswer(unit, draft);
  await saveConversation(unit, draft);
  return 'received';
}

async function lockNamedConversation(unit: Unit, conversationId: string): Promise<ConversationRow> {
  const row = await lockConversation(unit.db, unit.tx, unit.workspaceId, conversationId);
  return row.status === 'closed' || row.status === 'wrap_up' ? refuse('conversation_closed') : row;
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
      fileName: media.fileName === null ? defaultFileName(media) : visibleFileName(media.fileName),
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

const portugueseKinds = {
  image: 'imagem',
  audio: 'audio',
  video: 'video',
  document: 'documento',
  sticker: 'figurinha',
};

function defaultFileName({ kind, mimeType }: InboundMedia): string {
  const extension = /^[a-z]+\/([a-z0-9]{2,4})\b/.exec(mimeType)?.[1];
  return extension === undefined ? portugueseKinds[kind] : `${portugueseKinds[kind]}.${extension}`;
}
