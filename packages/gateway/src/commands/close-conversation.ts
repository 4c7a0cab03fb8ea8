import type { Conversation, ConversationOutcome } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import type { Unit } from '../store/unit.ts';
import type { Person } from '../domain/person.ts';
import { askOnClose } from './ask-survey.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
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
  if (isOver(row.status)) refuse('conversation_closed');
  await requireOwnership(unit, principal, row);
  const ended = nextStatus(row.status as Conversation['status'], 'end');
  const closed = ended && nextStatus(ended, 'save');
  if (closed === null) refuse('transition_not_allowed', { detail: 'Accept the conversation before finishing it.' });
  return await endConversation(unit, draft, closed, { by: personOf(principal), outcome });
}

/** The customer ends it: served, or before anybody attended. For whoever has made sure that it is theirs. */
export async function leaveConversation(unit: Unit, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const status = draft.row.status as Conversation['status'];
  const left = nextStatus(status, 'leave');
  if (left === 'closed') return await endConversation(unit, draft, left, { by: null, outcome: 'abandoned_client' });
  const closed = left && nextStatus(left, 'save');
  if (closed === null) refuse('conversation_closed');
  return await endConversation(unit, draft, closed, { by: null, outcome: 'terminated_client' });
}

async function endConversation(
  unit: Unit,
  draft: ConversationDraft,
  status: Conversation['status'],
  { by, outcome }: { readonly by: Person | null; readonly outcome: ConversationOutcome },
): Promise<Conversation> {
  const { row } = draft;
  const answered = row.status !== 'awaiting_reply';
  row.status = status;
  row.outcome = outcome;
  row.closedAt = unit.now;
  row.lastActivityAt = unit.now;
  row.unreadCount = 0;
  announce(unit, draft, 'conversation.ended');
  await appendTimeline(unit, draft, { name: 'closed', by, outcome });
  announce(unit, draft, 'conversation.closed');
  // Who never answered was not served: there is nothing to ask about.
  if (answered) await askOnClose(unit, draft, outcome);
  return await saveConversation(unit, draft);
}
