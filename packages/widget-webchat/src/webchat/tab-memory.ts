import { browserStorage } from './browser-storage.ts';

/** What a visitor who walks from page to page expects to find again in this tab: the open panel, the unsent words. */
export class TabMemory {
  readonly #storage = browserStorage('sessionStorage');
  #prefix = 'prosa:webchat::';

  bind(webchatKey: string | undefined): void {
    this.#prefix = `prosa:webchat:${webchatKey ?? ''}:`;
  }

  get isOpen(): boolean {
    return this.#storage.get(`${this.#prefix}open`) === '1';
  }

  set isOpen(open: boolean) {
    this.#storage.set(`${this.#prefix}open`, open ? '1' : null);
  }

  get draft(): string {
    return this.#storage.get(`${this.#prefix}draft`) ?? '';
  }

  set draft(text: string) {
    this.#storage.set(`${this.#prefix}draft`, text === '' ? null : text);
  }
}
