import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Unsubscribe } from '@prosa/core';

/** What a live query, a connection or a store have in common. */
export interface Subscribable {
  subscribe(listener: () => void): Unsubscribe;
}

/**
 * Draws the host again when what it reads changes.
 *
 * Without a selector every change counts; with one, only a change of what it returns. Moving the host in the document
 * keeps the subscription, taking it out ends it, putting it back starts it again.
 */
export class StoreController<Source extends Subscribable, Selected = Source> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #selector: ((source: Source) => Selected) | undefined;
  readonly #onChange: (() => void) | undefined;
  #source: Source | null = null;
  #selected: Selected | undefined;
  #unsubscribe: Unsubscribe | undefined;
  #connected = false;

  constructor(
    host: ReactiveControllerHost,
    options: { readonly selector?: (source: Source) => Selected; readonly onChange?: () => void } = {},
  ) {
    this.#host = host;
    this.#selector = options.selector;
    this.#onChange = options.onChange;
    host.addController(this);
  }

  get source(): Source | null {
    return this.#source;
  }

  set source(source: Source | null) {
    if (source === this.#source) return;
    this.#stop();
    this.#source = source;
    this.#selected = undefined;
    if (this.#connected) this.#start();
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#start();
  }

  hostDisconnected(): void {
    this.#connected = false;
    queueMicrotask(() => {
      if (!this.#connected) this.#stop();
    });
  }

  #start(): void {
    if (this.#unsubscribe || !this.#source) return;
    const source = this.#source;
    this.#selected = this.#selector?.(source);
    this.#unsubscribe = source.subscribe(() => {
      if (this.#selector) {
        const selected = this.#selector(source);
        if (Object.is(selected, this.#selected)) return;
        this.#selected = selected;
      }
      this.#onChange?.();
      this.#host.requestUpdate();
    });
  }

  #stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}

/** Binds a live query that the host makes: it is destroyed when another takes its place. */
export class LiveController<Query extends Subscribable & { destroy(): void }> {
  readonly #store: StoreController<Query>;
  #key: readonly unknown[] | null = null;

  constructor(host: ReactiveControllerHost, onChange?: () => void) {
    this.#store = new StoreController<Query>(host, onChange ? { onChange } : {});
  }

  get current(): Query | null {
    return this.#store.source;
  }

  /** Makes the query anew when a part of the key is another than last time; `null`: none. Says whether it did. */
  bind(key: readonly unknown[] | null, make: () => Query): boolean {
    const same =
      key === null || this.#key === null ? key === this.#key : key.every((part, i) => part === this.#key?.[i]);
    if (same) return false;
    this.#key = key;
    const previous = this.#store.source;
    this.#store.source = key === null ? null : make();
    previous?.destroy();
    return true;
  }
}
