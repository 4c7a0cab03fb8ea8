import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { icons } from './icons.ts';

type Host = ReactiveControllerHost & { readonly renderRoot: DocumentFragment | HTMLElement };

/** What stands in the sheet. */
export interface SheetView {
  readonly title: string;
  /** Where the focus goes when it closes: the button that opened it. */
  readonly returnTo: string;
  readonly body: () => TemplateResult;
}

const stopsSelector = 'button:enabled, input:enabled, textarea:enabled, a[href]';

/**
 * A sheet that rises over the chat. Escape closes it; the focus stays inside while it is open and goes back to the
 * button that opened it.
 */
export class PhoneSheet implements ReactiveController {
  readonly #host: Host;
  #shown: SheetView | null = null;
  /** Where the focus goes once the change is on the screen. */
  #focusNext: readonly string[] = [];

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#shown !== null;
  }

  open(view: SheetView): void {
    this.#shown = view;
    this.#focusNext = ['.sheet-body :is(input, button)', '.sheet-close'];
    this.#host.requestUpdate();
  }

  close(): void {
    if (!this.#shown) return;
    this.#focusNext = [this.#shown.returnTo];
    this.#shown = null;
    this.#host.requestUpdate();
  }

  /** Draws the open sheet again, after something in it has changed. */
  refresh(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const wanted = this.#focusNext;
    this.#focusNext = [];
    const found = wanted.map((selector) => this.#host.renderRoot.querySelector<HTMLElement>(selector));
    found.find((each) => each !== null)?.focus();
  }

  /** A group of radios is one stop: the chosen one, or the first. */
  #stops(): readonly HTMLElement[] {
    const all = [...this.#host.renderRoot.querySelectorAll<HTMLElement>(`.sheet :is(${stopsSelector})`)];
    const groups = new Map<string, HTMLInputElement>();
    for (const each of all) {
      if (!(each instanceof HTMLInputElement) || each.type !== 'radio') continue;
      if (each.checked || !groups.has(each.name)) groups.set(each.name, each);
    }
    return all.filter(
      (each) => !(each instanceof HTMLInputElement) || each.type !== 'radio' || groups.get(each.name) === each,
    );
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
      return;
    }
    if (event.key !== 'Tab') return;
    event.preventDefault();
    const stops = this.#stops();
    const at = stops.findIndex((stop) => stop.matches(':focus'));
    stops.at((at + (event.shiftKey ? -1 : 1)) % stops.length)?.focus();
  }

  /* eslint-disable lit-a11y/click-events-have-key-events -- Escape is heard on the layer. */
  render() {
    if (!this.#shown) return nothing;
    return html`<div class="sheet-layer" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
      <div class="scrim" @click=${() => this.close()}></div>
      <div class="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title">
        <div class="sheet-head">
          <button class="sheet-close" type="button" aria-label="Fechar" @click=${() => this.close()}>
            ${icons.close}
          </button>
          <h2 id="sheet-title">${this.#shown.title}</h2>
        </div>
        <div class="sheet-body">${this.#shown.body()}</div>
      </div>
    </div>`;
  }
  /* eslint-enable lit-a11y/click-events-have-key-events */
}
