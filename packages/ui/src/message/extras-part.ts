import type { LitElement } from 'lit';
import type { MessageExtras } from './extras/message-extras.ts';

/**
 * What goes beyond texts and files: places, cards, orders, questions, quotes, reactions, and what an agent does with a
 * message. It comes with the first thread, after what is read.
 */
export class ExtrasPart {
  readonly #host: LitElement;
  #extras: MessageExtras | null = null;
  #loading: Promise<void> | null = null;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** `null` until they are here; the host draws again then. */
  get current(): MessageExtras | null {
    if (!this.#extras) void this.#load();
    return this.#extras;
  }

  #load(): Promise<void> {
    return (this.#loading ??= import('./extras/message-extras.ts').then(
      ({ MessageExtras: Extras }) => {
        this.#extras = new Extras(this.#host);
        this.#host.requestUpdate();
      },
      () => {
        // Without a connection; the next drawing asks again.
        this.#loading = null;
      },
    ));
  }
}
