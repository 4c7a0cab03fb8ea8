import type { Queue } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import type { Reader } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { QueuesTable } from './schema.ts';

export function queueOf(row: Selectable<QueuesTable>): Queue {
  const { id, name, version } = row;
  return { id, name, createdAt: isoTime(row.createdAt), updatedAt: isoTime(row.updatedAt), version };
}

export async function findQueue(db: Reader, workspaceId: string, id: string): Promise<Queue | null> {
  const row = await db
    .selectFrom('queues')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? queueOf(row) : null;
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
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.name, id: row.id }), queueOf);
}
