import type { Agent, Conversation } from '@prosa/core/contract';
import { isOver, nextStatus, type LifecycleCommand } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { findAgent } from '../store/agents.ts';
import { getConversation } from '../store/conversations.ts';
import { findParticipant, removeParticipants } from '../store/participants.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { requireOwnership } from './ownership.ts';

/** Convidar. Asking the same agent again changes nothing. */
export async function inviteAgent(
  unit: Unit,
  by: Agent,
  conversationId: string,
  agentId: string,
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  if (isOver(draft.row.status)) refuse('conversation_closed');
  const principal = { kind: 'agent', workspaceId: unit.workspaceId, agent: by } as const;
  await requireOwnership(unit, principal, draft.row, 'conversations.transfer_others');
  requireMove(draft, 'invite');
  const { origins } = await workspaceSettings(unit.tx, unit.workspaceId);
  if (!origins[draft.row.origin as Conversation['origin']].invite) {
    refuse('transition_not_allowed', { detail: 'The settings of the workspace allow no invitations on this channel.' });
  }
  const agent = await findAgent(unit.tx, unit.workspaceId, agentId);
  if (!agent) refuse('transfer_target_invalid', { detail: 'There is no such agent in this workspace.' });
  if (!agent.active) refuse('transfer_target_invalid', { detail: 'That agent has been deactivated.' });
  if (agent.id === draft.row.assigneeId) {
    refuse('transfer_target_invalid', { detail: 'That agent already attends it.' });
  }
  if (agent.presence.state === 'offline') refuse('transfer_target_invalid', { detail: 'That agent is offline.' });
  if (await findParticipant(unit.tx, conversationId, agent.id)) {
    return await getConversation(unit.tx, unit.workspaceId, conversationId);
  }
  await unit.tx
    .insertInto('participants')
    .values({ conversationId, agentId: agent.id, joined: 0, invitedAt: unit.now })
    .execute();
  announce(unit, draft, 'participant.invited');
  await appendTimeline(unit, draft, { name: 'invited', by: person(by), agent: person(agent) });
  return await saveConversation(unit, draft);
}

/** Accepts the invitation. Doing so again changes nothing. */
export async function joinConversation(unit: Unit, agent: Agent, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  if (isOver(draft.row.status)) refuse('conversation_closed');
  const invitation = (await findParticipant(unit.tx, conversationId, agent.id)) ?? refuse('not_invited');
  if (invitation.joined === 1) return await getConversation(unit.tx, unit.workspaceId, conversationId);
  requireMove(draft, 'join');
  await unit.tx
    .updateTable('participants')
    .set({ joined: 1 })
    .where('conversationId', '=', conversationId)
    .where('agentId', '=', agent.id)
    .execute();
  announce(unit, draft, 'participant.joined');
  await appendTimeline(unit, draft, { name: 'joined', agent: person(agent) });
  return await saveConversation(unit, draft);
}

/** Declines, or goes. Whoever attends it does not leave it so: they transfer or finish it. */
export async function leaveParticipation(unit: Unit, agent: Agent, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  if (isOver(draft.row.status)) refuse('conversation_closed');
  const { joined } = (await findParticipant(unit.tx, conversationId, agent.id)) ?? refuse('not_invited');
  await removeParticipants(unit.tx, conversationId, agent.id);
  announce(unit, draft, joined === 1 ? 'participant.left' : 'participant.declined');
  await appendTimeline(unit, draft, { name: joined === 1 ? 'left' : 'invitation_declined', agent: person(agent) });
  return await saveConversation(unit, draft);
}

function requireMove(draft: ConversationDraft, command: LifecycleCommand): void {
  if (nextStatus(draft.row.status as Conversation['status'], command) === null) {
    refuse('transition_not_allowed', { detail: 'Only while somebody attends the conversation.' });
  }
}

function person({ id, name }: Agent) {
  return { id, name };
}
