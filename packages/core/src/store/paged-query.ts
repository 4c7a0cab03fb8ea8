import type { Page } from '../contract/index.ts';
import { LiveQuery } from './live-query.ts';

/** Pages that a reload asks for at most; what lay further down is loaded again by scrolling. */
const maxReloadPages = 5;

/** A live query that is loaded from one end, page by page. */
export abstract class PagedQuery<Value, Item> extends LiveQuery<Value> {
  #nextCursor: string | null = null;
  #isLoadingMore = false;

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  get loadingMore(): boolean {
    return this.#isLoadingMore;
  }

  loadMore(): void {
    const signal = this.runSignal;
    if (signal && this.hasMore && !this.#isLoadingMore && !this.isLoading) void this.#loadMore(signal);
  }

  protected abstract fetchPage(cursor: string | undefined, signal: AbortSignal): PromiseLike<Page<Item>>;

  /** Takes in items that follow those known. `this.hasMore` says whether they are the last. */
  protected abstract append(items: readonly Item[]): void;

  /** As many pages from the start as are needed to have what was there before, and their end; not yet taken in. */
  protected async fetchFromStart(signal: AbortSignal, isEnough: (items: readonly Item[]) => boolean) {
    const items: Item[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < maxReloadPages; pages++) {
      const page: Page<Item> = await this.fetchPage(cursor ?? undefined, signal);
      items.push(...page.data);
      cursor = page.nextCursor;
      if (cursor === null || isEnough(items)) break;
    }
    return { items, cursor };
  }

  protected endAt(cursor: string | null): void {
    this.#nextCursor = cursor;
  }

  protected override visible(): readonly unknown[] {
    return [this.hasMore, this.#isLoadingMore];
  }

  async #loadMore(signal: AbortSignal): Promise<void> {
    const cursor = this.#nextCursor;
    this.#isLoadingMore = true;
    this.changed();
    try {
      const page = await this.fetchPage(cursor ?? undefined, signal);
      // A reload in the meantime has its own end.
      if (!signal.aborted && this.#nextCursor === cursor) {
        this.#nextCursor = page.nextCursor;
        this.append(page.data);
      }
    } catch {
      // There is still more, and whoever asked can ask again.
    }
    this.#isLoadingMore = false;
    this.changed();
  }
}
