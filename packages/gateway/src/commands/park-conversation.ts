import type { Conversation } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import type { Person } from '../domain/person.ts';
import { refuse } from '../domain/problems.ts';
import type { Unit } from '../store/unit.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { requireOwnership } from './ownership.ts';
import { personOf, type Principal } from './principal.ts';

/** Pendente: set aside until the customer writes (T22). */
export async function parkConversation(unit: Unit, principal: Principal, id: string): Promise<Conversation> {
  const draft = await openOwn(unit, principal, id);
  await park(unit, draft, personOf(principal));
  return await saveConversation(unit, draft);
}

/** Of the locked conversation. `by` is `null` when the customer said nothing for too long. */
export async function park(unit: Unit, draft: ConversationDraft, by: Person | null): Promise<void> {
  move(unit, draft, 'park', 'Only a conversation that is attended can be set aside.');
  announce(unit, draft, 'conversation.pending');
  await appendTimeline(unit, draft, { name: 'parked', by });
}

export async function resumeConversation(unit: Unit, principal: Principal, id: string): Promise<Conversation> {
  const draft = await openOwn(unit, principal, id);
  move(unit, draft, 'resume', 'It was not set aside.');
  // Otherwise a customer who was silent before would have it set aside again at once.
  if (draft.row.silentSince !== null) draft.row.silentSince = unit.now;
  await tellResumed(unit, draft, personOf(principal));
  return await saveConversation(unit, draft);
}

/** The customer wrote in a locked conversation that was set aside. */
export async function resumeForCustomer(unit: Unit, draft: ConversationDraft): Promise<void> {
  move(unit, draft, 'receive', '');
  await tellResumed(unit, draft, null);
}

async function tellResumed(unit: Unit, draft: ConversationDraft, by: Person | null): Promise<void> {
  announce(unit, draft, 'conversation.resumed');
  await appendTimeline(unit, draft, { name: 'resumed', by });
}

async function openOwn(unit: Unit, principal: Principal, id: string): Promise<ConversationDraft> {
  const draft = await openConversation(unit, id);
  if (isOver(draft.row.status)) refuse('conversation_closed');
  await requireOwnership(unit, principal, draft.row);
  return draft;
}

function move(unit: Unit, { row }: ConversationDraft, command: 'park' | 'resume' | 'receive', detail: string): void {
  const next = nextStatus(row.status as Conversation['status'], command);
  if (next === null) refuse('transition_not_allowed', { detail });
  row.status = next;
  row.lastActivityAt = unit.now;
}
