import type { Agent, Page } from '../../contract/index.ts';
import { paths } from '../../contract/paths.ts';
import type { EntityStore } from '../../store/entity-store.ts';
import { createList } from '../list.ts';
import type { AgentsResource } from '../prosa-client.ts';
import type { Transport, TransportRequest } from '../transport.ts';

const routes = paths.agents;

export function createAgents(transport: Transport, entities: EntityStore): AgentsResource {
  async function one(route: string, request: TransportRequest): Promise<Agent> {
    const agent = await transport.request<Agent>(route, request);
    entities.put('agent', agent);
    return agent;
  }

  return {
    list: (params = {}, options = {}) =>
      createList((cursor) =>
        transport.request<Page<Agent>>(routes.list, {
          operation: 'list agents',
          query: { ...params, cursor: cursor ?? params.cursor },
          ...options,
        }),
      ),
    me: (options = {}) => one(routes.me, { operation: 'get the agent of the token', ...options }),
    get: (agentId, options = {}) => one(routes.get, { operation: 'get the agent', params: { agentId }, ...options }),
    update: (agentId, body, options = {}) =>
      one(routes.update, { operation: 'update the agent', params: { agentId }, body, ...options }),
  };
}
