import type { Permission } from '@prosa/core/contract';

/** Somebody of the workspace, and which conversations they are shown. */
export interface Viewer {
  /** `null`: a server, which has no conversations of its own. */
  readonly agentId: string | null;
  readonly allowed: ReadonlySet<Permission> | 'all';
  readonly sees: 'all' | 'own_queues' | 'nothing';
  /** With `own_queues`: the queues the agent is in, and those that are everybody's. */
  readonly queueIds: ReadonlySet<string>;
}

/** Where a conversation stands, as far as it says who may see it. */
export interface Place {
  readonly queueId: string | null;
  /** Whose it is: the assignee, whom its card is offered to, who was invited. */
  readonly agentIds: readonly string[];
}

export function isAllowed({ allowed }: Pick<Viewer, 'allowed'>, permission: Permission): boolean {
  return allowed === 'all' || allowed.has(permission);
}

export function isOwn({ agentId }: Viewer, { agentIds }: Place): boolean {
  return agentId !== null && agentIds.includes(agentId);
}

/** What waits in no queue is seen by whoever sees everything. */
export function isVisible(viewer: Viewer, place: Place): boolean {
  if (viewer.sees !== 'own_queues') return viewer.sees === 'all';
  return isOwn(viewer, place) || (place.queueId !== null && viewer.queueIds.has(place.queueId));
}
