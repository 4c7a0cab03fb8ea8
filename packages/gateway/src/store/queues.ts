import type { Queue, QueueSettings } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import type { Person } from '../domain/person.ts';
import { parseQueueSettings, usualQueueSettings } from '../domain/queue-settings.ts';
import type { Reader } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { QueuesTable } from './schema.ts';

export type QueueRow = Selectable<QueuesTable>;

export function queueOf(row: QueueRow, agents: readonly Person[]): Queue {
  const { id, name, version } = row;
  return {
    id,
    name,
    ...parseQueueSettings(row.settings),
    agents,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version,
  };
}

/** Who is in each queue, in the order in which they are asked. */
export async function membersOf(
  db: Reader,
  queueIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Person[]>> {
  const members = new Map<string, Person[]>(queueIds.map((id) => [id, []]));
  if (queueIds.length === 0) return members;
  const rows = await db
    .selectFrom('queueAgents as member')
    .innerJoin('agents as agent', 'agent.id', 'member.agentId')
    .select(['member.queueId', 'agent.id', 'agent.name'])
    .where('member.queueId', 'in', queueIds)
    .orderBy('member.place')
    .orderBy('agent.id')
    .execute();
  for (const { queueId, id, name } of rows) members.get(queueId)?.push({ id, name });
  return members;
}

export async function findQueue(db: Reader, workspaceId: string, id: string): Promise<Queue | null> {
  const row = await db
    .selectFrom('queues')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? queueOf(row, (await membersOf(db, [id])).get(id) ?? []) : null;
}

/** How the queue of a conversation works; what is in no queue works as usual. */
export async function queueInEffect(
  db: Reader,
  queueId: string | null,
): Promise<{ readonly queue: Person | null; readonly settings: QueueSettings }> {
  const row =
    queueId === null
      ? undefined
      : await db.selectFrom('queues').select(['id', 'name', 'settings']).where('id', '=', queueId).executeTakeFirst();
  if (!row) return { queue: null, settings: usualQueueSettings };
  return { queue: { id: row.id, name: row.name }, settings: parseQueueSettings(row.settings) };
}

export async function listQueues(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = db
    .selectFrom('queues')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byName));
  const rows = await query.execute();
  const members = await membersOf(
    db,
    rows.map(({ id }) => id),
  );
  return pageOf(
    rows,
    page.limit,
    (row) => ({ key: row.name, id: row.id }),
    (row) => queueOf(row, members.get(row.id) ?? []),
  );
}
