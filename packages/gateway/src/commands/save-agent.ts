import type { Agent } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { notFound } from '../domain/problems.ts';
import { agentOf, type AgentRow } from '../store/agents.ts';
import type { Unit } from '../store/unit.ts';

/** What the host's token says about the person. */
export interface AgentClaims {
  readonly externalId: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Agent['role'];
}

/** Makes the agent on the first call, and follows the host's data afterwards. */
export async function provisionAgent(unit: Unit, claims: AgentClaims): Promise<Agent> {
  const inserted = await unit.tx
    .insertInto('agents')
    .values({
      ...claims,
      id: newId('agent', unit.now),
      workspaceId: unit.workspaceId,
      active: 1,
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'externalId']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) {
    const agent = agentOf(inserted);
    unit.emit('agent.created', { agent });
    return agent;
  }
  const query = unit.tx
    .selectFrom('agents')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('externalId', '=', claims.externalId);
  const row = await unit.db.lock(query).executeTakeFirstOrThrow();
  return sameClaims(row, claims) ? agentOf(row) : await saveAgent(unit, row, claims);
}

export function sameClaims(row: AgentRow, { name, email, role }: AgentClaims): boolean {
  return row.name === name && row.email === email && row.role === role;
}

export async function setAgentActive(unit: Unit, agentId: string, active: boolean): Promise<Agent> {
  const query = unit.tx
    .selectFrom('agents')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', agentId);
  const row = (await unit.db.lock(query).executeTakeFirst()) ?? notFound('agent');
  if ((row.active === 1) === active) return agentOf(row);
  return await saveAgent(unit, row, { active: active ? 1 : 0 });
}

async function saveAgent(unit: Unit, row: AgentRow, changes: Partial<AgentRow>): Promise<Agent> {
  const saved = { ...row, ...changes, updatedAt: unit.now, version: row.version + 1 };
  const { id, ...columns } = saved;
  await unit.tx.updateTable('agents').set(columns).where('id', '=', id).execute();
  const agent = agentOf(saved);
  unit.emit('agent.updated', { agent });
  return agent;
}
