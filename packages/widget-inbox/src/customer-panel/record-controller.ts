import type { Unsubscribe } from '@prosa/core';
import type { Contact } from '@prosa/core/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CustomerRecord, CustomerSource } from './customer-source.ts';

export type RecordState =
  | { readonly status: 'idle' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly record: CustomerRecord | null }
  | { readonly status: 'error'; readonly error: unknown };

/** The record that a contact is linked to, from whatever source; asked for again when either says that it changed. */
export class RecordController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #source: CustomerSource | null = null;
  #contact: Contact | null = null;
  #state: RecordState = { status: 'idle' };
  #aborter: AbortController | null = null;
  #unsubscribe: Unsubscribe | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): RecordState {
    return this.#state;
  }

  bind(source: CustomerSource | null, contact: Contact | null): void {
    const otherSource = source !== this.#source;
    const otherContact = contact?.id !== this.#contact?.id;
    const otherLink = contact?.customerId !== this.#contact?.customerId;
    if (otherSource) {
      this.#stop();
      this.#source = source;
      this.#listen();
    }
    this.#contact = contact;
    if (otherSource || otherContact) this.#state = { status: contact ? 'loading' : 'idle' };
    if (otherSource || otherContact || otherLink) void this.#load();
  }

  readonly refresh = (): void => {
    void this.#load();
  };

  hostConnected(): void {
    this.#listen();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #listen(): void {
    this.#unsubscribe ??= this.#source?.subscribe?.(this.refresh);
  }

  #stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#aborter?.abort();
  }

  async #load(): Promise<void> {
    const contact = this.#contact;
    const source = this.#source;
    this.#aborter?.abort();
    if (!contact || !source) return;
    const aborter = new AbortController();
    this.#aborter = aborter;
    if (this.#state.status === 'error') this.#state = { status: 'loading' };
    this.#host.requestUpdate();
    try {
      const record = await source.find(contact, { signal: aborter.signal });
      if (!aborter.signal.aborted) this.#state = { status: 'ready', record };
    } catch (error) {
      // What is shown stays: a refresh that failed is no reason to take it away.
      if (!aborter.signal.aborted && this.#state.status !== 'ready') this.#state = { status: 'error', error };
    }
    if (!aborter.signal.aborted) this.#host.requestUpdate();
  }
}
