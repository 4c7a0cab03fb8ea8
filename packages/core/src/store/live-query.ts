import { backoff } from '../client/backoff.ts';
import type { Clock } from '../client/clock.ts';
import { Notifier } from '../client/notifier.ts';
import type { Live, LiveStatus, Unsubscribe } from '../client/prosa-client.ts';
import { Timer } from '../client/timer.ts';
import { hasCode, isProsaError } from '../errors/prosa-error.ts';
import type { LiveContext } from './live-context.ts';

/**
 * How long a first load waits for the stream. Events count from the stream's first frame, so what was loaded before it
 * must be loaded again; a short wait makes that rare.
 */
const streamHeadStartMs = 300;
const retryRange = { minMs: 2000, baseMs: 5000, maxMs: 60_000 };

/**
 * A value that is loaded, then kept up to date by what the store takes in. It runs from the first subscription to the
 * last; afterwards the value stays as it was.
 */
export abstract class LiveQuery<Value> implements Live<Value> {
  protected readonly context: LiveContext;
  readonly #notifier = new Notifier(() => this.#hasNews());
  #value: Value;
  #status: LiveStatus = 'idle';
  #error: Error | null = null;
  #isStale = false;
  #told: readonly unknown[] = [];
  #run: AbortController | null = null;
  #load: AbortController | null = null;
  /** The stream's epoch when the last load began; -1 when it failed or has not begun. */
  #loadedEpoch = -1;
  #failures = 0;
  readonly #retryTimer: Timer;
  #isDestroyed = false;
  #stops: Unsubscribe[] = [];

  constructor(context: LiveContext, initial: Value) {
    this.context = context;
    this.#value = initial;
    this.#retryTimer = new Timer(context.clock);
  }

  get clock(): Clock {
    return this.context.clock;
  }

  get clockAheadMs(): number {
    return this.context.clockAheadMs();
  }

  get value(): Value {
    if (this.#isStale) {
      this.#isStale = false;
      this.#value = this.compute(this.#value);
    }
    return this.#value;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  get error(): Error | null {
    return this.#error;
  }

  subscribe(listener: () => void): Unsubscribe {
    if (this.#isDestroyed) return () => undefined;
    const remove = this.#notifier.add(listener);
    if (!this.#run) this.#start();
    return () => {
      remove();
      // An element that is moved in the page leaves and comes back at once: that is no reason to load again.
      queueMicrotask(() => {
        if (this.#notifier.size === 0) this.#stop();
      });
    };
  }

  refresh(): void {
    void this.reload();
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#notifier.clear();
    this.#stop();
  }

  /** Asks the server and puts what comes into the store, or keeps it. */
  protected abstract load(signal: AbortSignal): Promise<void>;

  /** The value from what is known now; the one before when nothing changed. */
  protected abstract compute(previous: Value): Value;

  /** Subscribes to what changes the value. */
  protected abstract watch(): readonly Unsubscribe[];

  /** Ids of what is shown: the store must know it for as long. */
  protected holds(): Iterable<string> {
    return [];
  }

  /** What else a listener can see, for telling whether there is news. */
  protected visible(): readonly unknown[] {
    return [];
  }

  /** Never rejects: what went wrong is in `error`. */
  protected async reload(): Promise<void> {
    if (this.#run) await this.#reload(this.#run.signal);
  }

  protected get isLoading(): boolean {
    return this.#load !== null;
  }

  /** Aborted when the query stops; `null` while it does not run. */
  protected get runSignal(): AbortSignal | null {
    return this.#run?.signal ?? null;
  }

  protected changed(): void {
    this.#isStale = true;
    this.#notifier.notify();
  }

  #shown(): readonly unknown[] {
    return [this.value, this.#status, this.#error, ...this.visible()];
  }

  #hasNews(): boolean {
    const now = this.#shown();
    const isNews = now.some((item, index) => item !== this.#told[index]);
    this.#told = now;
    return isNews;
  }

  #start(): void {
    const { entities, stream, onConnected } = this.context;
    const run = new AbortController();
    this.#run = run;
    this.context.running.add(this);
    this.#told = this.#shown();
    this.#stops = [
      entities.retain(() => this.holds()),
      stream.retain(),
      onConnected(() => {
        if (this.#loadedEpoch !== stream.epoch) this.refresh();
      }),
      ...this.watch(),
    ];
    if (this.#status !== 'ready') this.#status = 'loading';
    this.changed();
    if (stream.current.state !== 'connecting') this.refresh();
    else {
      this.#retryTimer.set(streamHeadStartMs, () => {
        this.refresh();
      });
    }
  }

  #stop(): void {
    if (!this.#run) return;
    this.#run.abort();
    this.#run = null;
    this.context.running.delete(this);
    this.#load?.abort();
    this.#load = null;
    this.#loadedEpoch = -1;
    this.#failures = 0;
    this.#retryTimer.clear();
    if (this.#status !== 'ready') this.#status = 'idle';
    for (const stop of this.#stops.splice(0)) stop();
  }

  async #reload(run: AbortSignal, isQuiet = false): Promise<void> {
    this.#retryTimer.clear();
    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;
    this.#loadedEpoch = this.context.stream.epoch;
    if (this.#status !== 'ready' && !isQuiet) this.#status = 'loading';
    this.changed();
    try {
      await this.load(load.signal);
      if (load.signal.aborted || run.aborted) return;
      this.#status = 'ready';
      this.#error = null;
      this.#failures = 0;
    } catch (error) {
      if (load.signal.aborted || run.aborted) return;
      this.#loadedEpoch = -1;
      // What is gone, or out of sight, must not look as if it were still there.
      if (this.#status !== 'ready' || hasCode(error, 'not_found')) {
        this.#status = 'error';
        this.#error = error as Error;
      }
      this.#retryLater(run, error);
    }
    this.#load = null;
    this.changed();
  }

  /** The stream may stand while a request fails, and then no reconnection comes to load again. */
  #retryLater(run: AbortSignal, error: unknown): void {
    if (!isProsaError(error) || !error.retryable) return;
    this.#retryTimer.set(backoff(this.context.clock, retryRange, this.#failures++), () => void this.#reload(run, true));
  }
}
