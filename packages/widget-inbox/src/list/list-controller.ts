import type { LiveList, ProsaClient } from '@prosa/core';
import type { Conversation, ConversationTab } from '@prosa/core/contract';
import { LiveController, StoreController, VirtualListController } from '@prosa/ui';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export const tabs: readonly ConversationTab[] = ['waiting', 'unread', 'mine', 'all'];

export interface ListOptions {
  readonly row: (conversation: Conversation, index: number) => unknown;
  readonly onSelect: (conversation: Conversation) => void;
}

/** The tabs, their counts, and the list of the one that is open. Each tab keeps its rows while another is looked at. */
export class ListController implements ReactiveController {
  readonly list: VirtualListController<Conversation>;
  readonly #host: ReactiveControllerHost;
  readonly #options: ListOptions;
  readonly #counts: LiveController<ReturnType<ProsaClient['live']['counts']>>;
  readonly #rows: StoreController<LiveList<Conversation>>;
  #queries = new Map<ConversationTab, LiveList<Conversation>>();
  #client: ProsaClient | null = null;
  #tab: ConversationTab = 'waiting';
  #activeId: string | null = null;
  /** Where the row that the keyboard is at, or that is open, was last seen. */
  #place = 0;

  constructor(host: ReactiveControllerHost, options: ListOptions) {
    this.#host = host;
    this.#options = options;
    this.#counts = new LiveController(host);
    this.#rows = new StoreController(host);
    this.list = new VirtualListController<Conversation>(host, {
      keyOf: ({ id }) => id,
      estimate: () => 86,
      row: options.row,
      onScroll: () => {
        this.#loadMore();
      },
    });
    host.addController(this);
  }

  get tab(): ConversationTab {
    return this.#tab;
  }

  get query(): LiveList<Conversation> | null {
    return this.#rows.source;
  }

  get counts(): Readonly<Record<ConversationTab, number>> | null {
    return this.#counts.current?.value ?? null;
  }

  /** The row that the keyboard is at. */
  get activeId(): string | null {
    return this.#activeId;
  }

  bind(client: ProsaClient | null, selectedId: string | null): void {
    if (client !== this.#client) {
      this.#client = client;
      for (const query of this.#queries.values()) query.destroy();
      this.#queries = new Map();
    }
    this.#counts.bind(client && [client], () => (client as ProsaClient).live.counts());
    this.#rows.source = client && this.#query(client, this.#tab);
    const rows = this.#rows.source?.value ?? [];
    this.list.setItems(rows);
    const at = rows.findIndex(({ id }) => id === (this.#activeId ?? selectedId));
    if (at >= 0) this.#place = at;
    // The row is gone: the one that took its place, or the last.
    else if (this.#activeId !== null) this.#activeId = this.#neighbour;
  }

  showTab(tab: ConversationTab): void {
    if (tab === this.#tab) return;
    this.#tab = tab;
    this.#activeId = null;
    this.#place = 0;
    this.list.reset();
    if (this.list.scroller.value) this.list.scroller.value.scrollTop = 0;
    this.#host.requestUpdate();
  }

  find(conversationId: string): Conversation | undefined {
    for (const query of this.#queries.values()) {
      const found = query.value.find(({ id }) => id === conversationId);
      if (found) return found;
    }
    return undefined;
  }

  /** Arrow keys, Home, End, Page Up, Page Down; Enter and Space open. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    const { items } = this.list;
    if (items.length === 0) return;
    const at = items.findIndex(({ id }) => id === this.#activeId);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const active = items[at];
      if (active) this.#options.onSelect(active);
      return;
    }
    const { first, last } = this.list.range;
    const page = Math.max(1, last - first - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at === -1 ? items.length - 1 : at - 1,
      Home: 0,
      End: items.length - 1,
      PageDown: at + page,
      PageUp: at - page,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = Math.min(items.length - 1, Math.max(0, next));
    this.setActive(items[index]?.id ?? null);
    this.list.scrollToIndex(index);
  };

  /** The keyboard comes to the list: to the row that is open, or to where it was. */
  enter(selectedId: string | null): void {
    const isThere = this.list.items.some(({ id }) => id === selectedId);
    this.setActive(isThere ? selectedId : this.#neighbour);
  }

  setActive(conversationId: string | null): void {
    if (conversationId === this.#activeId) return;
    this.#activeId = conversationId;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    this.#loadMore();
  }

  get #neighbour(): string | null {
    const { items } = this.list;
    return items[Math.min(this.#place, items.length - 1)]?.id ?? null;
  }

  #loadMore(): void {
    const query = this.#rows.source;
    // After a failure somebody says when: by itself it would ask over and over.
    if (!query?.hasMore || query.loadingMore || query.pageError) return;
    if (this.list.range.last >= query.value.length - 12) void query.loadMore();
  }

  #query(client: ProsaClient, tab: ConversationTab): LiveList<Conversation> {
    let query = this.#queries.get(tab);
    if (!query) this.#queries.set(tab, (query = client.live.conversations({ tab, limit: 50 })));
    return query;
  }
}
