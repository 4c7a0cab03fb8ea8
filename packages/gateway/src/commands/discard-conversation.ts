import type { Conversation } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import type { Unit } from '../store/unit.ts';
import { openConversation, saveConversation } from './conversation-draft.ts';
import { closeUnattended } from './finish-conversation.ts';
import { personOf, type Principal } from './principal.ts';

/** Closes what nobody will attend (T15). The customer is told nothing; the reason stays in the timeline. */
export async function discardConversation(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  { reason }: { readonly reason: string },
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { status } = draft.row;
  if (isOver(status)) refuse('conversation_closed');
  if (nextStatus(status as Conversation['status'], 'discard') === null) {
    refuse('transition_not_allowed', { detail: 'Only what waits or is in triage can be discarded.' });
  }
  await closeUnattended(unit, draft, 'discarded', { name: 'discarded', by: personOf(principal), reason });
  return await saveConversation(unit, draft);
}
