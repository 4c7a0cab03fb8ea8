import { readKept, type WebchatStorage } from './storage.ts';
import type { WebchatForm } from './webchat-client.ts';

interface Kept {
  readonly form: WebchatForm;
  /** The message that went, or tried to go, with a form: another one beside its key would be refused. */
  readonly tried: { readonly clientId: string; readonly form: WebchatForm } | null;
}

const empty: Kept = { form: {}, tried: null };

/** What the visitor said before the first message. It waits as long as that message does, also for another page. */
export class OpeningForm {
  readonly #storage: WebchatStorage;
  readonly #storageKey: string;
  #kept: Kept;

  constructor(storage: WebchatStorage, storageKey: string) {
    this.#storage = storage;
    this.#storageKey = storageKey;
    this.#kept = { ...empty, ...readKept<Kept>(storage, storageKey) };
  }

  set(form: WebchatForm): void {
    this.#keep({ ...this.#kept, form });
  }

  /** The same for every try of a message. */
  for(clientId: string): WebchatForm {
    const { form, tried } = this.#kept;
    if (tried?.clientId === clientId) return tried.form;
    this.#keep({ form, tried: { clientId, form } });
    return form;
  }

  /** The gateway refused it: the next try may say something else. */
  release(): void {
    this.#keep({ ...this.#kept, tried: null });
  }

  clear(): void {
    this.#keep(empty);
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.#storage.set(this.#storageKey, kept === empty ? null : JSON.stringify(kept));
  }
}
