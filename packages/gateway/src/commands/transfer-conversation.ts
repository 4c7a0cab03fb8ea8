import type { Agent, Conversation, Settings } from '@prosa/core/contract';
import { isOver, nextStatus, type LifecycleCommand } from '../domain/lifecycle.ts';
import type { Person } from '../domain/person.ts';
import { refuse } from '../domain/problems.ts';
import { findAgent } from '../store/agents.ts';
import { removeParticipants } from '../store/participants.ts';
import { findQueue, queueInEffect } from '../store/queues.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { noteGiven } from './agent-limits.ts';
import { sayOfQueue } from './automatic-message.ts';
import { beginService } from './begin-service.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { offerTo, withdrawOffer } from './offer.ts';
import { ownerOf, requireOwnership } from './ownership.ts';
import { personOf, type Principal } from './principal.ts';
import { lockAgent } from './save-agent.ts';

export interface Transfer {
  readonly to: { readonly agentId: string } | { readonly queueId: string };
  readonly reason?: string | null | undefined;
}

type Rules = Settings['origins']['whatsapp'];

/**
 * Hands it to another agent, in whose "Meus" it appears at once or when they accept it, or back to a queue. The place of
 * whoever waits is kept.
 */
export async function transferConversation(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  { to, reason = null }: Transfer,
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  if (isOver(draft.row.status)) refuse('conversation_closed');
  await requireOwnership(unit, principal, draft.row, 'conversations.transfer_others');
  const { origins } = await workspaceSettings(unit.tx, unit.workspaceId);
  const rules = origins[draft.row.origin as Conversation['origin']];
  const told = { name: 'transferred', by: personOf(principal), reason } as const;

  if ('agentId' in to) {
    const agent = await requireAgent(unit, draft, to.agentId, rules);
    const { assigneeId, offerFrom } = draft.row;
    const sender = await ownerOf(unit, { assigneeId: assigneeId ?? offerFrom });
    const move = rules.transferNeedsAccept ? null : moved(draft, 'transfer_to_agent');
    withdrawOffer(draft);
    announce(unit, draft, 'conversation.transferred');
    if (move !== null) announce(unit, draft, 'conversation.assigned');
    await appendTimeline(unit, draft, { ...told, toAgent: { id: agent.id, name: agent.name }, toQueue: null });
    if (move === null) await offer(unit, draft, agent, sender);
    else await give(unit, draft, agent, move);
  } else {
    const queue = await requireQueue(unit, draft, to.queueId, rules);
    draft.row.status = moved(draft, 'transfer_to_queue');
    putInto(unit, draft, queue.id);
    announce(unit, draft, 'conversation.transferred');
    announce(unit, draft, 'conversation.queued');
    await appendTimeline(unit, draft, { ...told, toAgent: null, toQueue: queue });
  }
  await sayOfQueue(unit, draft, 'transferred');
  return await saveConversation(unit, draft);
}

async function requireAgent(unit: Unit, draft: ConversationDraft, agentId: string, rules: Rules): Promise<Agent> {
  const agent = await findAgent(unit.tx, unit.workspaceId, agentId);
  if (!agent) refuse('transfer_target_invalid', { detail: 'There is no such agent in this workspace.' });
  // Under the lock: they may be deactivated at this moment.
  const { active } = await lockAgent(unit, agent.id);
  if (active === 0) refuse('transfer_target_invalid', { detail: 'That agent has been deactivated.' });
  if (agent.id === draft.row.assigneeId) {
    refuse('transfer_target_invalid', { detail: 'That agent already attends it.' });
  }
  if (draft.row.status === 'offered' && agent.id === draft.row.offeredTo) {
    refuse('transfer_target_invalid', { detail: 'It is offered to that agent already.' });
  }
  if (!rules.transferToAgent) refuse('transfer_target_invalid', { detail: notAllowed('agents') });
  return agent;
}

async function requireQueue(unit: Unit, draft: ConversationDraft, queueId: string, rules: Rules): Promise<Person> {
  const queue = await findQueue(unit.tx, unit.workspaceId, queueId);
  if (!queue) refuse('transfer_target_invalid', { detail: 'There is no such queue in this workspace.' });
  if (draft.row.status === 'queued' && draft.row.queueId === queue.id) {
    refuse('transfer_target_invalid', { detail: 'It already waits in that queue.' });
  }
  if (!rules.transferToQueue) refuse('transfer_target_invalid', { detail: notAllowed('queues') });
  return { id: queue.id, name: queue.name };
}

function notAllowed(targets: string): string {
  return `The settings of the workspace allow no transfers to ${targets} on this channel.`;
}

/** With the agent at once: whether they have room is for distribution, not for colleagues. */
async function give(unit: Unit, draft: ConversationDraft, agent: Agent, status: Conversation['status']): Promise<void> {
  draft.row.status = status;
  draft.row.refusedBy = '[]';
  draft.row.priority = 0;
  beginService(unit, draft, agent.id);
  await removeParticipants(unit.tx, draft.row.id, agent.id);
  await noteGiven(unit, agent.id);
}

/** A card for the agent. When it is not accepted it returns to whoever attended it, or goes on waiting. */
async function offer(unit: Unit, draft: ConversationDraft, agent: Agent, sender: Person | null): Promise<void> {
  const { row } = draft;
  // From one card to the next it waits for a moment, as after a refusal.
  if (row.status === 'offered') row.status = moved(draft, 'transfer_to_queue');
  row.waitingSince ??= unit.now;
  const { settings } = await queueInEffect(unit.tx, row.queueId);
  await offerTo(unit, draft, agent, { from: sender, seconds: settings.offerSeconds });
}

function putInto(unit: Unit, draft: ConversationDraft, queueId: string): void {
  const { row } = draft;
  withdrawOffer(draft);
  row.assigneeId = null;
  row.queueId = queueId;
  row.refusedBy = '[]';
  row.waitingSince ??= unit.now;
  row.lastActivityAt = unit.now;
}

function moved({ row }: ConversationDraft, command: LifecycleCommand): Conversation['status'] {
  return nextStatus(row.status as Conversation['status'], command) ?? refuse('transition_not_allowed');
}
