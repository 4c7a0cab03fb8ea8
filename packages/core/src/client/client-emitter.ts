import { EventEmitter } from 'eventemitter3';
import type { ClientEvents, Unsubscribe } from './prosa-client.ts';
import { reportHostError } from './report-error.ts';

/** Tells listeners by name; one that throws keeps the others from nothing. */
export class ClientEmitter {
  readonly #emitter = new EventEmitter();

  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): Unsubscribe {
    return this.#listen(name, listener);
  }

  /** Of our own parts: the stream is there (again). */
  onConnected(listener: () => void): Unsubscribe {
    return this.#listen('connected', listener);
  }

  #listen<Event>(name: string, listener: (event: Event) => void): Unsubscribe {
    const guarded = (event: Event) => {
      try {
        listener(event);
      } catch (error) {
        reportHostError(error);
      }
    };
    this.#emitter.on(name, guarded);
    return () => {
      this.#emitter.off(name, guarded);
    };
  }

  emit(name: string, event: unknown): void {
    this.#emitter.emit(name, event);
  }

  clear(): void {
    this.#emitter.removeAllListeners();
  }
}
