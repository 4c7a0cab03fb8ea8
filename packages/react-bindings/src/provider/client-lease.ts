import type { ProsaClient, Unsubscribe } from '@prosa/core';

/** A client that ends with its last holder. */
export class ClientLease {
  readonly client: ProsaClient;
  #holders = 0;
  #isOver = false;

  constructor(client: ProsaClient) {
    this.client = client;
  }

  /** The client was destroyed and is of no more use. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Keeps the client until the returned function is called. */
  hold(): Unsubscribe {
    this.#holders++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders--;
      // StrictMode and Fast Refresh let go and take again at once: that is no end.
      queueMicrotask(() => {
        if (this.#holders > 0 || this.#isOver) return;
        this.#isOver = true;
        this.client.destroy();
      });
    };
  }
}
