import type { Agent } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import type { Reader } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { AgentsTable } from './schema.ts';

export type AgentRow = Selectable<AgentsTable>;
/** The row with the name that goes beside it on the wire. */
export type NamedAgentRow = AgentRow & { readonly profileName: string | null };

export function agentsWithNames(db: Reader) {
  return db
    .selectFrom('agents as agent')
    .leftJoin('profiles as profile', 'profile.id', 'agent.profileId')
    .selectAll('agent')
    .select('profile.name as profileName');
}

export function agentOf(row: NamedAgentRow): Agent {
  return {
    id: row.id,
    externalId: row.externalId,
    name: row.name,
    email: row.email,
    role: row.role as Agent['role'],
    profile: row.profileId === null ? null : { id: row.profileId, name: row.profileName ?? '' },
    maxConcurrent: row.maxConcurrent,
    presence: {
      state: row.presence as Agent['presence']['state'],
      pauseReason: row.pauseReason,
      connected: row.connected === 1,
      since: isoTime(row.presenceSince === 0 ? row.createdAt : row.presenceSince),
    },
    active: row.active === 1,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

export async function findAgent(db: Reader, workspaceId: string, id: string): Promise<Agent | null> {
  const row = await agentsWithNames(db)
    .where('agent.workspaceId', '=', workspaceId)
    .where('agent.id', '=', id)
    .executeTakeFirst();
  return row ? agentOf(row) : null;
}

const byAgentName = { ...byName, column: 'agent.name', id: 'agent.id' } as const;

export async function listAgents(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly active?: boolean | undefined },
) {
  let query = agentsWithNames(db)
    .where('agent.workspaceId', '=', workspaceId)
    .orderBy('agent.name')
    .orderBy('agent.id')
    .limit(page.limit + 1);
  if (page.active !== undefined) query = query.where('agent.active', '=', page.active ? 1 : 0);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byAgentName));
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.name, id: row.id }), agentOf);
}
