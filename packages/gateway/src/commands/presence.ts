import type { Agent, PresenceUpdate } from '@prosa/core/contract';
import { refuse } from '../domain/problems.ts';
import { agentOf, agentsWithNames } from '../store/agents.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { lockAgent, saveAgent } from './save-agent.ts';

/** Whether conversations can be given to the agent, as they or a supervisor say. The same again changes nothing. */
export async function setPresence(
  unit: Unit,
  agentId: string,
  { state, pauseReason = null }: PresenceUpdate,
): Promise<Agent> {
  if (pauseReason !== null) await requireReason(unit, state, pauseReason);
  const row = await lockAgent(unit, agentId);
  if (row.presence === state && row.pauseReason === pauseReason) {
    return agentOf(await agentsWithNames(unit.tx).where('agent.id', '=', agentId).executeTakeFirstOrThrow());
  }
  return await saveAgent(unit, row, { presence: state, pauseReason, presenceSince: unit.now });
}

async function requireReason(unit: Unit, state: PresenceUpdate['state'], reason: string): Promise<void> {
  const { pauseReasons } = await workspaceSettings(unit.tx, unit.workspaceId);
  const message =
    state !== 'paused'
      ? 'goes with the state paused only'
      : pauseReasons.includes(reason)
        ? null
        : `must be one of the reasons of this workspace: ${pauseReasons.join(', ')}`;
  if (message !== null) refuse('validation_failed', { errors: [{ path: 'body.pauseReason', message }] });
}
