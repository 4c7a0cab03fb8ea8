import type { BodyOf, Conversation, Routes } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { findAgent } from '../store/agents.ts';
import { findQueue } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';
import { noteGiven } from './agent-limits.ts';
import { assignProtocol } from './assign-protocol.ts';
import { sayOfQueue } from './automatic-message.ts';
import { beginService } from './begin-service.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { enterQueue } from './enter-queue.ts';
import { personOf, type Principal } from './principal.ts';

type Conversion = BodyOf<Routes['conversations']['convert']>;

/** Converter: makes a service of what is in triage (T4). It gets its protocol now, before anybody takes over. */
export async function convertConversation(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  to: Conversion,
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (isOver(row.status)) refuse('conversation_closed');
  const command = 'agentId' in to ? 'convert_to_agent' : 'convert_to_queue';
  const next = nextStatus(row.status as Conversation['status'], command);
  if (next === null) refuse('transition_not_allowed', { detail: 'It is not in triage.' });
  row.status = next;
  row.waitingSince = unit.now;
  row.lastActivityAt = unit.now;
  announce(unit, draft, 'triage.converted');
  await appendTimeline(unit, draft, { name: 'converted', by: personOf(principal) });
  if ('agentId' in to) await giveToAgent(unit, draft, to.agentId);
  else await giveToQueue(unit, draft, to.queueId);
  return await saveConversation(unit, draft);
}

async function giveToQueue(unit: Unit, draft: ConversationDraft, queueId: string): Promise<void> {
  const queue = await findQueue(unit.tx, unit.workspaceId, queueId);
  if (!queue) refuse('transfer_target_invalid', { detail: 'There is no such queue in this workspace.' });
  draft.row.queueId = queue.id;
  await enterQueue(unit, draft, { byHand: true });
}

async function giveToAgent(unit: Unit, draft: ConversationDraft, agentId: string): Promise<void> {
  const agent = await findAgent(unit.tx, unit.workspaceId, agentId);
  if (!agent) refuse('transfer_target_invalid', { detail: 'There is no such agent in this workspace.' });
  if (!agent.active) refuse('transfer_target_invalid', { detail: 'That agent has been deactivated.' });
  await assignProtocol(unit, draft);
  beginService(unit, draft, agent.id);
  announce(unit, draft, 'conversation.assigned');
  await appendTimeline(unit, draft, { name: 'assigned', to: { id: agent.id, name: agent.name } });
  await sayOfQueue(unit, draft, 'started');
  await noteGiven(unit, agent.id);
}
