import { refuse } from '../domain/problems.ts';
import { isVisible } from '../domain/visibility.ts';
import type { ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { findPlace } from '../store/visibility.ts';
import { lockOpenConversation } from './begin-conversation.ts';
import { ownerOf } from './ownership.ts';
import type { Principal } from './principal.ts';
import { viewerOf } from './viewer.ts';

/**
 * A customer has one conversation at a time: who attends the open one is the one to speak to. Which one it is, is said to
 * whoever may see it. The contact is locked.
 */
export async function requireFree(unit: Unit, principal: Principal, contactId: string): Promise<void> {
  const open = await lockOpenConversation(unit, contactId);
  if (!open) return;
  const owner = await ownerOf(unit, open);
  const place = await findPlace(unit.tx, unit.workspaceId, open.id);
  const isShown = place !== null && isVisible(await viewerOf(unit.tx, principal), place);
  refuse('contact_in_conversation', {
    owner,
    detail: `${isShown ? `Conversation ${open.id}` : 'Another conversation'} is open; ${placeOf(open, owner?.name)}.`,
    ...(isShown && { conversationId: open.id }),
  });
}

function placeOf({ status }: ConversationRow, attendant: string | undefined): string {
  if (attendant !== undefined) return `${attendant} attends it`;
  if (status === 'bot') return 'an automation has it';
  if (status === 'triage') return 'it is in triage';
  return status === 'awaiting_reply' ? 'the customer has not answered yet' : 'it waits for an agent';
}
