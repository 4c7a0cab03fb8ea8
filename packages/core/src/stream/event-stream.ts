import { backoff } from '../client/backoff.ts';
import type { Clock } from '../client/clock.ts';
import { Notifier } from '../client/notifier.ts';
import type { EventTransport } from '../client/connection-state.ts';
import type { Connection, ConnectionSnapshot, Unsubscribe } from '../client/prosa-client.ts';
import { idleConnection } from './idle-connection.ts';
import { Timer } from '../client/timer.ts';
import type { ProsaEvent, SignalData, SignalType } from '../contract/index.ts';
import { ApiError } from '../errors/api-error.ts';
import { AuthError, ConnectionError } from '../errors/local-errors.ts';
import { isProsaError } from '../errors/prosa-error.ts';
import { isTrying, nextState, type ConnectionInput } from './connection-machine.ts';
import type { FrameSource } from './frame-source.ts';
import { defaultWindowMs, type Frame } from './frames.ts';
import { hasNoNetwork, listenForWake } from './wake.ts';

export interface EventStreamOptions {
  readonly clock: Clock;
  readonly source: FrameSource;
  /** Where an earlier program stopped: this one goes on from there. */
  readonly cursor?: string | undefined;
  /** The token in use is over. */
  readonly refuseToken: () => void;
  readonly onEvent: (event: ProsaEvent) => void;
  /** Something that is told now and not kept. */
  readonly onSignal: <Type extends SignalType>(type: Type, data: SignalData[Type]) => void;
  readonly onDiscontinuity: (reason: string) => void;
  /** After each hello. */
  readonly onConnected: () => void;
  /** The device is awake, or its network is back. */
  readonly onOnline: () => void;
  readonly onChange: (snapshot: ConnectionSnapshot) => void;
}

/** One try to hold the stream. Whatever arrives for another than the current one is late and ignored. */
interface Session {
  readonly controller: AbortController;
  heardAt: number;
  greetedAt: number | null;
}

const retryRange = { minMs: 250, baseMs: 1000, maxMs: 30_000 };
const authRange = { minMs: 5000, baseMs: 10_000, maxMs: 60_000 };
const silenceMs = 30_000;
const watchEveryMs = 2000;
const longLostAfterMs = 120_000;
const lingerMs = 5000;
/** A page that is looked at again and again must not become a storm. */
const wakeEveryMs = 5000;
/** A stream that lives shorter than this does not count as a success. */
const stableAfterMs = 1000;

/** Holds the event stream while anybody needs it: opens, watches, resumes. The states are in `connection-machine.ts`. */
export class EventStream implements Omit<Connection, 'ready'> {
  readonly #options: EventStreamOptions;
  readonly #clock: Clock;
  readonly #notifier = new Notifier();
  #current = idleConnection;
  #session: Session | null = null;
  #cursor: string | undefined;
  /** Counts the streams that did not continue an earlier one: what was loaded in another epoch may have missed events. */
  #epoch = 0;
  /** Somebody has been listening since the last hello: a stream that does not resume is then a gap. */
  #isContinuing = false;
  #users = 0;
  #isHeld = false;
  #attempt = 0;
  #windowMs = defaultWindowMs;
  #transport: EventTransport = 'sse';
  #silenceMs = silenceMs;
  #heardAt = 0;
  #wokenAt = -Infinity;
  readonly #retryTimer: Timer;
  readonly #watchTimer: Timer;
  readonly #longLostTimer: Timer;
  readonly #lingerTimer: Timer;
  #stopWake: Unsubscribe | null = null;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#cursor = options.cursor;
    this.#isContinuing = !!options.cursor;
    this.#retryTimer = new Timer(options.clock);
    this.#watchTimer = new Timer(options.clock);
    this.#longLostTimer = new Timer(options.clock);
    this.#lingerTimer = new Timer(options.clock);
  }

  get current(): ConnectionSnapshot {
    return this.#current;
  }

  get epoch(): number {
    return this.#epoch;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.#notifier.add(listener);
  }

  connect(): void {
    this.#isHeld = true;
    this.#input('open');
  }

  disconnect(): void {
    this.#isHeld = false;
    this.#input('release');
  }

  retry(): void {
    if (this.#current.state === 'failed') this.#input('retry');
    else if (this.#current.nextTryAt !== null) this.#start();
  }

  destroy(): void {
    this.#input('destroy');
    this.#lingerTimer.clear();
    this.#notifier.clear();
  }

  /** Keeps the stream open until the returned function is called, and a little longer, for whoever comes next. */
  retain(): Unsubscribe {
    this.#users++;
    this.#lingerTimer.clear();
    this.#input('open');
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      if (--this.#users > 0 || this.#current.state === 'closed') return;
      this.#lingerTimer.set(lingerMs, () => {
        if (this.#users > 0 || this.#isHeld) return;
        // Whoever comes later starts from what it loads then, not from events that nobody waited for.
        this.#cursor = undefined;
        this.#isContinuing = false;
        this.#input('release');
      });
    };
  }

  #input(input: ConnectionInput, error: Error | null = this.#current.error): void {
    const { state, nextTryAt } = this.#current;
    const next = nextState(state, input);
    const transport = next === 'connected' ? this.#transport : null;
    if (next === state) {
      if (error !== this.#current.error || transport !== this.#current.transport) this.#publish({ error, transport });
      return;
    }
    if (next === 'connecting') this.#begin();
    if (!isTrying(next)) this.#end();
    const isFine = next === 'connected' || next === 'connecting';
    this.#publish({
      state: next,
      from: state,
      reason: input,
      transport,
      error: isFine ? null : error,
      nextTryAt: isTrying(next) ? nextTryAt : null,
    });
    if (next === 'connecting' && this.#current.state === next) this.#start();
  }

  #publish(change: Partial<ConnectionSnapshot>): void {
    this.#current = Object.freeze({ ...this.#current, attempt: this.#attempt, ...change });
    this.#notifier.notify();
    this.#options.onChange(this.#current);
  }

  #begin(): void {
    this.#attempt = 0;
    this.#heardAt = this.#clock.now();
    this.#stopWake ??= listenForWake({
      onWake: () => {
        this.#options.onOnline();
        this.#wake();
      },
      onNoNetwork: () => {
        if (this.#current.state === 'connected') this.#lose(lostError('the device has no network'), 'no_network');
        else this.#input('no_network');
      },
    });
  }

  #end(): void {
    this.#drop();
    this.#retryTimer.clear();
    this.#longLostTimer.clear();
    this.#stopWake?.();
    this.#stopWake = null;
  }

  #drop(): void {
    const session = this.#session;
    this.#session = null;
    this.#watchTimer.clear();
    session?.controller.abort();
  }

  #start(): void {
    this.#drop();
    this.#retryTimer.clear();
    const session: Session = { controller: new AbortController(), heardAt: this.#clock.now(), greetedAt: null };
    this.#session = session;
    this.#watch(session);
    void this.#run(session);
    if (this.#current.nextTryAt !== null) this.#publish({ nextTryAt: null });
  }

  async #run(session: Session): Promise<void> {
    const { signal } = session.controller;
    try {
      await this.#options.source(this.#cursor, {
        signal,
        onBytes: () => {
          if (this.#session === session) this.#heardAt = session.heardAt = this.#clock.now();
        },
        onFrame: (frame) => {
          if (this.#session === session) this.#receive(session, frame);
        },
      });
      throw lostError('it ended');
    } catch (error) {
      if (this.#session !== session) return;
      // Asked for again it would be as large: start anew instead.
      if (error instanceof RangeError) this.#cursor = undefined;
      this.#lose(isProsaError(error) ? error : lostError('it broke off', error));
    }
  }

  #receive(session: Session, frame: Frame): void {
    if (frame.kind === 'hello') {
      this.#greet(session, frame);
      return;
    }
    if (session.greetedAt === null) return;
    if (frame.kind === 'bye') {
      this.#windowMs = frame.windowMs;
      const isRefused = frame.reason === 'agent_deactivated';
      if (isRefused || frame.reason === 'token_expired') this.#options.refuseToken();
      this.#lose(lostError(`the server ended it: ${frame.reason}`), isRefused ? 'unauthorized' : 'lost');
      return;
    }
    if (frame.kind === 'signal') {
      this.#options.onSignal(frame.type, frame.data);
      return;
    }
    // A server that replays from the cursor, not after it.
    if (frame.cursor === this.#cursor) return;
    // Before any callback: one that fails, or that reconnects, must not make the event come again.
    this.#cursor = frame.cursor;
    if (frame.kind === 'event') this.#options.onEvent(frame.event);
  }

  #greet(session: Session, hello: Frame & { readonly kind: 'hello' }): void {
    session.greetedAt = this.#clock.now();
    this.#windowMs = hello.windowMs;
    this.#transport = hello.transport;
    this.#silenceMs = Math.max(silenceMs, hello.heartbeatMs + 10_000);
    const isResumed = hello.resumed && this.#cursor !== undefined;
    const isGap = !isResumed && this.#isContinuing;
    this.#isContinuing = true;
    // After a resume our own cursor is the truth until the replay has passed it.
    if (!isResumed) {
      this.#cursor = hello.cursor;
      this.#epoch++;
    }
    this.#longLostTimer.clear();
    this.#input('hello');
    if (this.#session === session) this.#options.onConnected();
    if (isGap && this.#session === session) {
      this.#options.onDiscontinuity('the server could not resume');
    }
  }

  #lose(error: Error, input: ConnectionInput = inputOf(error)): void {
    const greetedAt = this.#session?.greetedAt ?? null;
    if (greetedAt !== null && this.#clock.now() - greetedAt >= stableAfterMs) this.#attempt = 0;
    this.#drop();
    // It may be the cursor that is refused: without one the answer is final.
    const isFinal = input !== 'refused' || this.#cursor === undefined;
    const outcome = isFinal ? input : 'lost';
    if (!isFinal) this.#cursor = undefined;
    this.#input(outcome, error);
    if (!isTrying(this.#current.state)) return;
    if (hasNoNetwork()) this.#input('no_network');
    this.#expectLongLost();
    this.#schedule(outcome, error instanceof ApiError ? error.retryAfterMs : undefined);
  }

  #expectLongLost(): void {
    const leftMs = this.#heardAt + longLostAfterMs - this.#clock.now();
    if (leftMs <= 0) this.#input('long_lost');
    else {
      this.#longLostTimer.set(leftMs, () => {
        this.#input('long_lost');
      });
    }
  }

  #schedule(outcome: ConnectionInput, floorMs = 0): void {
    if (!isTrying(this.#current.state)) return;
    const attempt = this.#attempt++;
    const first = { minMs: 0, baseMs: this.#windowMs, maxMs: this.#windowMs };
    const range = outcome === 'unauthorized' ? authRange : attempt === 0 ? first : retryRange;
    const waitMs = Math.round(backoff(this.#clock, range, attempt, floorMs));
    this.#retryTimer.set(waitMs, () => {
      this.#start();
    });
    this.#publish({ nextTryAt: this.#clock.now() + waitMs });
  }

  /** Timers stop while a laptop sleeps: what counts is how long ago something was heard. */
  #watch(session: Session): void {
    this.#watchTimer.set(watchEveryMs, () => {
      if (this.#session !== session) return;
      if (this.#isSilent(session)) this.#lose(lostError(`nothing was heard for ${this.#silenceMs / 1000} s`));
      else this.#watch(session);
    });
  }

  /** In the future, too: somebody set the clock back, and nobody knows for how long it has been silent. */
  #isSilent(session: Session): boolean {
    return Math.abs(this.#clock.now() - session.heardAt) >= this.#silenceMs;
  }

  #wake(): void {
    const now = this.#clock.now();
    const session = this.#session;
    const isStuck =
      session && (this.#isSilent(session) || (session.greetedAt === null && now - session.heardAt >= wakeEveryMs));
    if (!isStuck && this.#current.nextTryAt === null) return;
    if (Math.abs(now - this.#wokenAt) < wakeEveryMs) return;
    this.#wokenAt = now;
    if (isStuck) this.#lose(lostError('the device slept'));
    this.#start();
  }
}

function lostError(reason: string, cause?: unknown): ConnectionError {
  return new ConnectionError(`unable to keep the event stream open; ${reason}`, cause, 'connection_lost');
}

function inputOf(error: Error): ConnectionInput {
  if (error instanceof AuthError) return 'unauthorized';
  if (!(error instanceof ApiError) || error.retryable || error.status < 400 || error.status >= 500) return 'lost';
  return error.status === 401 ? 'unauthorized' : 'refused';
}
