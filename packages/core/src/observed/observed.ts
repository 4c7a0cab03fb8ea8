import { Notifier } from '../client/notifier.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';

/** A value that changes. Live queries are such, and so is everything headless. */
export interface Observable<Value> {
  /** Frozen; the same reference while nothing changed. */
  readonly value: Value;
  /** Called after changes, never during one: once however many there were. */
  subscribe(listener: () => void): Unsubscribe;
}

export interface ObservedHooks {
  /** The first listener came. Returns what ends it, called when the last has gone. */
  readonly start: () => Unsubscribe;
}

/** A frozen value with listeners. */
export class Observed<Value extends object> implements Observable<Value> {
  readonly #hooks: ObservedHooks | undefined;
  readonly #notifier = new Notifier(() => {
    const isNews = this.#value !== this.#told;
    this.#told = this.#value;
    return isNews;
  });
  #value: Value;
  #told: Value;
  #stop: Unsubscribe | undefined;

  constructor(value: Value, hooks?: ObservedHooks) {
    this.#value = this.#told = Object.freeze(value);
    this.#hooks = hooks;
  }

  get value(): Value {
    return this.#value;
  }

  get isWatched(): boolean {
    return this.#notifier.size > 0;
  }

  /** Nothing happens when every field is what it was. */
  update(change: Partial<Value>): void {
    const names = Object.keys(change) as (keyof Value)[];
    if (names.every((name) => Object.is(change[name], this.#value[name]))) return;
    this.#value = Object.freeze({ ...this.#value, ...change });
    this.#notifier.notify();
  }

  subscribe(listener: () => void): Unsubscribe {
    const remove = this.#notifier.add(listener);
    this.#stop ??= this.#hooks?.start();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      remove();
      if (!this.isWatched) this.#end();
    };
  }

  destroy(): void {
    this.#notifier.clear();
    this.#end();
  }

  #end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
