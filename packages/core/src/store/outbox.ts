import { backoff } from '../client/backoff.ts';
import type { Clock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';
import { randomId } from '../client/random-id.ts';
import type { Message, MessageSend } from '../contract/index.ts';
import type { ApiError } from '../errors/api-error.ts';
import { AbortedError, UsageError } from '../errors/local-errors.ts';
import { isProsaError, ProsaError } from '../errors/prosa-error.ts';
import { withConversationLock } from './conversation-lock.ts';
import { DurableRows } from './durable-rows.ts';
import type { Identity } from './identity.ts';
import type { OutboxStorage, StoredMessage } from './outbox-storage.ts';

/** A message that was sent here and that the gateway has not confirmed. */
export interface PendingMessage {
  readonly clientId: string;
  readonly conversationId: string;
  readonly message: MessageSend;
  /** Epoch milliseconds, by this device's clock. */
  readonly createdAt: number;
  /** `failed`: it will not be tried again by itself; `error` says why. */
  readonly state: 'queued' | 'sending' | 'failed';
  readonly error: Error | null;
}

export interface OutboxOptions {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly storage: OutboxStorage | null;
  readonly identity: Identity;
  /** One try, without retries of its own. What comes back is also told to `settle`. */
  readonly post: (conversationId: string, message: MessageSend, key: string, signal: AbortSignal) => Promise<Message>;
}

interface Answer {
  readonly promise: Promise<Message>;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

interface Row {
  pending: PendingMessage;
  readonly sequence: number;
  /** An earlier page wrote it: another tab may have it too. */
  readonly isRestored: boolean;
  readonly stored: Promise<unknown>;
  /** What the sender waits for; a new one when it is tried again after it failed. */
  answer: Answer;
  tries: number;
  isAbandoned: boolean;
}

/** Messages of one conversation leave one after the other; the first that has to wait holds the others back. */
interface Lane {
  readonly rows: Row[];
  snapshot: readonly PendingMessage[];
  isSending: boolean;
  /** Set while the first message waits to be tried again. */
  readonly timer: Timer;
}

const operation = 'send the message';
const expired = {
  code: 'outbox_expired',
  message: `unable to ${operation}; it waited over 24 hours`,
};
const noRows: readonly PendingMessage[] = Object.freeze([]);
const retryRange = { minMs: 500, baseMs: 1000, maxMs: 30_000 };
/** Without a token there is nothing to hurry for. */
const authWaitMs = 5000;
/** The server may fail on this very message. */
const maxServerErrors = 5;
/** After a day nobody expects a message to leave by itself. */
const expiresAfterMs = 24 * 60 * 60 * 1000;
const maxParallel = 4;

/** Sends messages in order, each once, for as long as it takes. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #durable: DurableRows;
  readonly #lanes = new Map<string, Lane>();
  readonly #observers = new Set<(conversationId: string) => void>();
  readonly #lifetime = new AbortController();
  #owner: string | null = null;
  #isStarted = false;
  #sequence = 0;
  #sending = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#durable = new DurableRows(options.clock);
  }

  /** Opens the storage once the agent is known, and sends what an earlier page left. Tried again when it could not. */
  start(): void {
    const { storage } = this.#options;
    if (this.#isStarted || !storage) return;
    this.#isStarted = true;
    void this.#restore(storage).catch(() => (this.#isStarted = false));
  }

  async send(conversationId: string, message: MessageSend, key?: string, signal?: AbortSignal): Promise<Message> {
    if (this.#lifetime.signal.aborted) {
      throw new UsageError(`unable to ${operation}; the client was destroyed`, 'client_destroyed');
    }
    if (signal?.aborted) throw new AbortedError(operation, undefined, signal.reason);
    this.start();
    const clientId = message.clientId ?? key ?? randomId();
    if (this.#find(clientId)) this.retry(clientId);
    else {
      const createdAt = this.#options.clock.now();
      const sent = Object.freeze({ ...message, clientId });
      this.#add({ clientId, conversationId, message: sent, createdAt, state: 'queued', error: null }, null);
    }
    const answer = this.#find(clientId)?.row.answer;
    signal?.addEventListener('abort', () => {
      this.#abandon(clientId);
    });
    this.#pump();
    return (answer as Answer).promise;
  }

  pending(conversationId: string): readonly PendingMessage[] {
    return this.#lanes.get(conversationId)?.snapshot ?? noRows;
  }

  /** Called at once when the pending messages of a conversation change. */
  observe(observer: (conversationId: string) => void): Unsubscribe {
    this.#observers.add(observer);
    return () => {
      this.#observers.delete(observer);
    };
  }

  retry(clientId: string): void {
    const found = this.#find(clientId);
    if (!found || found.row.pending.state === 'sending') return;
    found.row.tries = 0;
    found.lane.timer.clear();
    if (found.row.pending.state === 'failed') {
      this.#update(found.lane, found.row, { state: 'queued', error: null, createdAt: this.#options.clock.now() });
      found.row.answer = createAnswer();
      void this.#durable.put(storedOf(found.row));
    }
    this.#pump();
  }

  discard(clientId: string): boolean {
    const found = this.#find(clientId);
    if (!found || found.row.pending.state === 'sending') return false;
    this.#remove(found.lane, found.row);
    found.row.answer.reject(new AbortedError(operation, 'it was discarded'));
    return true;
  }

  /** Its sender gave up: under way it may still arrive, but it is not tried again. */
  #abandon(clientId: string): void {
    const found = this.#find(clientId);
    if (!found || this.discard(clientId)) return;
    found.row.isAbandoned = true;
    found.row.answer.reject(new AbortedError(operation));
  }

  /** The gateway has this message, whoever said so first: the answer or an event. */
  settle(message: Message): void {
    const found = message.clientId === null ? null : this.#find(message.clientId);
    if (!found || found.row.pending.conversationId !== message.conversationId) return;
    this.#remove(found.lane, found.row);
    found.row.answer.resolve(message);
  }

  /** The way to the gateway is open again: nobody waits any longer. */
  wake(): void {
    for (const { timer } of this.#lanes.values()) timer.clear();
    this.#pump();
  }

  /** What was not sent stays in the storage. */
  destroy(): void {
    if (this.#lifetime.signal.aborted) return;
    const error = new AbortedError(operation, 'the client was destroyed');
    this.#lifetime.abort(error);
    this.#durable.close();
    for (const lane of this.#lanes.values()) {
      lane.timer.clear();
      for (const row of lane.rows) row.answer.reject(error);
    }
    this.#lanes.clear();
    this.#observers.clear();
  }

  async #restore(storage: OutboxStorage): Promise<void> {
    const { baseUrl, identity, clock } = this.#options;
    const owner = `${baseUrl} ${(await identity.get()).id}`;
    const kept = await this.#durable.open(storage, owner);
    if (this.#lifetime.signal.aborted) return;
    this.#owner = owner;
    // What was sent before the storage was open is not in it yet.
    for (const { rows } of this.#lanes.values()) for (const row of rows) void this.#durable.put(storedOf(row));
    for (const { failure, sequence, ...written } of kept) {
      if (this.#find(written.clientId)) continue;
      const isExpired = clock.now() - written.createdAt > expiresAfterMs;
      const cause = failure ?? (isExpired ? expired : null);
      const error = cause && new ProsaError(cause.message, { code: cause.code, retryable: isExpired });
      this.#add({ ...written, state: error ? 'failed' : 'queued', error }, sequence);
    }
    this.#pump();
  }

  /** @param keptSequence of a message that an earlier page wrote */
  #add(pending: PendingMessage, keptSequence: number | null): void {
    const { conversationId } = pending;
    const isRestored = keptSequence !== null;
    const sequence = keptSequence ?? this.#sequence++;
    const stored = isRestored ? Promise.resolve() : this.#durable.put(storedOf({ pending, sequence }));
    const answer = createAnswer();
    const row = { pending: Object.freeze(pending), sequence, isRestored, stored, answer, tries: 0, isAbandoned: false };
    let lane = this.#lanes.get(conversationId);
    if (!lane) {
      lane = { rows: [], snapshot: noRows, isSending: false, timer: new Timer(this.#options.clock) };
      this.#lanes.set(conversationId, lane);
    }
    const place = lane.rows.findLastIndex((other) => other.pending.createdAt <= pending.createdAt) + 1;
    lane.rows.splice(isRestored ? place : lane.rows.length, 0, row);
    this.#publish(lane, conversationId);
  }

  #find(clientId: string): { lane: Lane; row: Row } | null {
    for (const lane of this.#lanes.values()) {
      const row = lane.rows.find(({ pending }) => pending.clientId === clientId);
      if (row) return { lane, row };
    }
    return null;
  }

  #update(lane: Lane, row: Row, change: Partial<PendingMessage>): void {
    row.pending = Object.freeze({ ...row.pending, ...change });
    this.#publish(lane, row.pending.conversationId);
  }

  #remove(lane: Lane, row: Row): void {
    const { clientId, conversationId } = row.pending;
    const place = lane.rows.indexOf(row);
    if (place < 0) return;
    lane.rows.splice(place, 1);
    void row.stored.then(() => this.#durable.delete(clientId));
    if (lane.rows.length === 0) lane.timer.clear();
    this.#publish(lane, conversationId);
  }

  #publish(lane: Lane, conversationId: string): void {
    lane.snapshot = lane.rows.length === 0 ? noRows : Object.freeze(lane.rows.map(({ pending }) => pending));
    for (const observer of [...this.#observers]) observer(conversationId);
  }

  #pump(): void {
    for (const lane of this.#lanes.values()) {
      if (this.#sending >= maxParallel) return;
      const isWaiting = lane.isSending || lane.timer.isSet || !lane.rows.some(isQueued);
      if (!isWaiting) void this.#drain(lane);
    }
  }

  async #drain(lane: Lane): Promise<void> {
    lane.isSending = true;
    this.#sending++;
    try {
      for (;;) {
        const row = lane.rows.find(isQueued);
        if (!row || lane.timer.isSet || this.#lifetime.signal.aborted) break;
        await this.#sendOne(lane, row);
      }
    } finally {
      lane.isSending = false;
      this.#sending--;
    }
    if (!this.#lifetime.signal.aborted) this.#pump();
  }

  async #sendOne(lane: Lane, row: Row): Promise<void> {
    const { clock, post } = this.#options;
    const { clientId, conversationId, message } = row.pending;
    const { signal } = this.#lifetime;
    this.#update(lane, row, { state: 'sending', error: null });
    try {
      await row.stored;
      const sent = await withConversationLock(clock, `${this.#owner ?? ''} ${conversationId}`, signal, async () =>
        row.isRestored && !(await this.#durable.has(clientId)) ? null : post(conversationId, message, clientId, signal),
      );
      if (sent) {
        // A gateway that does not give the client id back.
        this.settle({ ...sent, clientId });
      } else this.#remove(lane, row);
    } catch (error) {
      // The event can be faster than an answer that fails.
      if (!lane.rows.includes(row) || signal.aborted) return;
      if (row.isAbandoned) this.#remove(lane, row);
      else this.#fail(lane, row, error as ProsaError);
    }
  }

  #fail(lane: Lane, row: Row, error: ProsaError): void {
    const { clock } = this.#options;
    const { status = 0, retryAfterMs = 0 } = error as Partial<ApiError>;
    row.tries++;
    const needsToken = error.code === 'token_unavailable' || (status === 401 && error.code !== 'agent_deactivated');
    const isLasting = status === 500 && row.tries >= maxServerErrors;
    const isExpired = clock.now() - row.pending.createdAt > expiresAfterMs;
    if ((error.retryable || needsToken) && !isLasting && !isExpired) {
      const floorMs = needsToken ? authWaitMs : retryAfterMs;
      lane.timer.set(backoff(clock, retryRange, row.tries - 1, floorMs), () => {
        this.#pump();
      });
      this.#update(lane, row, { state: 'queued', error });
      return;
    }
    this.#update(lane, row, { state: 'failed', error });
    void this.#durable.put(storedOf(row));
    row.answer.reject(error);
  }
}

function storedOf({ pending, sequence }: Pick<Row, 'pending' | 'sequence'>): StoredMessage {
  const { clientId, conversationId, message, createdAt, error } = pending;
  const failure =
    pending.state === 'failed' && isProsaError(error) ? { code: error.code, message: error.message } : null;
  return { clientId, conversationId, message, createdAt, sequence, failure };
}

function createAnswer(): Answer {
  let resolve: Answer['resolve'] = noop;
  let reject: Answer['reject'] = noop;
  const promise = new Promise<Message>((onMessage, onError) => {
    resolve = onMessage;
    reject = onError;
  });
  // Nobody may be waiting any more; whoever is has a promise of their own.
  promise.catch(noop);
  return { promise, resolve, reject };
}

function isQueued({ pending }: Row): boolean {
  return pending.state === 'queued';
}

function noop(): void {}
