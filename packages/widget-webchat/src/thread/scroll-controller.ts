import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near the end still counts as the end, in pixels. */
const nearEnd = 40;

/** Keeps the newest message in sight while the visitor is at the end, and their place while they are not. */
export class ScrollController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };
  #atEnd = true;
  #before: { readonly height: number; readonly top: number } | null = null;

  constructor(host: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment }) {
    this.#host = host;
    host.addController(this);
  }

  get isAtEnd(): boolean {
    return this.#atEnd;
  }

  /** After the next drawing. */
  toEnd(): void {
    this.#atEnd = true;
    this.#host.requestUpdate();
  }

  /** Older messages come in above: what is read stays where it is. */
  holdPlace(): void {
    const log = this.#log;
    if (log) this.#before = { height: log.scrollHeight, top: log.scrollTop };
  }

  readonly onScroll = (): void => {
    const log = this.#log;
    if (!log) return;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight <= nearEnd;
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#host.requestUpdate();
  };

  readonly onGrowth = (): void => {
    const log = this.#log;
    if (log && this.#atEnd) log.scrollTop = log.scrollHeight;
  };

  hostUpdated(): void {
    const log = this.#log;
    if (!log) {
      this.#atEnd = true;
      return;
    }
    if (this.#before && log.scrollHeight !== this.#before.height) {
      log.scrollTop = this.#before.top + log.scrollHeight - this.#before.height;
      this.#before = null;
    } else if (this.#atEnd) {
      log.scrollTop = log.scrollHeight;
    }
  }

  get #log(): Element | null {
    return this.#host.renderRoot.querySelector('.log');
  }
}
