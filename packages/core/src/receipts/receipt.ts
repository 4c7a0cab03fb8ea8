import type { Message, MessageStatus } from '../contract/index.ts';
import type { PendingMessage, PendingRemedy } from '../store/pending-message.ts';

/** The tick of a message: how far it got, and what helps where it failed. */
export interface Receipt {
  /**
   * `waiting`: not at the gateway yet. `pending`: the gateway has it, the channel not. `unconfirmed`: the channel's
   * answer was lost, and a later status settles it. `none`: inbound and internal messages have no tick.
   */
  readonly state: 'none' | 'waiting' | MessageStatus;
  /** When that was, ISO 8601; `null` where nobody said. */
  readonly at: string | null;
  /** Why it failed: a code of the channel or of the client, and its text. */
  readonly failure: { readonly code: string; readonly detail: string } | null;
  /**
   * What helps, best first; empty where nothing failed. `resend`: `messages.resend`, a new message; the others are those
   * of a `PendingMessage`. An unconfirmed message may have arrived and is not sent again.
   */
  readonly remedies: readonly ('resend' | PendingRemedy)[];
}

const none: Receipt['remedies'] = Object.freeze([]);
const resend: Receipt['remedies'] = Object.freeze(['resend']);
const known = new WeakMap<Message | PendingMessage, Receipt>();

/**
 * The ticks of a message, of the thread or on its way. The same object for the same message.
 *
 * @example
 * for (const message of thread.value.messages) console.log(receiptOf(message).state);
 */
export function receiptOf(message: Message | PendingMessage): Receipt {
  let receipt = known.get(message);
  if (!receipt) {
    receipt = Object.freeze('position' in message ? ofMessage(message) : ofPending(message));
    known.set(message, receipt);
  }
  return receipt;
}

function ofMessage({ status, failure, createdAt, sentAt, deliveredAt, readAt }: Message): Receipt {
  if (status === null) return { state: 'none', at: null, failure: null, remedies: none };
  const times: Partial<Record<MessageStatus, string | null>> = {
    pending: createdAt,
    sent: sentAt,
    delivered: deliveredAt,
    read: readAt,
  };
  const failed = status === 'failed';
  return {
    state: status,
    at: times[status] ?? null,
    failure: failed ? failure : null,
    remedies: failed ? resend : none,
  };
}

function ofPending({ state, error, createdAt, remedies }: PendingMessage): Receipt {
  if (state !== 'failed') {
    return { state: 'waiting', at: new Date(createdAt).toISOString(), failure: null, remedies: none };
  }
  const { code = 'unknown' } = (error ?? {}) as { readonly code?: string };
  return { state: 'failed', at: null, failure: { code, detail: error?.message ?? '' }, remedies };
}
