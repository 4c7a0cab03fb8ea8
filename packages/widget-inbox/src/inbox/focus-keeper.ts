import type { LitElement, ReactiveController } from 'lit';

const composer = '.composer textarea';
const templates = '.template-form [type=search]';
const list = ['.rows', '.tab[aria-selected=true]'];
const log = '.log';

/** By where the focus was, the most special first: what takes it when that is gone, the first that is in sight. */
const successors: readonly (readonly [area: string, selectors: readonly string[]])[] = [
  ['.composer', [templates, '.template-form .quiet', log]],
  ['.template-form .link-button', [templates]],
  ['.template-form', [composer, '.template-fill .input', log]],
  ['.thread-area', [log]],
  ['.panel-pane', ['.who-button', log]],
  ['.back, .list-pane', ['.back', ...list]],
  ['.thread-pane', [composer, templates, ...list, '.back', log]],
];

/** A control that goes away takes the focus with it, to nowhere: it goes to what comes next for the agent instead. */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  #had: HTMLElement | null = null;
  #next: readonly string[] = [];
  #wanted: string | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** To the messages of the conversation that was just opened, once they are there. */
  toThread(): void {
    this.#wanted = log;
    this.#had = this.#active;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const had = this.#active;
    // Somebody went elsewhere while what was wanted was not there yet.
    if (had && this.#had && had !== this.#had) this.#wanted = null;
    this.#had = had;
    this.#next = (had && successors.find(([area]) => had.closest(area))?.[1]) ?? [];
  }

  hostUpdated(): void {
    if (this.#had && !isShown(this.#had) && (this.#active ?? this.#had) === this.#had) {
      if (!this.#next.some((selector) => this.#focus(selector))) this.#wanted ??= this.#next[0] ?? null;
      else if (this.#next[0] === templates) this.#wanted = templates;
    }
    if (!this.#active && document.activeElement !== document.body) this.#wanted = null;
    if (this.#wanted !== null && this.#focus(this.#wanted)) this.#wanted = null;
    this.#had = this.#active;
  }

  get #active(): HTMLElement | null {
    const active = this.#host.shadowRoot?.activeElement;
    return active instanceof HTMLElement ? active : null;
  }

  #focus(selector: string): boolean {
    const found = this.#host.shadowRoot?.querySelector<HTMLElement>(selector);
    if (!found || !isShown(found)) return false;
    found.focus({ preventScroll: true });
    return true;
  }
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
