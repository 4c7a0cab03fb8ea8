import type { Clock } from '../client/clock.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';
import { Timer } from '../client/timer.ts';
import { ProsaError } from '../errors/prosa-error.ts';
import { createAnswer, type Found, type Lane, type Row } from './outbox-row.ts';
import type { StoredMessage } from './outbox-storage.ts';
import { noPending, remediesOf, type PendingMessage } from './pending-message.ts';

/** As many as are kept where nobody may ever look at them. */
const maxFailed = 100;
/** After a day nobody expects a message to leave by itself. */
export const expiresAfterMs = 24 * 60 * 60 * 1000;
const expired = {
  code: 'outbox_expired',
  message: 'unable to send the message; it waited over 24 hours',
};

/** What is pending, in the order in which it is shown and sent. */
export class OutboxLanes {
  readonly #clock: Clock;
  readonly #byConversation = new Map<string, Lane>();
  readonly #observers = new Set<(conversationId: string) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  [Symbol.iterator](): Iterator<Lane> {
    return [...this.#byConversation.values()][Symbol.iterator]();
  }

  all(): Found[] {
    return [...this].flatMap((lane) => lane.rows.map((row) => ({ lane, row })));
  }

  find(clientId: string): Found | null {
    return this.all().find(({ row }) => row.pending.clientId === clientId) ?? null;
  }

  pending(conversationId: string): readonly PendingMessage[] {
    return this.#byConversation.get(conversationId)?.snapshot ?? noPending;
  }

  observe(observer: (conversationId: string) => void): Unsubscribe {
    this.#observers.add(observer);
    return () => {
      this.#observers.delete(observer);
    };
  }

  /** @param isShared another page has it, or had it */
  add({ sequence, attachmentId, failure, format: _, ...written }: StoredMessage, isShared: boolean): Row {
    const { conversationId, createdAt } = written;
    const isExpired = isShared && this.#clock.now() - createdAt > expiresAfterMs;
    const cause = failure ?? (isExpired ? expired : null);
    const error = cause && new ProsaError(cause.message, { code: cause.code, retryable: isExpired });
    const state = error ? 'failed' : 'queued';
    const row: Row = {
      pending: Object.freeze({ ...written, state, error, progress: null, remedies: remediesOf(error && error.code) }),
      sequence,
      isShared,
      stored: Promise.resolve(),
      answer: createAnswer(),
      tries: 0,
      isAbandoned: false,
      attachmentId,
      upload: null,
    };
    let lane = this.#byConversation.get(conversationId);
    if (!lane) {
      lane = { rows: [], snapshot: noPending, current: null, timer: new Timer(this.#clock) };
      this.#byConversation.set(conversationId, lane);
    }
    const place = lane.rows.findLastIndex((other) => other.pending.createdAt <= createdAt) + 1;
    lane.rows.splice(isShared ? place : lane.rows.length, 0, row);
    this.#publish(lane, conversationId);
    return row;
  }

  change({ lane, row }: Found, change: Partial<PendingMessage>): void {
    const next = { ...row.pending, ...change };
    const remedies = remediesOf(next.state === 'failed' ? (next.error as ProsaError).code : null);
    row.pending = Object.freeze({ ...next, remedies });
    this.#publish(lane, next.conversationId);
  }

  remove({ lane, row }: Found): void {
    lane.rows.splice(lane.rows.indexOf(row), 1);
    if (lane.rows.length === 0) lane.timer.clear();
    this.#publish(lane, row.pending.conversationId);
    this.tidy(lane);
  }

  /** Lets a conversation go in which nothing is pending: there can be very many in the life of a client. */
  tidy(lane: Lane): void {
    if (lane.rows.length > 0 || lane.current) return;
    for (const [conversationId, known] of this.#byConversation) {
      if (known === lane) this.#byConversation.delete(conversationId);
    }
  }

  /** Those that failed beyond as many as are kept. */
  surplus(): readonly Found[] {
    const failed = this.all().filter(({ row }) => row.pending.state === 'failed');
    return failed.sort((a, b) => a.row.pending.createdAt - b.row.pending.createdAt).slice(0, -maxFailed);
  }

  clear(): void {
    this.#byConversation.clear();
    this.#observers.clear();
  }

  #publish(lane: Lane, conversationId: string): void {
    lane.snapshot = lane.rows.length === 0 ? noPending : Object.freeze(lane.rows.map(({ pending }) => pending));
    for (const observer of [...this.#observers]) observer(conversationId);
  }
}
