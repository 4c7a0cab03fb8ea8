import type { Agent, AgentUpdate, Permission, PresenceUpdate } from '../../contract/index.ts';
import { agentPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/**
 * Who attends. They are made by their first call with a token that the host signed. A method that takes an id rejects
 * with `not_found`.
 */
export interface AgentsResource {
  /** By name; all, or the active ones, or those who are deactivated. Rejects with `cursor_invalid`. */
  list(params?: PageParams & { readonly active?: boolean | undefined }, options?: CallOptions): List<Agent>;
  /** One, also when deactivated. */
  get(agentId: string, options?: CallOptions): Promise<Agent>;
  /**
   * The agent whose token the client uses; an API key is nobody, and is refused with `forbidden`.
   * @example
   * const { name, presence } = await prosa.agents.me();
   */
  me(options?: CallOptions): Promise<Agent>;
  /** What the agent whose token the client uses may do. Agents only. */
  permissions(options?: CallOptions): Promise<readonly Permission[]>;
  /**
   * Whether conversations can be given to that agent. Agents only.
   * @example
   * await prosa.agents.setPresence({ state: 'paused', pauseReason: 'Almoço' });
   */
  setPresence(presence: PresenceUpdate, options?: CommandOptions): Promise<Agent>;
  /** The same for another agent. */
  setPresenceOf(agentId: string, presence: PresenceUpdate, options?: CommandOptions): Promise<Agent>;
  /**
   * Activates or deactivates, gives a profile or a limit. Whoever is deactivated is refused everything with
   * `agent_deactivated`.
   */
  update(agentId: string, changes: AgentUpdate, options?: CommandOptions): Promise<Agent>;
}

export function createAgents({ methods }: Calls): AgentsResource {
  const { list, act, say } = methods('agent');
  const permissions = methods().act(routes.permissions);
  return {
    list: list(routes.list),
    get: act(routes.get),
    me: act(routes.me),
    permissions: async (options) => (await permissions(options)).permissions,
    setPresence: say(routes.presence),
    setPresenceOf: say(routes.pause),
    update: say(routes.update),
  };
}
