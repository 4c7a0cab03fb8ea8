import type { Page, Queue } from '../../contract/index.ts';
import { paths } from '../../contract/paths.ts';
import { createList } from '../list.ts';
import type { QueuesResource } from '../prosa-client.ts';
import type { Transport } from '../transport.ts';

const routes = paths.queues;

export function createQueues(transport: Transport): QueuesResource {
  return {
    list: (params = {}, options = {}) =>
      createList((cursor) =>
        transport.request<Page<Queue>>(routes.list, {
          operation: 'list queues',
          query: { ...params, cursor: cursor ?? params.cursor },
          ...options,
        }),
      ),
    get: (queueId, options = {}) =>
      transport.request(routes.get, { operation: 'get the queue', params: { queueId }, ...options }),
    create: (body, options = {}) =>
      transport.request(routes.create, { operation: 'create the queue', body, ...options }),
    update: (queueId, body, options = {}) =>
      transport.request(routes.update, { operation: 'update the queue', params: { queueId }, body, ...options }),
  };
}
