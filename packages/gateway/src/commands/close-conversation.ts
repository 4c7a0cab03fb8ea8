import type { Conversation, ConversationOutcome } from '@prosa/core/contract';
import { nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import type { Unit } from '../store/unit.ts';
import { announce, appendTimeline, openConversation, saveConversation } from './conversation-draft.ts';
import { requireOwnership } from './ownership.ts';
import { personOf, type Principal } from './principal.ts';

/** Finalizar, with the closing policy `none`: through `wrap_up` to `closed` in one command. */
export async function closeConversation(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  outcome: ConversationOutcome,
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (row.status === 'closed') refuse('conversation_closed');
  await requireOwnership(unit, principal, row);
  const ended = nextStatus(row.status as Conversation['status'], 'end');
  const closed = ended && nextStatus(ended, 'save');
  if (closed === null) refuse('transition_not_allowed', { detail: 'Accept the conversation before finishing it.' });

  row.status = closed;
  row.outcome = outcome;
  row.closedAt = unit.now;
  row.lastActivityAt = unit.now;
  row.unreadCount = 0;
  announce(unit, draft, 'conversation.ended');
  await appendTimeline(unit, draft, { name: 'closed', by: personOf(principal), outcome });
  announce(unit, draft, 'conversation.closed');
  return await saveConversation(unit, draft);
}
