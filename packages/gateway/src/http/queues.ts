import { createQueue, updateQueue } from '../commands/save-queue.ts';
import { notFound } from '../domain/problems.ts';
import { findQueue, listQueues } from '../store/queues.ts';
import type { Handlers } from './handlers.ts';

export const queueHandlers: Handlers['queues'] = {
  list: ({ db, principal }, { query }) => listQueues(db, principal.workspaceId, query),
  async get({ db, principal }, { params }) {
    return (await findQueue(db, principal.workspaceId, params.queueId)) ?? notFound('queue');
  },
  create: (unit, _principal, { body }) => createQueue(unit, body),
  update: (unit, _principal, { params, body }) => updateQueue(unit, params.queueId, body),
};
