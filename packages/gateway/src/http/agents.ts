import { permissions } from '@prosa/core/contract';
import { permissionsOf, requirePermission } from '../commands/permission.ts';
import { setPresence } from '../commands/presence.ts';
import { updateAgent } from '../commands/save-agent.ts';
import { notFound } from '../domain/problems.ts';
import { findAgent, listAgents } from '../store/agents.ts';
import { agentOnly, callerAgentId } from './caller.ts';
import type { Handlers } from './handlers.ts';

export const agentHandlers: Handlers['agents'] = {
  list: ({ db, principal }, { query }) => listAgents(db, principal.workspaceId, query),
  me: ({ principal }) => Promise.resolve(agentOnly(principal)),
  async permissions({ db, principal }) {
    const allowed = await permissionsOf(db, principal);
    return { permissions: allowed === 'all' ? [...permissions] : [...allowed] };
  },
  presence: (unit, principal, { body }) => setPresence(unit, agentOnly(principal).id, body),
  async pause(unit, principal, { params, body }) {
    const agent = (await findAgent(unit.tx, unit.workspaceId, params.agentId)) ?? notFound('agent');
    if (agent.id !== callerAgentId(principal)) await requirePermission(unit.tx, principal, 'agents.pause_others');
    return await setPresence(unit, agent.id, body);
  },
  async get({ db, principal }, { params }) {
    return (await findAgent(db, principal.workspaceId, params.agentId)) ?? notFound('agent');
  },
  update: (unit, _principal, { params, body }) => updateAgent(unit, params.agentId, body),
};
