import { createQueue, updateQueue } from '../commands/save-queue.ts';
import { requirePermission } from '../commands/permission.ts';
import { notFound } from '../domain/problems.ts';
import { findQueue, listQueues } from '../store/queues.ts';
import type { Handlers } from './handlers.ts';

export const queueHandlers: Handlers['queues'] = {
  list: ({ db, principal }, { query }) => listQueues(db, principal.workspaceId, query),
  async get({ db, principal }, { params }) {
    return (await findQueue(db, principal.workspaceId, params.queueId)) ?? notFound('queue');
  },
  async create(unit, principal, { body }) {
    await requirePermission(unit.tx, principal, 'queues.create');
    return await createQueue(unit, body);
  },
  async update(unit, principal, { params, body }) {
    const queue = (await findQueue(unit.tx, unit.workspaceId, params.queueId)) ?? notFound('queue');
    await requirePermission(unit.tx, principal, 'queues.edit');
    return await updateQueue(unit, queue.id, body);
  },
};
