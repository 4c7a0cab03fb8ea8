import type { ConversationStatus } from '@prosa/core/contract';

/** Before there is a conversation. */
export type LifecycleState = ConversationStatus | 'none';

/** Where a command leads, and the rule of the state machine that says so (`docs/concepts.md`). */
export interface Transition {
  readonly to: ConversationStatus;
  readonly rule: `T${number}`;
}

/**
 * The life of a conversation, as a table: state → command → where it leads. What is not in the row of a state is refused
 * there.
 *
 *     triage, bot, awaiting_reply ──→ queued ⇄ offered ──→ active ⇄ pending ──→ wrap_up ──→ closed
 *                                                                                 expired: nobody came in time
 *
 * With the closing policy `none`, finishing passes through `wrap_up` and reaches `closed` in one command.
 */
export const lifecycle = {
  none: {
    receive_by_bot: { to: 'bot', rule: 'T1' },
    receive: { to: 'queued', rule: 'T2' },
    receive_for_triage: { to: 'triage', rule: 'T3' },
    start: { to: 'awaiting_reply', rule: 'T5' },
  },
  triage: {
    receive: { to: 'triage', rule: 'T3' },
    convert_to_queue: { to: 'queued', rule: 'T4' },
    convert_to_agent: { to: 'active', rule: 'T4' },
    discard: { to: 'closed', rule: 'T15' },
  },
  bot: {
    receive: { to: 'bot', rule: 'T1' },
    hand_over: { to: 'queued', rule: 'T8' },
    resolve_by_bot: { to: 'closed', rule: 'T9' },
    leave: { to: 'closed', rule: 'T9' },
    expire: { to: 'expired', rule: 'T30' },
  },
  awaiting_reply: {
    reply_to_queue: { to: 'queued', rule: 'T6' },
    reply_to_agent: { to: 'active', rule: 'T6' },
    expire: { to: 'expired', rule: 'T7' },
    end: { to: 'wrap_up', rule: 'T24' },
  },
  queued: {
    receive: { to: 'queued', rule: 'T2' },
    defer: { to: 'triage', rule: 'T10' },
    turn_away: { to: 'closed', rule: 'T10' },
    offer: { to: 'offered', rule: 'T11' },
    accept: { to: 'active', rule: 'T14' },
    assign: { to: 'active', rule: 'T14' },
    leave: { to: 'closed', rule: 'T15' },
    queue_timeout: { to: 'closed', rule: 'T15' },
    discard: { to: 'closed', rule: 'T15' },
    transfer_to_agent: { to: 'active', rule: 'T19' },
    transfer_to_queue: { to: 'queued', rule: 'T20' },
    expire: { to: 'expired', rule: 'T30' },
  },
  offered: {
    receive: { to: 'offered', rule: 'T11' },
    accept: { to: 'active', rule: 'T12' },
    decline: { to: 'queued', rule: 'T13' },
    offer_timeout: { to: 'queued', rule: 'T13' },
    return_to_sender: { to: 'active', rule: 'T20' },
    leave: { to: 'closed', rule: 'T15' },
    discard: { to: 'closed', rule: 'T15' },
    transfer_to_agent: { to: 'active', rule: 'T19' },
    transfer_to_queue: { to: 'queued', rule: 'T20' },
    expire: { to: 'expired', rule: 'T30' },
  },
  active: {
    send: { to: 'active', rule: 'T16' },
    receive: { to: 'active', rule: 'T17' },
    view: { to: 'active', rule: 'T18' },
    transfer_to_agent: { to: 'active', rule: 'T19' },
    transfer_to_queue: { to: 'queued', rule: 'T20' },
    transfer_with_offer: { to: 'offered', rule: 'T20' },
    invite: { to: 'active', rule: 'T21' },
    join: { to: 'active', rule: 'T21' },
    park: { to: 'pending', rule: 'T22' },
    requeue: { to: 'queued', rule: 'T23' },
    end: { to: 'wrap_up', rule: 'T24' },
    leave: { to: 'wrap_up', rule: 'T25' },
    inactivity: { to: 'wrap_up', rule: 'T26' },
    expire: { to: 'expired', rule: 'T30' },
  },
  pending: {
    send: { to: 'pending', rule: 'T16' },
    receive: { to: 'active', rule: 'T22' },
    resume: { to: 'active', rule: 'T22' },
    view: { to: 'pending', rule: 'T18' },
    transfer_to_agent: { to: 'active', rule: 'T19' },
    transfer_to_queue: { to: 'queued', rule: 'T20' },
    transfer_with_offer: { to: 'offered', rule: 'T20' },
    invite: { to: 'pending', rule: 'T21' },
    join: { to: 'pending', rule: 'T21' },
    requeue: { to: 'queued', rule: 'T23' },
    end: { to: 'wrap_up', rule: 'T24' },
    leave: { to: 'wrap_up', rule: 'T25' },
    inactivity: { to: 'wrap_up', rule: 'T26' },
    expire: { to: 'expired', rule: 'T30' },
  },
  wrap_up: {
    save: { to: 'closed', rule: 'T27' },
  },
  closed: {
    reopen: { to: 'queued', rule: 'T28' },
  },
  expired: {
    reopen: { to: 'queued', rule: 'T28' },
  },
} as const satisfies Record<LifecycleState, Readonly<Record<string, Transition>>>;

type Table = typeof lifecycle;
export type LifecycleCommand = { [State in keyof Table]: keyof Table[State] }[keyof Table] & string;

/** The state that the command leads to, or `null` when the state does not allow it. */
export function nextStatus(from: LifecycleState, command: LifecycleCommand): ConversationStatus | null {
  const row: Readonly<Record<string, Transition>> = lifecycle[from];
  return Object.hasOwn(row, command) ? (row[command]?.to ?? null) : null;
}

/** Over: nothing but a reopening follows. */
export const endedStatuses = ['closed', 'expired'] as const satisfies readonly ConversationStatus[];

/** No more messages belong to it: what the customer writes next is a service of its own. */
export const chatOverStatuses = [...endedStatuses, 'wrap_up'] as const satisfies readonly ConversationStatus[];

export function isChatOver(status: string): boolean {
  return (chatOverStatuses as readonly string[]).includes(status);
}

export function isOver(status: string): boolean {
  return (endedStatuses as readonly string[]).includes(status);
}

/** Somebody attends it. */
export function isInService(status: string): boolean {
  return status === 'active' || status === 'pending';
}

/** Nobody of the team has it yet: `queued`, or a card that was offered. */
export function isWaiting(status: string): boolean {
  return status === 'queued' || status === 'offered';
}
