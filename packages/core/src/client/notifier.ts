import type { Unsubscribe } from './prosa-client.ts';
import { reportHostError } from './report-error.ts';

/** Listeners that are told once, in a microtask, however many changes there were. */
export class Notifier {
  readonly #listeners = new Set<{ readonly call: () => void }>();
  readonly #hasNews: () => boolean;
  #queued = false;

  /** @param hasNews asked in the microtask: `false` keeps it quiet */
  constructor(hasNews: () => boolean = () => true) {
    this.#hasNews = hasNews;
  }

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: () => void): Unsubscribe {
    const entry = { call: listener };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  clear(): void {
    this.#listeners.clear();
  }

  notify(): void {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (!this.#hasNews()) return;
      for (const entry of [...this.#listeners]) {
        if (!this.#listeners.has(entry)) continue;
        try {
          entry.call();
        } catch (error) {
          reportHostError(error);
        }
      }
    });
  }
}
