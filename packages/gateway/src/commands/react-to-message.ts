import type { Message, Reaction } from '@prosa/core/contract';
import { day, isoTime } from '../clock.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { withReaction } from '../domain/reactions.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { messageFromRow, type MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { changeMessage } from './change-message.ts';
import { openConversation } from './conversation-draft.ts';
import { personOf, type Principal } from './principal.ts';
import { requireSendable } from './send-message.ts';

/** WhatsApp takes no reaction to what is older (Meta, "Reaction messages"). */
const reactableForMs = 30 * day;

/**
 * The company's reaction to a message of the customer; `null` takes it back. There is one for the whole company: the
 * last of its agents, or its phone, has it.
 */
export async function reactToMessage(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  messageId: string,
  emoji: string | null,
): Promise<Message> {
  const draft = await openConversation(unit, conversationId);
  const message = await unit.tx
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('conversationId', '=', conversationId)
    .where('id', '=', messageId)
    .executeTakeFirst();
  if (!message) notFound('message');
  await requireSendable(unit, principal, draft.row, 'reaction');
  requireReactable(unit, draft.row, message);

  const before = companyReaction(message);
  if (emoji === null && (before?.emoji ?? '') === '') return await messageFromRow(unit.tx, message);
  const { id, name } = personOf(principal);
  const kind = principal.kind === 'agent' ? 'agent' : 'api';
  const next = withReaction(reactionsOf(message), {
    emoji: emoji ?? '',
    by: { kind, id, name },
    at: isoTime(unit.now),
  });
  if (next === null) return await messageFromRow(unit.tx, message);
  unit.enqueue({ kind: 'send_reaction', channelId: message.channelId, subjectId: messageId, orderKey: conversationId });
  const changes = { reactions: JSON.stringify(next), failure: null };
  return await changeMessage(unit, draft, message, changes, 'message.updated');
}

/** What the company has said to a message by one emoji; the emoji is empty when it was taken back. */
export function companyReaction(message: Pick<MessageRow, 'reactions'>): Reaction | null {
  return reactionsOf(message).find(isOurs) ?? null;
}

/**
 * The provider did not take a reaction: it is gone here too, and the message says why. One that was given meanwhile
 * stays.
 */
export async function takeReactionBack(
  unit: Unit,
  message: Pick<MessageRow, 'id' | 'conversationId'>,
  refused: { readonly emoji: string | null; readonly failure: NonNullable<Message['failure']> },
): Promise<boolean> {
  const draft = await openConversation(unit, message.conversationId);
  const row = await unit.tx.selectFrom('messages').selectAll().where('id', '=', message.id).executeTakeFirstOrThrow();
  const current = companyReaction(row);
  if (!current || (refused.emoji !== null && current.emoji !== refused.emoji)) return false;
  const reactions = reactionsOf(row).map((reaction) => (isOurs(reaction) ? { ...reaction, emoji: '' } : reaction));
  const changes = { reactions: JSON.stringify(reactions), failure: JSON.stringify(refused.failure) };
  await changeMessage(unit, draft, row, changes, 'message.updated');
  return true;
}

function requireReactable(unit: Unit, { origin }: ConversationRow, message: MessageRow): void {
  if (origin === 'webchat' || message.direction !== 'inbound' || message.providerId === null) {
    refuse('message_not_reactable');
  }
  if (message.revokedAt !== null) refuse('message_not_reactable', { detail: 'The customer has deleted the message.' });
  if (unit.now - message.createdAt > reactableForMs) {
    refuse('message_not_reactable', { detail: 'WhatsApp takes no reaction to a message of more than 30 days ago.' });
  }
}

function isOurs({ by }: Reaction): boolean {
  return by.kind !== 'customer';
}

function reactionsOf({ reactions }: Pick<MessageRow, 'reactions'>): readonly Reaction[] {
  return reactions === null ? [] : (JSON.parse(reactions) as readonly Reaction[]);
}
