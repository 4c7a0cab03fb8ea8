import type { Wake } from '../database.ts';

/** Listeners of this process. A listener that throws does not keep the others from hearing. */
export class WakeBus {
  readonly #listeners = new Set<(wake: Wake) => void>();

  /** Calls the listeners after the current turn, so that a wake-up never runs inside the caller. */
  emit(wake: Wake): void {
    for (const listener of this.#listeners) {
      queueMicrotask(() => {
        if (this.#listeners.has(listener)) listener(wake);
      });
    }
  }

  listen(listener: (wake: Wake) => void): () => void {
    // Its own function, so that one listener can be added twice and each removal takes one.
    const own = (wake: Wake): void => listener(wake);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  clear(): void {
    this.#listeners.clear();
  }
}
