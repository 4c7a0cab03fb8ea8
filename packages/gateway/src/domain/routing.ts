import type { Conversation, Presence } from '@prosa/core/contract';

type Origin = Conversation['origin'];

/** A conversation that an agent attends, has parked, or is asked to take. */
export interface HeldConversation {
  readonly queueId: string | null;
  readonly origin: Origin;
  readonly status: 'active' | 'pending' | 'offered';
  /** While it is parked it takes no place: its queue says so. */
  readonly parkedIsFree: boolean;
}

/** An agent, as far as it matters to whom a conversation is given. Times in epoch milliseconds. */
export interface RoutableAgent {
  readonly id: string;
  readonly active: boolean;
  readonly presence: Presence['state'];
  /** A page of theirs holds a stream; otherwise since when none does, `null`: none ever did. */
  readonly connected: boolean;
  readonly disconnectedAt: number | null;
  readonly maxConcurrent: number | null;
  /** Since when nothing was given to them. */
  readonly idleSince: number;
  readonly held: readonly HeldConversation[];
}

/** An agent who is in a queue, at a place of its order. */
export interface Candidate extends RoutableAgent {
  readonly place: number;
}

/** What there is to give. */
export interface WaitingConversation {
  readonly queueId: string | null;
  readonly origin: Origin;
  /** Agents who were asked in this round. */
  readonly refusedBy: readonly string[];
  /** Whoever is asked before the others; `null`: nobody. */
  readonly preferred: string | null;
}

/** How many conversations an agent attends at once where the agent has no limit of their own; `null`: no limit. */
export interface Limits {
  readonly queue: number | null;
  readonly workspace: number | null;
  readonly origin: number | null;
}

export interface RoutingRules {
  readonly limits: Limits;
  /** For how long an agent without a stream still counts as there; `null`: not at all. */
  readonly graceMs: number | null;
  readonly now: number;
}

/** Who is asked, first to last, and whether everybody who could be had been asked before. */
export interface RoutingChoice<Agent extends Candidate = Candidate> {
  readonly agents: readonly Agent[];
  readonly newRound: boolean;
}

/** Members of the queue in its order; of a queue without members, everybody. */
export function candidatesOf<Agent extends RoutableAgent>(
  memberIds: readonly string[],
  agents: readonly Agent[],
): (Agent & Candidate)[] {
  if (memberIds.length === 0) return agents.map((agent) => ({ ...agent, place: 0 }));
  const places = new Map(memberIds.map((id, place) => [id, place]));
  return agents.flatMap((agent) => {
    const place = places.get(agent.id);
    return place === undefined ? [] : [{ ...agent, place }];
  });
}

/** Online, and there: neither paused nor gone for longer than the grace period. */
export function isAvailable(agent: RoutableAgent, { graceMs, now }: Pick<RoutingRules, 'graceMs' | 'now'>): boolean {
  if (!agent.active || agent.presence !== 'online') return false;
  if (agent.connected) return true;
  return agent.disconnectedAt !== null && graceMs !== null && now - agent.disconnectedAt < graceMs;
}

function takesPlace({ status, parkedIsFree }: HeldConversation): boolean {
  return status !== 'pending' || !parkedIsFree;
}

/** How many conversations take a place: those attended and offered, and those parked where that frees none. */
export function loadOf({ held }: Pick<RoutableAgent, 'held'>): number {
  return held.filter(takesPlace).length;
}

/**
 * Whether the agent may have one more. The first limit that is set decides, of agent, queue, workspace and origin; each
 * counts what it is about: that of a queue only the conversations of the queue, that of an origin only those of the origin.
 */
export function hasRoom(
  agent: Pick<RoutableAgent, 'held' | 'maxConcurrent'>,
  { queueId, origin }: Pick<WaitingConversation, 'queueId' | 'origin'>,
  { queue, workspace, origin: ofOrigin }: Limits,
): boolean {
  const held = agent.held.filter(takesPlace);
  if (agent.maxConcurrent !== null) return held.length < agent.maxConcurrent;
  if (queue !== null) return held.filter((one) => one.queueId === queueId).length < queue;
  if (workspace !== null) return held.length < workspace;
  if (ofOrigin !== null) return held.filter((one) => one.origin === origin).length < ofOrigin;
  return true;
}

/** The preferred one, then least loaded, longest idle, first in the queue's order. */
export function compareCandidates(preferred: string | null): (a: Candidate, b: Candidate) => number {
  return (a, b) =>
    Number(b.id === preferred) - Number(a.id === preferred) ||
    loadOf(a) - loadOf(b) ||
    a.idleSince - b.idleSince ||
    a.place - b.place ||
    (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Whom to ask for the conversation, in order. Nobody is asked twice in a round: when all who could take it have refused, the
 * next round begins. Empty: it waits.
 */
export function chooseAgents<Agent extends Candidate>(
  conversation: WaitingConversation,
  candidates: readonly Agent[],
  rules: RoutingRules,
): RoutingChoice<Agent> {
  const able = candidates
    .filter((agent) => isAvailable(agent, rules) && hasRoom(agent, conversation, rules.limits))
    .sort(compareCandidates(conversation.preferred));
  const refused = new Set(conversation.refusedBy);
  const unasked = able.filter(({ id }) => !refused.has(id));
  return unasked.length > 0 ? { agents: unasked, newRound: false } : { agents: able, newRound: able.length > 0 };
}
