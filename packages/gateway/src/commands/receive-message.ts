import { hasBot } from '../channels/bot.ts';
import { newId } from '../domain/ids.ts';
import { isChatOver, isOver, isWaiting } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { windowAfterInbound } from '../domain/service-window.ts';
import type { ContactRow } from '../store/contacts.ts';
import { lockConversation, type ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { beginConversation, lockOpenConversation } from './begin-conversation.ts';
import { appendMessage, draftOf, saveConversation, type ConversationDraft } from './conversation-draft.ts';
import { applyEarlyChanges } from './early-changes.ts';
import { enterQueue } from './enter-queue.ts';
import type { InboundContent, InboundMessage } from './inbound.ts';
import { storeContent } from './inbound-content.ts';
import { takeIdentification } from './identify-contact.ts';
import { marksOf } from './message-marks.ts';
import { chooseByWord, confirmChoice } from './opt-out.ts';
import { resumeForCustomer } from './park-conversation.ts';
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
  const writer = await resolveContact(unit, channel.id, inbound.contact);
  // Looked up under the contact's lock; the unique index has the last word when two contacts send the same id.
  const known = await unit.tx
    .selectFrom('messages')
    .select('id')
    .where('channelId', '=', channel.id)
    .where('providerId', '=', providerId)
    .executeTakeFirst();
  if (known) return 'duplicate';
  const { contact, allowed } = await chooseByWord(unit, writer, inbound.content, inbound.sentAt);
  if (await takeSurveyReply(unit, contact, inbound, { serviceWindowMs })) {
    await applyEarlyChanges(unit, channel, providerId);
    return 'received';
  }

  const { clientId } = inbound;
  const draft = await placeOf(unit, contact, inbound);
  const { row } = draft;
  row.unreadCount += 1;
  row.windowExpiresAt = windowAfterInbound(row.windowExpiresAt, inbound.sentAt, serviceWindowMs);
  const id = newId('message', unit.now);
  await appendMessage(unit, draft, {
    id,
    ...(await storeContent(unit, draft, id, inbound.content)),
    ...(await marksOf(unit, { channelId: channel.id, contactId: contact.id }, inbound.marks)),
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
  await confirmChoice(unit, draft, allowed);
  await saveConversation(unit, draft);
  await applyEarlyChanges(unit, channel, providerId);
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
