import type { ReactiveControllerHost } from 'lit';

/** A part of a widget that is loaded when it is first wanted, and kept. */
export class LazyPart<Part> {
  readonly #host: ReactiveControllerHost;
  readonly #load: () => Promise<Part>;
  readonly #onError: (error: unknown) => void;
  #part: Part | null = null;
  #loading: Promise<Part> | null = null;

  constructor(host: ReactiveControllerHost, load: () => Promise<Part>, onError: (error: unknown) => void) {
    this.#host = host;
    this.#load = load;
    this.#onError = onError;
  }

  /** `null` until it is here. */
  get current(): Part | null {
    return this.#part;
  }

  /** As `current`, for what is drawn: asks for it once, and again with the next drawing when it could not come. */
  get wanted(): Part | null {
    if (!this.#loading) this.use(() => undefined);
    return this.#part;
  }

  /** Does something with it, now or as soon as it is here. */
  use(action: (part: Part) => void): void {
    if (this.#part) {
      action(this.#part);
      return;
    }
    this.#loading ??= this.#load();
    this.#loading.then(
      (part) => {
        this.#part = part;
        action(part);
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        // Without a connection it cannot come; the next click tries again.
        this.#loading = null;
        this.#onError(error);
      },
    );
  }
}
