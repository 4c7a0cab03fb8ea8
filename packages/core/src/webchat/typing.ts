import type { Clock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';
import { TypingThrottle } from '../typing/typing-throttle.ts';

/** Who is typing, on both sides: what the team does ends by itself, what the visitor does is said now and then. */
export class Typing {
  readonly #timer: Timer;
  readonly #show: (typing: boolean) => void;
  readonly #throttle: TypingThrottle;

  constructor(clock: Clock, show: (typing: boolean) => void, say: (typing: boolean) => void) {
    this.#timer = new Timer(clock);
    this.#show = show;
    this.#throttle = new TypingThrottle({ say, idleMs: null, clock });
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
    this.#throttle.set(typing);
  }
}
