import { refuse } from '../domain/problems.ts';
import type { Unit } from '../store/unit.ts';
import { lockAgent, saveAgent } from './save-agent.ts';

/** A page of the agent holds a stream. The same stream again only says that it is still there. */
export async function connectAgent(unit: Unit, agentId: string, streamId: string): Promise<void> {
  const row = await lockAgent(unit, agentId);
  if (row.active === 0) refuse('agent_deactivated');
  await unit.tx
    .insertInto('agentStreams')
    .values({ id: streamId, workspaceId: unit.workspaceId, agentId, openedAt: unit.now, seenAt: unit.now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seenAt: unit.now }))
    .execute();
  if (row.connected === 0) await saveAgent(unit, row, { connected: 1, disconnectedAt: null });
}

/** Nobody holds a stream of the agent any more: the grace period begins. Looked up again under the agent's lock. */
export async function disconnectAgent(unit: Unit, agentId: string): Promise<void> {
  const row = await lockAgent(unit, agentId);
  if (row.connected === 0) return;
  const held = await unit.tx.selectFrom('agentStreams').select('id').where('agentId', '=', agentId).executeTakeFirst();
  if (!held) await saveAgent(unit, row, { connected: 0, disconnectedAt: unit.now });
}
