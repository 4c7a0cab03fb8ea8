import { sql, type Expression, type SqlBool } from 'kysely';
import type { Place, Viewer } from '../domain/visibility.ts';
import type { Reader } from './database.ts';

/** Queues that the agent is in, and those that are everybody's because nobody is named. */
export async function queueIdsOf(db: Reader, workspaceId: string, agentId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('queues as queue')
    .select('queue.id')
    .where('queue.workspaceId', '=', workspaceId)
    .where((eb) => {
      const members = eb.selectFrom('queueAgents as member').whereRef('member.queueId', '=', 'queue.id');
      return eb.or([
        eb.not(eb.exists(members.select('member.agentId'))),
        eb.exists(members.select('member.agentId').where('member.agentId', '=', agentId)),
      ]);
    })
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** As `isVisible`, for a query that calls the conversations `c`. */
export function visibleTo({ agentId, sees, queueIds }: Viewer): Expression<SqlBool> {
  if (sees === 'all') return sql<SqlBool>`1 = 1`;
  if (sees === 'nothing' || agentId === null) return sql<SqlBool>`1 = 0`;
  const inQueue = queueIds.size === 0 ? sql`1 = 0` : sql`${sql.ref('c.queueId')} in (${sql.join([...queueIds])})`;
  return sql<SqlBool>`(${inQueue} or ${sql.ref('c.assigneeId')} = ${agentId}
    or (${sql.ref('c.offeredTo')} = ${agentId} and ${sql.ref('c.status')} = 'offered')
    or exists (select 1 from ${sql.table('participants')} where ${sql.ref('participants.conversationId')} =
      ${sql.ref('c.id')} and ${sql.ref('participants.agentId')} = ${agentId}))`;
}

/** `null`: there is no such conversation in the workspace. */
export async function findPlace(
  db: Reader,
  workspaceId: string,
  conversationId: string,
): Promise<(Place & { readonly status: string }) | null> {
  const row = await db
    .selectFrom('conversations')
    .select(['queueId', 'assigneeId', 'offeredTo', 'status'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', conversationId)
    .executeTakeFirst();
  if (!row) return null;
  const { queueId, status, assigneeId, offeredTo } = row;
  const invited = await db
    .selectFrom('participants')
    .select('agentId')
    .where('conversationId', '=', conversationId)
    .execute();
  const named = [assigneeId, status === 'offered' ? offeredTo : null, ...invited.map(({ agentId }) => agentId)];
  return { queueId, status, agentIds: named.filter((id) => id !== null) };
}
