import type { Agent, Conversation } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { getConversation } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { sayOfQueue } from './automatic-message.ts';
import { beginService } from './begin-service.ts';
import { announce, appendTimeline, openConversation, saveConversation } from './conversation-draft.ts';
import { ownerOf } from './ownership.ts';

/** Atender. The lock makes the first one win; the others learn who it was. Accepting one's own again changes nothing. */
export async function acceptConversation(unit: Unit, agent: Agent, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (isOver(row.status) || row.status === 'wrap_up') refuse('conversation_closed');
  if (row.assigneeId === agent.id) return await getConversation(unit.tx, unit.workspaceId, conversationId);
  const next = nextStatus(row.status as Conversation['status'], 'accept');
  if (next === null) {
    refuse('conversation_taken', {
      owner: await ownerOf(unit, row),
      ...(row.status === 'awaiting_reply' && { detail: 'The customer has not answered yet.' }),
    });
  }

  row.status = next;
  beginService(unit, draft, agent.id);
  announce(unit, draft, 'conversation.assigned');
  await appendTimeline(unit, draft, { name: 'accepted', by: { id: agent.id, name: agent.name } });
  await sayOfQueue(unit, draft, 'started');
  return await saveConversation(unit, draft);
}
