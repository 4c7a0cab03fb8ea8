import { setAgentActive } from '../commands/save-agent.ts';
import { notFound } from '../domain/problems.ts';
import { findAgent, listAgents } from '../store/agents.ts';
import { agentOnly } from './caller.ts';
import type { Handlers } from './handlers.ts';

export const agentHandlers: Handlers['agents'] = {
  list: ({ db, principal }, { query }) => listAgents(db, principal.workspaceId, query),
  me: ({ principal }) => Promise.resolve(agentOnly(principal)),
  async get({ db, principal }, { params }) {
    return (await findAgent(db, principal.workspaceId, params.agentId)) ?? notFound('agent');
  },
  update: (unit, _principal, { params, body }) => setAgentActive(unit, params.agentId, body.active),
};
