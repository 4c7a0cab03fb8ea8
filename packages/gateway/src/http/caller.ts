import type { Agent } from '@prosa/core/contract';
import type { Principal } from '../commands/principal.ts';
import { refuse } from '../domain/problems.ts';

/** The agent who calls; `null` for an API key. */
export function callerAgentId(principal: Principal): string | null {
  return principal.kind === 'agent' ? principal.agent.id : null;
}

/** For what only a person can do. The contract lists the callers of each route, so this is never seen from outside. */
export function agentOnly(principal: Principal): Agent {
  return principal.kind === 'agent' ? principal.agent : refuse('forbidden');
}
