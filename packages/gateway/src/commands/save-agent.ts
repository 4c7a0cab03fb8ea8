import type { Agent, BodyOf, Routes } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { findAgent, type AgentRow } from '../store/agents.ts';
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
      presenceSince: unit.now,
      idleSince: unit.now,
      active: 1,
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'externalId']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) {
    const agent = await readAgent(unit, inserted.id);
    unit.emit('agent.created', { agent });
    return agent;
  }
  const query = unit.tx
    .selectFrom('agents')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('externalId', '=', claims.externalId);
  const row = await unit.db.lock(query).executeTakeFirstOrThrow();
  return sameClaims(row, claims) ? await readAgent(unit, row.id) : await saveAgent(unit, row, claims);
}

export function sameClaims(
  row: Pick<AgentRow, 'name' | 'email' | 'role'>,
  { name, email, role }: AgentClaims,
): boolean {
  return row.name === name && row.email === email && row.role === role;
}

export async function lockAgent(unit: Unit, agentId: string): Promise<AgentRow> {
  const query = unit.tx
    .selectFrom('agents')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', agentId);
  return (await unit.db.lock(query).executeTakeFirst()) ?? notFound('agent');
}

/** What administrators say about an agent. Saying again what is so already changes nothing. */
export async function updateAgent(
  unit: Unit,
  agentId: string,
  { active, profileId, maxConcurrent }: BodyOf<Routes['agents']['update']>,
): Promise<Agent> {
  const row = await lockAgent(unit, agentId);
  if (profileId !== undefined && profileId !== null) await requireProfile(unit, profileId);
  const wanted: Partial<AgentRow> = {
    ...(active !== undefined && { active: active ? 1 : 0 }),
    ...(profileId !== undefined && { profileId }),
    ...(maxConcurrent !== undefined && { maxConcurrent }),
  };
  const same = (Object.keys(wanted) as (keyof AgentRow)[]).every((column) => wanted[column] === row[column]);
  return same ? await readAgent(unit, agentId) : await saveAgent(unit, row, wanted);
}

/** Locked, so that it is not deleted meanwhile. The profile of the agent's own role is one like any other. */
async function requireProfile(unit: Unit, profileId: string): Promise<void> {
  const query = unit.tx
    .selectFrom('profiles')
    .select('id')
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', profileId);
  if (await unit.db.lock(query).executeTakeFirst()) return;
  refuse('validation_failed', { errors: [{ path: 'body.profileId', message: 'there is no such profile' }] });
}

/** Writes an agent that is locked, and tells. */
export async function saveAgent(unit: Unit, row: AgentRow, changes: Partial<AgentRow>): Promise<Agent> {
  const { id, ...columns } = { ...row, ...changes, updatedAt: unit.now, version: row.version + 1 };
  await unit.tx.updateTable('agents').set(columns).where('id', '=', id).execute();
  const agent = await readAgent(unit, id);
  unit.emit('agent.updated', { agent });
  return agent;
}

async function readAgent(unit: Unit, agentId: string): Promise<Agent> {
  return (await findAgent(unit.tx, unit.workspaceId, agentId)) ?? notFound('agent');
}
