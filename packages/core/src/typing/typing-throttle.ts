import { systemClock, type Clock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';

/** How keys become words. */
export interface TypingThrottleOptions {
  /** Tells the other side. What it throws or rejects with is lost: nothing depends on it. */
  readonly say: (typing: boolean) => unknown;
  /** While somebody goes on typing it is said again this often, in milliseconds; 3,000 when absent. The gateway holds it a little longer. */
  readonly repeatMs?: number | undefined;
  /** After so many milliseconds without a key it is said to be over; `null`: the gateway lets it run out by itself. */
  readonly idleMs?: number | null | undefined;
  readonly clock?: Clock | undefined;
}

/** Turns every key into a word now and then. */
export class TypingThrottle {
  readonly #say: TypingThrottleOptions['say'];
  readonly #repeatMs: number;
  readonly #idleMs: number | null;
  readonly #clock: Clock;
  readonly #idle: Timer;
  #saidAt = -Infinity;

  constructor({ say, repeatMs = 3000, idleMs = 5000, clock = systemClock }: TypingThrottleOptions) {
    this.#say = say;
    this.#repeatMs = repeatMs;
    this.#idleMs = idleMs;
    this.#clock = clock;
    this.#idle = new Timer(clock);
  }

  /** Something was written, or all of it was taken back or sent (`false`). */
  set(typing: boolean): void {
    this.#idle.clear();
    if (typing && this.#idleMs !== null) {
      this.#idle.set(this.#idleMs, () => {
        this.set(false);
      });
    }
    const now = this.#clock.now();
    if (typing ? Math.abs(now - this.#saidAt) < this.#repeatMs : this.#saidAt === -Infinity) return;
    this.#saidAt = typing ? now : -Infinity;
    this.#tell(typing);
  }

  /** Forgets what was said without a word: the conversation is another one now. */
  reset(): void {
    this.#idle.clear();
    this.#saidAt = -Infinity;
  }

  #tell(typing: boolean): void {
    try {
      void Promise.resolve(this.#say(typing)).catch(() => undefined);
    } catch {
      // The next key says it again.
    }
  }
}
