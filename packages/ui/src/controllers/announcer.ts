import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** The one polite live region of a widget. What is said within the same moment is said together. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #queue: string[] = [];
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  say(text: string): void {
    this.#queue.push(text);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // A reader of screens does not say the same text twice in a row: a trailing space makes it another.
      const text = this.#queue.slice(-4).join('. ');
      this.#text = text === this.#text ? `${text} ` : text;
      this.#queue = [];
      this.#host.requestUpdate();
    }, 80);
  }

  render(): TemplateResult {
    return html`<div class="sr-only" role="status" aria-live="polite">${this.#text}</div>`;
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
