import { agentPaths as routes } from '../../contract/paths.ts';
import type { Permission } from '../../contract/index.ts';
import type { AgentsResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';
const kind = 'agent';

export function createAgents({ call, entity, list }: Calls): AgentsResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    me: (options) => entity(kind, routes.me, options),
    permissions: async (options) =>
      (await call<{ permissions: readonly Permission[] }>(routes.permissions, options)).permissions,
    setPresence: (body, options) => entity(kind, routes.presence, { body, ...options }),
    setPresenceOf: (agentId, body, options) => entity(kind, routes.pause, { params: { agentId }, body, ...options }),
    get: (agentId, options) => entity(kind, routes.get, { params: { agentId }, ...options }),
    update: (agentId, body, options) => entity(kind, routes.update, { params: { agentId }, body, ...options }),
  };
}
