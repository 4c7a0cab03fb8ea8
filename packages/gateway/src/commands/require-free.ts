import { refuse } from '../domain/problems.ts';
import type { ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { lockOpenConversation } from './begin-conversation.ts';
import { ownerOf } from './ownership.ts';

/** A customer has one conversation at a time: who attends the open one is the one to speak to. The contact is locked. */
export async function requireFree(unit: Unit, contactId: string): Promise<void> {
  const open = await lockOpenConversation(unit, contactId);
  if (!open) return;
  const owner = await ownerOf(unit, open);
  refuse('contact_in_conversation', {
    owner,
    detail: `Conversation ${open.id} is open; ${placeOf(open, owner?.name)}.`,
  });
}

function placeOf({ status }: ConversationRow, attendant: string | undefined): string {
  if (attendant !== undefined) return `${attendant} attends it`;
  if (status === 'bot') return 'an automation has it';
  if (status === 'triage') return 'it is in triage';
  return status === 'awaiting_reply' ? 'the customer has not answered yet' : 'it waits for an agent';
}
