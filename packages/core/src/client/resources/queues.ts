import type { Queue, QueueCreate, QueueUpdate } from '../../contract/index.ts';
import { queuePaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/**
 * Where conversations wait, and how they find an agent. A method that takes an id rejects with `not_found`. Making and
 * changing them is for API keys and for agents whose profile has it.
 */
export interface QueuesResource {
  /** By name. Rejects with `cursor_invalid`. */
  list(params?: PageParams, options?: CallOptions): List<Queue>;
  /** One, with its settings and its agents in the order in which they are asked. */
  get(queueId: string, options?: CallOptions): Promise<Queue>;
  /**
   * What is not given has the usual value. Durations are named with their unit, hours are `HH:MM` in the time zone of
   * the workspace.
   * @example
   * await prosa.queues.create({ name: 'Financeiro', routing: 'offer', offerSeconds: 30, maxConcurrent: 4 });
   */
  create(queue: QueueCreate, options?: CommandOptions): Promise<Queue>;
  /** The fields that are given; `agentIds` replaces all of them. */
  update(queueId: string, changes: QueueUpdate, options?: CommandOptions): Promise<Queue>;
}

export function createQueues({ methods }: Calls): QueuesResource {
  const { list, act, say } = methods();
  return {
    list: list(routes.list),
    get: act(routes.get),
    create: say(routes.create),
    update: say(routes.update),
  };
}
