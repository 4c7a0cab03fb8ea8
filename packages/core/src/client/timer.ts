import type { Clock, TimerHandle } from './clock.ts';

/** One timer that is set, set anew, or cleared. */
export class Timer {
  readonly #clock: Clock;
  #handle: TimerHandle | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isSet(): boolean {
    return this.#handle !== null;
  }

  set(delayMs: number, callback: () => void): void {
    this.clear();
    this.#handle = this.#clock.setTimeout(() => {
      this.#handle = null;
      callback();
    }, delayMs);
  }

  clear(): void {
    if (this.#handle !== null) this.#clock.clearTimeout(this.#handle);
    this.#handle = null;
  }
}
