import { AsyncLocalStorage } from 'node:async_hooks';

const running = new AsyncLocalStorage<Turns>();

/**
 * The turns of one page's program. Whatever reaches it from outside comes as a turn, so that a page can be put to sleep
 * or be gone in between, as a browser does it: what it had begun by then goes on without it.
 */
export class Turns {
  #waiting: (() => void)[] | null = null;
  #isWaking = false;
  #isOver = false;

  /** Those that run now. */
  static current(): Turns | undefined {
    return running.getStore();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  run(turn: () => void): void {
    if (this.#isOver) return;
    if (this.#waiting) this.#waiting.push(turn);
    else running.run(this, turn);
  }

  /** What a promise from outside gives, in a turn. */
  hand<T>(given: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      given.then(
        (value) => {
          this.run(() => {
            resolve(value);
          });
        },
        (error: unknown) => {
          this.run(() => {
            reject(error as Error);
          });
        },
      );
    });
  }

  /** Runs at once, in the name of the page, unless it sleeps or is gone. */
  do<T>(work: () => T): T | undefined {
    return this.#isOver || this.#waiting ? undefined : running.run(this, work);
  }

  sleep(): void {
    this.#isWaking = false;
    if (!this.#isOver) this.#waiting ??= [];
  }

  /** What waited comes first, one turn after the other. */
  wake(): void {
    if (!this.#waiting || this.#isWaking) return;
    this.#isWaking = true;
    const next = () => {
      if (!this.#isWaking) return;
      const turn = this.#waiting?.shift();
      if (turn) running.run(this, turn);
      if (this.#waiting?.length) setImmediate(next);
      else {
        this.#isWaking = false;
        this.#waiting = null;
      }
    };
    setImmediate(next);
  }

  end(): void {
    this.#isOver = true;
    this.#isWaking = false;
    this.#waiting = null;
  }
}
