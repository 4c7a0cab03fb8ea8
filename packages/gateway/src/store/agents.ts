import type { Agent } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import type { Reader } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { AgentsTable } from './schema.ts';

export type AgentRow = Selectable<AgentsTable>;

export function agentOf(row: AgentRow): Agent {
  return {
    id: row.id,
    externalId: row.externalId,
    name: row.name,
    email: row.email,
    role: row.role as Agent['role'],
    active: row.active === 1,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

export async function findAgent(db: Reader, workspaceId: string, id: string): Promise<Agent | null> {
  const row = await db
    .selectFrom('agents')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? agentOf(row) : null;
}

export async function listAgents(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly active?: boolean | undefined },
) {
  let query = db
    .selectFrom('agents')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit + 1);
  if (page.active !== undefined) query = query.where('active', '=', page.active ? 1 : 0);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byName));
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.name, id: row.id }), agentOf);
}
