import type { ProsaEvent } from '../contract/index.ts';
import type { ClientEvents, Unsubscribe } from './prosa-client.ts';
import { reportHostError } from './report-error.ts';

/** Tells listeners by name, in the order they came; one that throws keeps the others from nothing. */
export class ClientEmitter {
  readonly #listeners = new Set<{ readonly name: string; readonly call: (event: never) => void }>();

  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): Unsubscribe {
    return this.#listen(name, listener);
  }

  /** Every event of the contract, whatever its type. */
  onEvent(listener: (event: ProsaEvent) => void): Unsubscribe {
    return this.#listen('event', listener);
  }

  /** Of our own parts: the stream is there (again). */
  onConnected(listener: () => void): Unsubscribe {
    return this.#listen('connected', listener);
  }

  /** Of our own parts: the device is awake, or its network is back. */
  onOnline(listener: () => void): Unsubscribe {
    return this.#listen('online', listener);
  }

  #listen(name: string, call: (event: never) => void): Unsubscribe {
    const entry = { name, call };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  emit(name: string, event: unknown): void {
    // Of a copy: who begins to listen during an event waits for the next one, who ends is not told any more.
    for (const entry of [...this.#listeners]) {
      if (entry.name !== name || !this.#listeners.has(entry)) continue;
      try {
        entry.call(event as never);
      } catch (error) {
        reportHostError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
