import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Layout = 'narrow' | 'medium' | 'wide';

const narrowBelow = 480;
const mediumBelow = 900;

/** How much room the host has, for what a container query cannot decide: what takes part in keyboard and focus. */
export class LayoutController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: ResizeObserver | undefined;
  #layout: Layout = 'wide';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get current(): Layout {
    return this.#layout;
  }

  hostConnected(): void {
    this.#measure(this.#host.clientWidth);
    this.#observer ??= new ResizeObserver(() => {
      this.#measure(this.#host.clientWidth);
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #measure(width: number): void {
    if (width === 0) return;
    const layout = width < narrowBelow ? 'narrow' : width < mediumBelow ? 'medium' : 'wide';
    if (layout === this.#layout) return;
    this.#layout = layout;
    this.#host.requestUpdate();
  }
}
