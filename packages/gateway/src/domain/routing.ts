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
  /** Who declined it or let it pass, each once, the longest ago first. */
  readonly refusals: readonly CardRefusal[];
  /** Whoever is asked before the others; `null`: nobody. */
  readonly preferred: string | null;
}

/** An agent did not take the card, at that time. */
export interface CardRefusal {
  readonly agentId: string;
  /** Epoch milliseconds. */
  readonly at: number;
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
  /** For how long the only one who could take it is left alone after a refusal. */
  readonly offerAgainMs: number;
  readonly now: number;
}

/** Who is asked, first to last; none: it waits. */
export interface RoutingChoice<Agent extends Candidate = Candidate> {
  readonly agents: readonly Agent[];
  /** Somebody has room for others, but has just refused this one. */
  readonly refusedLately: boolean;
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

type Present = Pick<RoutableAgent, 'active' | 'presence' | 'connected' | 'disconnectedAt'>;

/** There, if only paused: not gone for longer than the grace period. */
export function isThere(agent: Present, { graceMs, now }: Pick<RoutingRules, 'graceMs' | 'now'>): boolean {
  if (!agent.active || agent.presence === 'offline') return false;
  if (agent.connected) return true;
  return agent.disconnectedAt !== null && graceMs !== null && now - agent.disconnectedAt < graceMs;
}

/** There, and not paused. */
export function isAvailable(agent: Present, grace: Pick<RoutingRules, 'graceMs' | 'now'>): boolean {
  return agent.presence === 'online' && isThere(agent, grace);
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
 * Whom to ask for the conversation, in order: nobody twice before all who could take it were asked, then whoever refused
 * the longest ago. The only one there is is asked again when some time has passed.
 */
export function chooseAgents<Agent extends Candidate>(
  conversation: WaitingConversation,
  candidates: readonly Agent[],
  rules: RoutingRules,
): RoutingChoice<Agent> {
  const able = candidates
    .filter((agent) => isAvailable(agent, rules) && hasRoom(agent, conversation, rules.limits))
    .sort(compareCandidates(conversation.preferred));
  const refusals = new Map(conversation.refusals.map(({ agentId, at }, order) => [agentId, { at, order }]));
  const unasked = able.filter(({ id }) => !refusals.has(id));
  if (unasked.length > 0 || able.length === 0) return { agents: unasked, refusedLately: false };
  const orderOf = ({ id }: Agent) => refusals.get(id)?.order ?? 0;
  const again = able.toSorted((a, b) => orderOf(a) - orderOf(b));
  const [only] = again;
  const refusedAt = again.length === 1 && only ? refusals.get(only.id)?.at : undefined;
  const refusedLately = refusedAt !== undefined && rules.now - refusedAt < rules.offerAgainMs;
  return { agents: refusedLately ? [] : again, refusedLately };
}

/** The refusals with the one of that agent as the latest. */
export function withRefusal(refusals: readonly CardRefusal[], refusal: CardRefusal): readonly CardRefusal[] {
  return [...refusals.filter(({ agentId }) => agentId !== refusal.agentId), refusal];
}
