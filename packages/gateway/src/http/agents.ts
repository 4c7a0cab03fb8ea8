import { permissions } from '@prosa/core/contract';
import { permissionsOf, requirePermission } from '../commands/permission.ts';
import { setAgentActive } from '../commands/save-agent.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { findAgent, listAgents } from '../store/agents.ts';
import { agentOnly } from './caller.ts';
import type { Handlers } from './handlers.ts';

export const agentHandlers: Handlers['agents'] = {
  list: ({ db, principal }, { query }) => listAgents(db, principal.workspaceId, query),
  me: ({ principal }) => Promise.resolve(agentOnly(principal)),
  async permissions({ db, principal }) {
    const allowed = await permissionsOf(db, principal);
    return { permissions: allowed === 'all' ? [...permissions] : [...allowed] };
  },
  presence: () => refuse('unavailable'),
  pause: () => refuse('unavailable'),
  async get({ db, principal }, { params }) {
    return (await findAgent(db, principal.workspaceId, params.agentId)) ?? notFound('agent');
  },
  async update(unit, principal, { params, body }) {
    const agent = (await findAgent(unit.tx, unit.workspaceId, params.agentId)) ?? notFound('agent');
    await requirePermission(unit.tx, principal, 'agents.edit');
    return body.active === undefined ? agent : await setAgentActive(unit, agent.id, body.active);
  },
};
