import type { Tx } from '../store/database.ts';
import { AdminError } from './admin-error.ts';

/** The queue of this id, or the workspace's oldest. */
export async function oldestQueueId(tx: Tx, workspaceId: string, queueId: string | undefined): Promise<string> {
  let query = tx
    .selectFrom('queues')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .orderBy('createdAt')
    .orderBy('id');
  if (queueId !== undefined) query = query.where('id', '=', queueId);
  const queue = await query.executeTakeFirst();
  if (!queue) {
    throw new AdminError(`unable to connect the channel; the workspace has no queue ${queueId ?? ''}`.trimEnd());
  }
  return queue.id;
}
