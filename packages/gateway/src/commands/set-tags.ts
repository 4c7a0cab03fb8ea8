import type { Conversation } from '@prosa/core/contract';
import { getConversation } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { announce, openConversation, saveConversation } from './conversation-draft.ts';
import type { Principal } from './principal.ts';
import { replaceTags } from './service-tags.ts';

/** Gives the conversation exactly these tags, also when it is over: what it was about may be found out later. */
export async function setTags(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  tagIds: readonly string[],
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { nextPosition } = draft.row;
  await replaceTags(unit, draft, principal, tagIds);
  if (draft.row.nextPosition === nextPosition) return await getConversation(unit.tx, unit.workspaceId, conversationId);
  announce(unit, draft, 'conversation.updated');
  return await saveConversation(unit, draft);
}
