import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };

const narrow = '(max-width: 480px)';

/** The panel takes the whole screen, as on a phone. */
export function isNarrow(): boolean {
  return matchMedia(narrow).matches;
}

/**
 * The panel as a dialog: beside the page where there is room, over all of it on a phone. Escape closes it, and the
 * focus goes back to the launcher.
 */
export class PanelController implements ReactiveController {
  readonly #host: Host;
  readonly #onClose: () => void;
  #media: MediaQueryList | undefined;

  constructor(host: Host, onClose: () => void) {
    this.#host = host;
    this.#onClose = onClose;
    host.addController(this);
  }

  hostConnected(): void {
    this.#media = matchMedia(narrow);
    this.#media.addEventListener('change', this.#onTurn);
    globalThis.visualViewport?.addEventListener('resize', this.#onKeyboard);
  }

  hostDisconnected(): void {
    this.#media?.removeEventListener('change', this.#onTurn);
    globalThis.visualViewport?.removeEventListener('resize', this.#onKeyboard);
    this.#dialog?.close();
  }

  show(open: boolean, { takeFocus }: { readonly takeFocus: boolean }): void {
    const dialog = this.#dialog;
    if (!dialog || open === dialog.open) return;
    if (!open) {
      const hadFocus = dialog.contains((dialog.getRootNode() as ShadowRoot).activeElement);
      dialog.close();
      if (hadFocus) this.#host.renderRoot.querySelector<HTMLElement>('.launcher')?.focus();
      return;
    }
    this.#present(dialog);
    if (takeFocus) this.#focus(dialog);
  }

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#onClose();
  };

  /** The browser's own way out of a dialog: the back gesture of a phone. */
  readonly onCancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.#onClose();
  };

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog.panel');
  }

  /** `show()` would take the focus even when nobody asked for the panel. */
  #present(dialog: HTMLDialogElement): void {
    if (isNarrow()) dialog.showModal();
    else dialog.open = true;
    this.#onKeyboard();
  }

  /** On a phone the keyboard would cover what there is to read: there the panel itself has the focus. */
  #focus(dialog: HTMLDialogElement): void {
    const field = isNarrow()
      ? null
      : dialog.querySelector<HTMLElement>('.start input, textarea, .survey input, .foot button');
    (field ?? dialog).focus();
  }

  readonly #onTurn = (): void => {
    const dialog = this.#dialog;
    if (!dialog?.open) return;
    dialog.close();
    this.#present(dialog);
  };

  /** What the keyboard of a phone leaves of the screen. */
  readonly #onKeyboard = (): void => {
    const dialog = this.#dialog;
    const viewport = globalThis.visualViewport;
    if (!dialog || !viewport) return;
    const isCovered = dialog.open && isNarrow() && viewport.height < innerHeight - 80;
    dialog.style.blockSize = isCovered ? `${viewport.height}px` : '';
    dialog.style.insetBlockStart = isCovered ? `${viewport.offsetTop}px` : '';
  };
}
