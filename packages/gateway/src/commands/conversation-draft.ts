import type { Conversation, EventType, Message, TimelineEvent } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { isChatOver, isInService, isWaiting } from '../domain/lifecycle.ts';
import { previewOf } from '../domain/message-preview.ts';
import { getConversation, lockConversation, type ConversationRow } from '../store/conversations.ts';
import { indexMessage } from '../store/message-search.ts';
import { messageFromRow, type MessageRow } from '../store/messages.ts';
import { removeParticipants } from '../store/participants.ts';
import type { Unit } from '../store/unit.ts';

/** What is told of a conversation and of nothing else. */
type ConversationEvent = Extract<EventType, `${'conversation' | 'offer' | 'triage' | 'bot' | 'participant'}.${string}`>;

/** A locked conversation that a command changes, with what it will tell when it is saved. */
export interface ConversationDraft {
  /** The status that it had when it was locked. */
  readonly from: string;
  readonly row: { -readonly [Column in keyof ConversationRow]: ConversationRow[Column] };
  /** In the order in which they will be emitted. */
  readonly announcements: ((conversation: Conversation) => void)[];
}

export async function openConversation(unit: Unit, conversationId: string): Promise<ConversationDraft> {
  return draftOf(await lockConversation(unit.db, unit.tx, unit.workspaceId, conversationId));
}

export function draftOf(row: ConversationRow): ConversationDraft {
  return { from: row.status, row: { ...row }, announcements: [] };
}

export function announce(unit: Unit, draft: ConversationDraft, type: ConversationEvent): void {
  draft.announcements.push((conversation) => unit.emit(type, { conversation }, conversation.id));
}

export type NewMessage = Pick<MessageRow, 'direction' | 'authorKind' | 'type'> &
  Partial<Omit<MessageRow, 'content'>> & { readonly content: Readonly<Record<string, unknown>> };

/**
 * Puts a message at the end of the conversation. It is announced when the draft is saved.
 * @param options.quiet leaves the conversation's row in the list as it is
 */
export async function appendMessage(
  unit: Unit,
  draft: ConversationDraft,
  message: NewMessage,
  { quiet = false }: { readonly quiet?: boolean } = {},
): Promise<Message> {
  const { row } = draft;
  const inserted = await unit.tx
    .insertInto('messages')
    .values({
      authorId: null,
      authorName: null,
      attachmentId: null,
      status: null,
      failure: null,
      sentAt: null,
      deliveredAt: null,
      readAt: null,
      playedAt: null,
      failedAt: null,
      providerId: null,
      clientId: null,
      clientOwner: null,
      resendOf: null,
      replyTo: null,
      reactions: null,
      forwarded: null,
      referral: null,
      pricing: null,
      editedAt: null,
      revokedAt: null,
      createdAt: unit.now,
      ...message,
      id: message.id ?? newId('message', unit.now),
      content: JSON.stringify(message.content),
      workspaceId: row.workspaceId,
      conversationId: row.id,
      channelId: row.channelId,
      position: row.nextPosition,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  row.nextPosition += 1;
  noteSilence(row, inserted);
  const created = await messageFromRow(unit.tx, inserted);
  const fileName = 'attachment' in created.content ? (created.content.attachment?.fileName ?? null) : null;
  await indexMessage(unit.db.engine, unit.tx, { ...inserted, content: message.content, fileName });
  const preview = quiet ? null : previewOf(created);
  if (preview) {
    row.lastMessage = JSON.stringify(preview);
    row.lastActivityAt = unit.now;
  }
  draft.announcements.push((conversation) =>
    unit.emit('message.created', { message: created, conversation }, conversation.id),
  );
  return created;
}

/** People and servers who write make the customer the one to react; further words of theirs change nothing. */
function noteSilence(row: ConversationDraft['row'], { direction, authorKind, createdAt }: MessageRow): void {
  if (direction === 'inbound') {
    row.silentSince = null;
    row.lastInboundAt = Math.max(row.lastInboundAt ?? 0, createdAt);
  } else if (direction === 'outbound' && authorKind !== 'system') row.silentSince ??= createdAt;
}

/** A line of the timeline, between the messages. */
export async function appendTimeline(unit: Unit, draft: ConversationDraft, event: TimelineEvent): Promise<void> {
  await appendMessage(unit, draft, {
    direction: 'internal',
    authorKind: 'system',
    type: 'event',
    content: { event },
  });
}

/** Writes the conversation with its next version and emits what was announced, all with this state of it. */
export async function saveConversation(unit: Unit, draft: ConversationDraft): Promise<Conversation> {
  if (isWaiting(draft.row.status) && !isWaiting(draft.from)) draft.row.queuedAt = unit.now;
  const { id, workspaceId, version, ...columns } = draft.row;
  await settleParticipants(unit, draft);
  await unit.tx
    .updateTable('conversations')
    .set({ ...columns, version: version + 1 })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  const conversation = await getConversation(unit.tx, workspaceId, id);
  for (const tell of draft.announcements) tell(conversation);
  return conversation;
}

/** Nobody is part of what is over; whoever attends it is no guest. */
async function settleParticipants(unit: Unit, { from, row }: ConversationDraft): Promise<void> {
  if (isChatOver(row.status) && !isChatOver(from)) await removeParticipants(unit.tx, row.id);
  else if (isInService(row.status) && !isInService(from) && row.assigneeId !== null) {
    await removeParticipants(unit.tx, row.id, row.assigneeId);
  }
}

/** Tells that something beside the conversation changed (the names it shows). Locks in id order. */
export async function touchConversations(unit: Unit, conversationIds: readonly string[]): Promise<void> {
  for (const id of [...conversationIds].sort()) {
    const draft = await openConversation(unit, id);
    announce(unit, draft, 'conversation.updated');
    await saveConversation(unit, draft);
  }
}
