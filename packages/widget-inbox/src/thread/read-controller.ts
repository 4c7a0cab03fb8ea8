import type { LiveThread, ProsaClient } from '@prosa/core';
import { createReadPolicy, type ReadPolicy, type Sight } from '@prosa/core/headless';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Reading {
  readonly client: ProsaClient;
  readonly thread: LiveThread;
  readonly me: ReturnType<ProsaClient['live']['me']>;
  /** The newest message is in sight. */
  readonly atEnd: boolean;
}

/** Tells the read policy of the open conversation what of it is in sight: in a page that is visible and has the focus. */
export class ReadController implements ReactiveController {
  readonly #reading: () => Reading | null;
  #policy: ReadPolicy | null = null;
  #of: Reading | null = null;
  #sight: Sight | null = null;

  constructor(host: ReactiveControllerHost, reading: () => Reading | null) {
    this.#reading = reading;
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of ['focus', 'blur']) window.addEventListener(name, this.#look);
    document.addEventListener('visibilitychange', this.#look);
  }

  hostDisconnected(): void {
    for (const name of ['focus', 'blur']) window.removeEventListener(name, this.#look);
    document.removeEventListener('visibilitychange', this.#look);
    this.#follow(null);
  }

  /** The policy follows what is written by itself: only what is in sight is news to it. */
  hostUpdated(): void {
    const reading = this.#reading();
    const isSame = (['client', 'thread', 'me'] as const).every((part) => reading?.[part] === this.#of?.[part]);
    if (!isSame) this.#follow(reading);
    if (reading && reading.atEnd !== this.#sight?.atEnd) this.#look();
  }

  #follow(reading: Reading | null): void {
    this.#policy?.destroy();
    this.#policy = reading && createReadPolicy(reading.client, reading.thread, reading.me);
    this.#of = reading;
    this.#sight = null;
  }

  readonly #look = (): void => {
    const visible = document.visibilityState === 'visible';
    this.#sight = { visible, focused: document.hasFocus(), atEnd: this.#reading()?.atEnd ?? false };
    this.#policy?.look(this.#sight);
  };
}
