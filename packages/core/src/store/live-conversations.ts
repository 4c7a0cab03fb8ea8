import type { ConversationListParams, LiveList } from '../client/prosa-client.ts';
import type { Conversation } from '../contract/index.ts';
import { belongsTo, conversationOrder } from './belongs-to.ts';
import type { EntityChange } from './entity-store.ts';
import { keepSame } from './keep-same.ts';
import type { LiveContext } from './live-context.ts';
import { LiveQuery } from './live-query.ts';

/** Pages that a reload asks for at most; what lay further down is loaded again by scrolling. */
const maxReloadPages = 5;

/** The rows of a tab or filter: loaded by page from the top, kept by events in between. */
export class LiveConversations extends LiveQuery<readonly Conversation[]> implements LiveList<Conversation> {
  readonly #params: Omit<ConversationListParams, 'cursor'>;
  readonly #order: (a: Conversation, b: Conversation) => number;
  #ids = new Set<string>();
  /** Ids that came in by other ways while a load was under way: its answer may be older than they are. */
  #touched = new Set<string>();
  #nextCursor: string | null = null;
  /** Where the loaded part ends; what sorts after it comes with the next page. */
  #last: Conversation | null = null;
  #isLoaded = false;
  #isLoadingMore = false;
  #meId: string | null = null;

  constructor(context: LiveContext, params: Omit<ConversationListParams, 'cursor'>) {
    super(context, []);
    this.#params = params;
    this.#order = conversationOrder(params.tab);
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  get loadingMore(): boolean {
    return this.#isLoadingMore;
  }

  loadMore(): void {
    const signal = this.runSignal;
    if (signal && this.#nextCursor !== null && !this.#isLoadingMore && !this.isLoading) void this.#loadMore(signal);
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const wanted = this.value.length;
    this.#touched = new Set();
    if (this.#params.tab === 'mine') this.#meId = (await this.context.identity.get()).id;
    const rows: Conversation[] = [];
    let cursor: string | null | undefined;
    for (let pages = 0; pages === 0 || (cursor != null && rows.length < wanted && pages < maxReloadPages); pages++) {
      const page = await this.#page(cursor ?? undefined, signal);
      rows.push(...page.data);
      cursor = page.nextCursor;
    }
    if (signal.aborted) return;
    this.#ids = new Set([...rows.map(({ id }) => id), ...this.#touched]);
    this.#reach(rows, cursor ?? null);
    this.#isLoaded = true;
  }

  protected override takes({ kind, entity }: EntityChange): boolean {
    if (kind !== 'conversation') return false;
    const belongs = belongsTo(entity, this.#params, this.#meId);
    const was = this.#ids.has(entity.id);
    if (belongs) {
      this.#ids.add(entity.id);
      this.#touched.add(entity.id);
    } else this.#ids.delete(entity.id);
    return belongs || was;
  }

  protected override compute(previous: readonly Conversation[]): readonly Conversation[] {
    if (!this.#isLoaded || !this.runSignal) return previous;
    const rows: Conversation[] = [];
    for (const id of this.#ids) {
      const row = this.context.entities.get('conversation', id);
      if (row && belongsTo(row, this.#params, this.#meId) && this.#isReached(row)) rows.push(row);
    }
    return keepSame(previous, rows.sort(this.#order));
  }

  protected override onStart(): () => void {
    // The store forgot the rows when nobody watched; the value stays as it was until they are loaded.
    this.#isLoaded = false;
    return () => {
      this.#isLoadingMore = false;
    };
  }

  protected override visible(): readonly unknown[] {
    return [this.hasMore, this.#isLoadingMore];
  }

  #isReached(row: Conversation): boolean {
    return this.#nextCursor === null || this.#last === null || this.#order(row, this.#last) <= 0;
  }

  #reach(rows: readonly Conversation[], nextCursor: string | null): void {
    for (const row of rows) this.context.entities.put('conversation', row);
    this.#last = rows.at(-1) ?? this.#last;
    this.#nextCursor = nextCursor;
  }

  #page(cursor: string | undefined, signal: AbortSignal) {
    return this.context.conversations.list({ ...this.#params, cursor }, { signal });
  }

  async #loadMore(signal: AbortSignal): Promise<void> {
    const cursor = this.#nextCursor;
    this.#isLoadingMore = true;
    this.changed();
    try {
      const page = await this.#page(cursor ?? undefined, signal);
      // A reload in the meantime has its own end.
      if (!signal.aborted && this.#nextCursor === cursor) {
        for (const { id } of page.data) this.#ids.add(id);
        this.#reach(page.data, page.nextCursor);
      }
    } catch {
      // There is still more, and whoever asked can ask again.
    }
    this.#isLoadingMore = false;
    this.changed();
  }
}
