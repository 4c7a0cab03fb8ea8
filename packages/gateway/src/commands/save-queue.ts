import type { BodyOf, Queue, Routes } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { mergeQueueSettings, parseQueueSettings, usualQueueSettings } from '../domain/queue-settings.ts';
import { findQueue } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';

type Creation = BodyOf<Routes['queues']['create']>;
type Change = BodyOf<Routes['queues']['update']>;

export async function createQueue(unit: Unit, { name, agentIds = [], ...settings }: Creation): Promise<Queue> {
  const id = newId('queue', unit.now);
  await unit.tx
    .insertInto('queues')
    .values({
      id,
      workspaceId: unit.workspaceId,
      name,
      settings: JSON.stringify(mergeQueueSettings(usualQueueSettings, settings)),
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .execute();
  await setMembers(unit, id, agentIds);
  const queue = await readQueue(unit, id);
  unit.emit('queue.created', { queue });
  return queue;
}

export async function updateQueue(
  unit: Unit,
  queueId: string,
  { name, agentIds, ...settings }: Change,
): Promise<Queue> {
  const query = unit.tx
    .selectFrom('queues')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', queueId);
  const row = (await unit.db.lock(query).executeTakeFirst()) ?? notFound('queue');
  await unit.tx
    .updateTable('queues')
    .set({
      name: name ?? row.name,
      settings: JSON.stringify(mergeQueueSettings(parseQueueSettings(row.settings), settings)),
      updatedAt: unit.now,
      version: row.version + 1,
    })
    .where('id', '=', queueId)
    .execute();
  if (agentIds) await setMembers(unit, queueId, agentIds);
  const queue = await readQueue(unit, queueId);
  unit.emit('queue.updated', { queue });
  return queue;
}

async function setMembers(unit: Unit, queueId: string, agentIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(agentIds)];
  await unit.tx.deleteFrom('queueAgents').where('queueId', '=', queueId).execute();
  if (wanted.length === 0) return;
  const known = await unit.tx
    .selectFrom('agents')
    .select('id')
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', 'in', wanted)
    .execute();
  if (known.length < wanted.length) {
    refuse('validation_failed', { errors: [{ path: 'body.agentIds', message: 'names an agent that is not there' }] });
  }
  await unit.tx
    .insertInto('queueAgents')
    .values(wanted.map((agentId, place) => ({ queueId, agentId, place })))
    .execute();
}

async function readQueue(unit: Unit, queueId: string): Promise<Queue> {
  return (await findQueue(unit.tx, unit.workspaceId, queueId)) ?? notFound('queue');
}
