import type { Clock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';

/** What is said holds a little longer than this at the gateway. */
const repeatMs = 3000;

/** Who is typing, on both sides: what the team does ends by itself, what the visitor does is said now and then. */
export class Typing {
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #show: (typing: boolean) => void;
  readonly #say: (typing: boolean) => void;
  #saidAt = -Infinity;

  constructor(clock: Clock, show: (typing: boolean) => void, say: (typing: boolean) => void) {
    this.#clock = clock;
    this.#timer = new Timer(clock);
    this.#show = show;
    this.#say = say;
  }

  /** Of the team, for so long. */
  hear(typing: boolean, forMs: number): void {
    this.clear();
    if (!typing) return;
    this.#show(true);
    this.#timer.set(forMs, () => {
      this.#show(false);
    });
  }

  /** Nobody of the team is. */
  clear(): void {
    this.#timer.clear();
    this.#show(false);
  }

  /** Of the visitor. */
  say(typing: boolean): void {
    const now = this.#clock.now();
    if (typing ? now - this.#saidAt < repeatMs : this.#saidAt === -Infinity) return;
    this.#saidAt = typing ? now : -Infinity;
    this.#say(typing);
  }
}
