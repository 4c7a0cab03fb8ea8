import type { Conversation } from '@prosa/core/contract';
import { isOver, nextStatus, type LifecycleCommand } from '../domain/lifecycle.ts';
import type { Person } from '../domain/person.ts';
import { refuse } from '../domain/problems.ts';
import { findAgent } from '../store/agents.ts';
import { findQueue } from '../store/queues.ts';
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

export interface Transfer {
  readonly to: { readonly agentId: string } | { readonly queueId: string };
  readonly reason?: string | null | undefined;
}

/** Hands it to another agent, in whose "Meus" it appears at once, or back to a queue, where it keeps its place. */
export async function transferConversation(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  { to, reason }: Transfer,
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  if (isOver(draft.row.status)) refuse('conversation_closed');
  await requireOwnership(unit, principal, draft.row);

  const target = 'agentId' in to ? await toAgent(unit, draft, to.agentId) : await toQueue(unit, draft, to.queueId);
  draft.row.lastActivityAt = unit.now;
  announce(unit, draft, 'conversation.transferred');
  if (target.toQueue) announce(unit, draft, 'conversation.queued');
  else announce(unit, draft, 'conversation.assigned');
  await appendTimeline(unit, draft, {
    name: 'transferred',
    by: personOf(principal),
    ...target,
    reason: reason ?? null,
  });
  return await saveConversation(unit, draft);
}

interface Target {
  readonly toAgent: Person | null;
  readonly toQueue: Person | null;
}

async function toAgent(unit: Unit, draft: ConversationDraft, agentId: string): Promise<Target> {
  const agent = await findAgent(unit.tx, unit.workspaceId, agentId);
  if (!agent) refuse('transfer_target_invalid', { detail: 'There is no such agent in this workspace.' });
  if (!agent.active) refuse('transfer_target_invalid', { detail: 'That agent has been deactivated.' });
  if (agent.id === draft.row.assigneeId) {
    refuse('transfer_target_invalid', { detail: 'That agent already attends it.' });
  }
  move(draft, 'transfer_to_agent');
  draft.row.assigneeId = agent.id;
  return { toAgent: { id: agent.id, name: agent.name }, toQueue: null };
}

async function toQueue(unit: Unit, draft: ConversationDraft, queueId: string): Promise<Target> {
  const queue = await findQueue(unit.tx, unit.workspaceId, queueId);
  if (!queue) refuse('transfer_target_invalid', { detail: 'There is no such queue in this workspace.' });
  if (draft.row.status === 'queued' && draft.row.queueId === queue.id) {
    refuse('transfer_target_invalid', { detail: 'It already waits in that queue.' });
  }
  move(draft, 'transfer_to_queue');
  draft.row.assigneeId = null;
  draft.row.queueId = queue.id;
  draft.row.waitingSince ??= unit.now;
  return { toAgent: null, toQueue: { id: queue.id, name: queue.name } };
}

function move(draft: ConversationDraft, command: LifecycleCommand): void {
  const next = nextStatus(draft.row.status as Conversation['status'], command);
  if (next === null) refuse('transition_not_allowed');
  draft.row.status = next;
}
