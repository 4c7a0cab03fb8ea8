import type { ReactiveController, ReactiveControllerHost } from 'lit';

const copiedForMs = 2000;

/** Which conversation is open, and which one to go back to while an older one is looked at. */
export class Selection implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #client: object | null = null;
  #id: string | null = null;
  #returnTo: string | null = null;
  #copied = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get id(): string | null {
    return this.#id;
  }

  get returnTo(): string | null {
    return this.#returnTo;
  }

  /** The row that is marked in the list. */
  get listId(): string | null {
    return this.#returnTo ?? this.#id;
  }

  /** The protocol number was just copied. */
  get copied(): boolean {
    return this.#copied;
  }

  /** What one agent had open is not another's. @returns whether it was closed for that reason */
  belongTo(client: object | null): boolean {
    if (client === null || client === this.#client) return false;
    const isAnother = this.#client !== null;
    this.#client = client;
    return isAnother && this.show(null, null);
  }

  /** The page chose. */
  follow(id: string | null): void {
    if (id !== this.#id) this.show(id, null);
  }

  /** @returns whether anything changed. */
  show(id: string | null, returnTo: string | null): boolean {
    if (id === this.#id && returnTo === this.#returnTo) return false;
    this.#id = id;
    this.#returnTo = id === returnTo ? null : returnTo;
    this.#copied = false;
    this.#host.requestUpdate();
    return true;
  }

  readonly copyProtocol = (protocol: string): void => {
    navigator.clipboard.writeText(protocol).then(
      () => {
        this.#setCopied(true);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
          this.#setCopied(false);
        }, copiedForMs);
      },
      // The page may not write to the clipboard; the number can still be selected.
      () => undefined,
    );
  };

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#copied = false;
  }

  #setCopied(copied: boolean): void {
    this.#copied = copied;
    this.#host.requestUpdate();
  }
}
