import { queuePaths as routes } from '../../contract/paths.ts';
import type { QueuesResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';

export function createQueues({ call, list }: Calls): QueuesResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    get: (queueId, options) => call(routes.get, { params: { queueId }, ...options }),
    create: (body, options) => call(routes.create, { body, ...options }),
    update: (queueId, body, options) => call(routes.update, { params: { queueId }, body, ...options }),
  };
}
