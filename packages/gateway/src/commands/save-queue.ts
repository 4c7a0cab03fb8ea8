import type { Queue } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { notFound } from '../domain/problems.ts';
import { queueOf } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';

export async function createQueue(unit: Unit, name: string): Promise<Queue> {
  const row = await unit.tx
    .insertInto('queues')
    .values({
      id: newId('queue', unit.now),
      workspaceId: unit.workspaceId,
      name,
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const queue = queueOf(row);
  unit.emit('queue.created', { queue });
  return queue;
}

export async function renameQueue(unit: Unit, queueId: string, name: string): Promise<Queue> {
  const row = await unit.tx
    .updateTable('queues')
    .set((eb) => ({ name, updatedAt: unit.now, version: eb('version', '+', 1) }))
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', queueId)
    .returningAll()
    .executeTakeFirst();
  const queue = queueOf(row ?? notFound('queue'));
  unit.emit('queue.updated', { queue });
  return queue;
}
