import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ListRow, ListSection, RichContent } from '../state/message.ts';
import { icons } from './icons.ts';

type List = NonNullable<RichContent['list']>;
type Host = ReactiveControllerHost & { readonly renderRoot: DocumentFragment | HTMLElement };

export interface ListSheetOptions {
  readonly choose: (messageId: string, rowId: string) => void;
}

/**
 * The sheet that a list message opens. Arrows move between the rows, Enter sends, Escape closes; the focus stays inside
 * while it is open and goes back to the button that opened it.
 */
export class ListSheet implements ReactiveController {
  readonly #host: Host;
  readonly #options: ListSheetOptions;
  #shown: { readonly messageId: string; readonly list: List } | null = null;
  #chosen: string | null = null;
  /** Where the focus goes once the change is on the screen. */
  #focusNext: string | null = null;

  constructor(host: Host, options: ListSheetOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#shown !== null;
  }

  open(messageId: string, list: List): void {
    this.#shown = { messageId, list };
    this.#chosen = null;
    this.#focusNext = '.row input';
    this.#host.requestUpdate();
  }

  close(): void {
    if (!this.#shown) return;
    this.#focusNext = `[data-list="${CSS.escape(this.#shown.messageId)}"]`;
    this.#shown = null;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const selector = this.#focusNext;
    this.#focusNext = null;
    if (selector !== null) this.#find(selector)?.focus();
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }

  #send(event: Event): void {
    event.preventDefault();
    const shown = this.#shown;
    const chosen = this.#chosen;
    if (!shown || chosen === null) return;
    this.close();
    this.#options.choose(shown.messageId, chosen);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
      return;
    }
    if (event.key !== 'Tab') return;
    event.preventDefault();
    // A group of radios is one stop: the chosen one, or the first.
    const row = this.#find('.row input:checked') ?? this.#find('.row input');
    const stops = [this.#find('.sheet-close'), row, this.#find('.sheet-send:enabled')].filter((stop) => stop !== null);
    const at = stops.findIndex((stop) => stop.matches(':focus'));
    stops.at((at + (event.shiftKey ? -1 : 1)) % stops.length)?.focus();
  }

  render() {
    if (!this.#shown) return nothing;
    const { label, sections } = this.#shown.list;
    return html`<div class="sheet-layer" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
      <div class="scrim" @click=${() => this.close()}></div>
      <div class="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title">
        <div class="sheet-head">
          <button class="sheet-close" type="button" aria-label="Fechar" @click=${() => this.close()}>
            ${icons.close}
          </button>
          <h2 id="sheet-title">${label}</h2>
        </div>
        <form class="sheet-form" @submit=${(event: Event) => this.#send(event)}>
          <div class="rows" role="radiogroup" aria-labelledby="sheet-title">
            ${sections.map((section) => this.#section(section))}
          </div>
          <button class="sheet-send" type="submit" ?disabled=${this.#chosen === null}>Enviar</button>
        </form>
      </div>
    </div>`;
  }

  #section({ title, rows }: ListSection): TemplateResult {
    return html`${title === undefined ? nothing : html`<p class="section-title">${title}</p>`}
    ${rows.map((row) => this.#row(row))}`;
  }

  #row({ id, title, description }: ListRow): TemplateResult {
    return html`<label class="row">
      <span class="row-words">
        <span class="row-title">${title}</span>
        ${description === undefined ? nothing : html`<span class="row-detail">${description}</span>`}
      </span>
      <input
        type="radio"
        name="row"
        .value=${id}
        .checked=${this.#chosen === id}
        @change=${() => {
          this.#chosen = id;
          this.#host.requestUpdate();
        }}
      />
    </label>`;
  }
}
