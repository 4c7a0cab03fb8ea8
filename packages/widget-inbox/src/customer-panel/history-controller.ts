import type { ProsaClient, Unsubscribe } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const pageSize = 10;

/** The conversations of a contact, or of all contacts of its customer, newest first. */
export class HistoryController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #client: ProsaClient | null = null;
  #key = '';
  #filter: { readonly contactId: string } | { readonly customerId: string } | null = null;
  #items: readonly Conversation[] | null = null;
  #nextCursor: string | null = null;
  #aborter: AbortController | null = null;
  #unsubscribe: Unsubscribe | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** `null` until the first answer. */
  get items(): readonly Conversation[] | null {
    return this.#items;
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  bind(client: ProsaClient | null, contactId: string | null, customerId: string | null): void {
    const key = `${contactId ?? ''}:${customerId ?? ''}`;
    if (client === this.#client && key === this.#key) return;
    if (client !== this.#client) this.#stop();
    this.#client = client;
    this.#key = key;
    this.#filter = customerId !== null ? { customerId } : contactId !== null ? { contactId } : null;
    this.#items = null;
    this.#listen();
    void this.#load(undefined);
  }

  loadMore(): void {
    if (this.#nextCursor !== null) void this.#load(this.#nextCursor);
  }

  hostConnected(): void {
    this.#listen();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #listen(): void {
    this.#unsubscribe ??= this.#client?.on('conversation.closed', ({ data }) => {
      if (this.#filter && 'contactId' in this.#filter && data.conversation.contact.id !== this.#filter.contactId)
        return;
      void this.#load(undefined);
    });
  }

  #stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#aborter?.abort();
  }

  async #load(cursor: string | undefined): Promise<void> {
    this.#aborter?.abort();
    if (!this.#client || !this.#filter) return;
    const aborter = new AbortController();
    this.#aborter = aborter;
    try {
      const query = this.#client.conversations.list(
        { ...this.#filter, limit: pageSize, ...(cursor !== undefined && { cursor }) },
        { signal: aborter.signal },
      );
      const page = await query;
      if (aborter.signal.aborted) return;
      this.#items = cursor === undefined ? page.data : [...(this.#items ?? []), ...page.data];
      this.#nextCursor = page.nextCursor;
    } catch {
      // The rest of the panel works without it; the next contact, or a conversation that closes, asks again.
      if (aborter.signal.aborted) return;
      this.#items ??= [];
    }
    this.#host.requestUpdate();
  }
}
