import type { Agent, Conversation } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { getConversation, type ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { noteGiven, requireRoom } from './agent-limits.ts';
import { sayOfQueue } from './automatic-message.ts';
import { beginService } from './begin-service.ts';
import { announce, appendTimeline, openConversation, saveConversation } from './conversation-draft.ts';
import { withdrawOffer } from './offer.ts';
import { ownerOf } from './ownership.ts';

/**
 * Atender, and accepting the card that one was offered. The lock makes the first one win; the others learn who it was.
 * Accepting one's own again changes nothing.
 */
export async function acceptConversation(unit: Unit, agent: Agent, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (isOver(row.status) || row.status === 'wrap_up') refuse('conversation_closed');
  if (row.assigneeId === agent.id) return await getConversation(unit.tx, unit.workspaceId, conversationId);
  const next = nextStatus(row.status as Conversation['status'], 'accept');
  if (next === null || (row.status === 'offered' && row.offeredTo !== agent.id)) {
    refuse('conversation_taken', {
      owner: await ownerOf(unit, { assigneeId: row.assigneeId ?? row.offeredTo }),
      ...(row.status === 'awaiting_reply' && { detail: 'The customer has not answered yet.' }),
    });
  }

  const card = row.status === 'offered';
  if (card) requireCard(agent, row, unit.now);
  else await requireRoom(unit, agent, row);

  row.status = next;
  row.refusedBy = '[]';
  row.priority = 0;
  withdrawOffer(draft);
  beginService(unit, draft, agent.id);
  if (card) announce(unit, draft, 'offer.accepted');
  announce(unit, draft, 'conversation.assigned');
  await appendTimeline(unit, draft, { name: 'accepted', by: { id: agent.id, name: agent.name } });
  await sayOfQueue(unit, draft, 'started');
  await noteGiven(unit, agent.id);
  return await saveConversation(unit, draft);
}

/** Its place was counted when it was offered: only the deadline can stand against it. */
function requireCard(agent: Agent, row: ConversationRow, now: number): void {
  if (row.offeredTo !== agent.id || row.offerExpiresAt === null || row.offerExpiresAt <= now) refuse('offer_not_yours');
}
