import type { Agent, Conversation, QueueSettings } from '@prosa/core/contract';
import { refuse } from '../domain/problems.ts';
import { hasRoom, isAvailable, loadOf, type Limits, type RoutingRules } from '../domain/routing.ts';
import type { WorkspaceSettings } from '../domain/workspace-settings.ts';
import { second } from '../clock.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { queueInEffect } from '../store/queues.ts';
import { routableAgents, type NamedAgent } from '../store/routing.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { lockAgent } from './save-agent.ts';

type Given = Pick<ConversationRow, 'queueId' | 'origin'>;

export function rulesFor(
  { origin }: Given,
  queue: QueueSettings,
  workspace: WorkspaceSettings,
  now: number,
): RoutingRules {
  const { disconnectGraceSeconds, maxConcurrent, origins } = workspace;
  const limits: Limits = {
    queue: queue.maxConcurrent,
    workspace: maxConcurrent,
    origin: origins[origin as Conversation['origin']].maxConcurrent,
  };
  return {
    limits,
    graceMs: disconnectGraceSeconds === null ? null : disconnectGraceSeconds * second,
    offerAgainMs: queue.offerAgainSeconds * second,
    now,
  };
}

/**
 * Locks the agent who was chosen, until the commit.
 * @returns `null`: they cannot take the conversation any more, or got another one since they were chosen, so that somebody
 * else may be the next
 */
export async function lockCandidate(
  unit: Unit,
  chosen: NamedAgent,
  conversation: Given,
  rules: RoutingRules,
): Promise<NamedAgent | null> {
  const agent = await lockedAgent(unit, chosen.id);
  if (!agent || !isAvailable(agent, rules) || loadOf(agent) > loadOf(chosen)) return null;
  return hasRoom(agent, toGive(conversation), rules.limits) ? agent : null;
}

/** For what agents take by themselves. Supervisors and administrators know what they do. */
export async function requireRoom(unit: Unit, { id, role }: Agent, conversation: Given): Promise<void> {
  const agent = await lockedAgent(unit, id);
  if (role !== 'agent' || !agent) return;
  const { settings } = await queueInEffect(unit.tx, conversation.queueId);
  const workspace = await workspaceSettings(unit.tx, unit.workspaceId);
  const { limits } = rulesFor(conversation, settings, workspace, unit.now);
  if (!hasRoom(agent, toGive(conversation), limits)) refuse('agent_at_limit');
}

/** Something was given to the agent, who is locked: of equals they are the last to get more. */
export async function noteGiven(unit: Unit, agentId: string): Promise<void> {
  await unit.tx.updateTable('agents').set({ idleSince: unit.now }).where('id', '=', agentId).execute();
}

/** Whatever others gave the agent has been committed once the lock is ours, so it is read after. */
async function lockedAgent(unit: Unit, agentId: string): Promise<NamedAgent | null> {
  await lockAgent(unit, agentId);
  const [agent] = await routableAgents(unit.tx, unit.workspaceId, [agentId]);
  return agent ?? null;
}

function toGive({ queueId, origin }: Given) {
  return { queueId, origin: origin as Conversation['origin'] };
}
