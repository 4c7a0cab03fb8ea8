import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Draws the host again at each full half minute, for what is told relative to now: the gateway's now, as far as known. */
export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: () => { readonly clockAheadMs: number } | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #now = Date.now();

  constructor(host: ReactiveControllerHost, client: () => { readonly clockAheadMs: number } | null | undefined) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  /** Epoch milliseconds, the same between two ticks, so that nothing is drawn anew for a second more. */
  get now(): number {
    return this.#now - (this.#client()?.clockAheadMs ?? 0);
  }

  hostConnected(): void {
    this.#tick();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    this.#now = Date.now();
    this.#host.requestUpdate();
    this.#timer = setTimeout(
      () => {
        this.#tick();
      },
      30_000 - (this.#now % 30_000),
    );
  }
}
