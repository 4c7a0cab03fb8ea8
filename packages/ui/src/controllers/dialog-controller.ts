import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { iconClose } from '../icons/icons.ts';

export interface DialogView {
  readonly title: string;
  readonly closeLabel: string;
  readonly body: unknown;
  readonly foot?: unknown;
  readonly className?: string;
  /** Makes body and foot one form. */
  readonly onSubmit?: () => void;
}

/** A native modal dialog in the shadow root. The browser keeps the focus inside; it returns to where it was. */
export class DialogController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #dialog = createRef<HTMLDialogElement>();
  readonly #titleId: string;
  #opener: HTMLElement | null = null;
  #open = false;

  constructor(host: ReactiveControllerHost, name: string) {
    this.#host = host;
    this.#titleId = `${name}-title`;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  show(opener: EventTarget | null = null): void {
    this.#opener = opener instanceof HTMLElement ? opener : null;
    this.#open = true;
    this.#host.requestUpdate();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#dialog.value?.close();
    this.#host.requestUpdate();
    const opener = this.#opener;
    this.#opener = null;
    if (opener?.isConnected) opener.focus();
  }

  hostUpdated(): void {
    const dialog = this.#dialog.value;
    if (!this.#open || !dialog?.isConnected || dialog.open) return;
    dialog.showModal();
    // The browser would take the close button, which comes first: what was opened to be filled in starts at a field.
    const checked = dialog.querySelector<HTMLElement>('.dialog-body input:checked');
    (checked ?? dialog.querySelector<HTMLElement>('.dialog-body input, .dialog-foot .button'))?.focus();
  }

  hostDisconnected(): void {
    this.#open = false;
  }

  render(view: () => DialogView): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    const { title, closeLabel, body, foot, className, onSubmit } = view();
    const content = html`
      <div class="dialog-body">${body}</div>
      ${foot ? html`<div class="dialog-foot">${foot}</div>` : nothing}
    `;
    return html`
      <dialog
        ${ref(this.#dialog)}
        class=${className ?? ''}
        aria-labelledby=${this.#titleId}
        @cancel=${this.#onCancel}
        @close=${this.#onClose}
        @mousedown=${this.#onPress}
      >
        <div class="dialog-head">
          <h2 id=${this.#titleId}>${title}</h2>
          <button class="icon-button" type="button" aria-label=${closeLabel} @click=${this.#onClose}>
            ${iconClose}
          </button>
        </div>
        ${
          onSubmit
            ? html`<form
                novalidate
                @submit=${(event: Event) => {
                  event.preventDefault();
                  onSubmit();
                }}
              >
                ${content}
              </form>`
            : content
        }
      </dialog>
    `;
  }

  readonly #onCancel = (event: Event): void => {
    // A file picker inside also fires it.
    if (event.target !== this.#dialog.value) return;
    event.preventDefault();
    this.close();
  };

  readonly #onClose = (): void => {
    this.close();
  };

  readonly #onPress = (event: MouseEvent): void => {
    const dialog = this.#dialog.value;
    if (!dialog || event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) this.close();
  };
}
