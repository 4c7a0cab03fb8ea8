import type { Page } from '../contract/index.ts';
import type { PageParams, Unsubscribe } from '../client/prosa-client.ts';
import { AbortedError } from '../errors/local-errors.ts';
import type { LiveContext } from './live-context.ts';
import { LiveQuery } from './live-query.ts';
import { SortedRows, type Versioned } from './sorted-rows.ts';

/** Pages that a reload asks for at most; what lay further down is loaded again by scrolling. */
const maxReloadPages = 5;

/** Instead of a cursor: what follows was known, and was let go. */
const cutCursor = '';

export type PageDirection = 'next' | 'previous';

/** Rows, and how to get to what lies beyond their ends. */
export interface Part<Row> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
  readonly previousCursor?: string | null | undefined;
}

interface Paging {
  readonly direction: PageDirection;
  readonly abort: AbortController;
  done: Promise<void>;
}

/** A live query of which a part without gaps is loaded, and made longer page by page. */
export abstract class PagedQuery<Value, Row extends Versioned> extends LiveQuery<Value> {
  protected readonly rows: SortedRows<Row>;
  /** The part is loaded; until then the value stays as it was when the query last ran. */
  protected isLoaded = false;
  #part: Omit<Part<Row>, 'data'> = { nextCursor: null };
  #paging: Paging | null = null;
  #pageError: Error | null = null;
  /** What came in by other ways while an answer was on its way: that answer may be older, or begin after it. */
  #late: Row[] = [];

  constructor(context: LiveContext, initial: Value, order: (a: Row, b: Row) => number) {
    super(context, initial);
    this.rows = new SortedRows(order);
  }

  get hasMore(): boolean {
    return this.#part.nextCursor !== null;
  }

  get hasNewer(): boolean {
    return Boolean(this.#part.previousCursor);
  }

  get loadingMore(): boolean {
    return this.#paging?.direction === 'next';
  }

  get loadingNewer(): boolean {
    return this.#paging?.direction === 'previous';
  }

  get pageError(): Error | null {
    return this.#pageError;
  }

  loadMore(): Promise<void> {
    return this.#page('next', this.#part.nextCursor);
  }

  loadNewer(): Promise<void> {
    return this.#page('previous', this.#part.previousCursor);
  }

  protected abstract fetchPage(params: PageParams, signal: AbortSignal): PromiseLike<Page<Row>>;

  /** A part of the rows: where it was, or to begin with. */
  protected abstract fetchPart(signal: AbortSignal): Promise<Part<Row>>;

  /** Moves the ends of the part to where these rows lie; on both sides when there is no direction. */
  protected abstract reach(rows: readonly Row[], direction?: PageDirection): void;

  /** Whether the row is one of the loaded part. */
  protected abstract shows(row: Row): boolean;

  /** Hands a row of an answer to the store, from where it comes back to `take`. */
  protected abstract accept(row: Row): void;

  protected get isCut(): boolean {
    return this.#part.nextCursor === cutCursor;
  }

  /** What followed the rows was let go: the next page comes with those before it. */
  protected cut(): void {
    this.#stopPaging();
    this.#part = { nextCursor: cutCursor };
  }

  /** Takes in the newest copy of a row. */
  protected take(row: Row): void {
    if (this.isLoading || this.#paging) this.#late.push(row);
    // An older copy says where the row was, not where it is.
    if (!this.isLoaded || this.rows.isNewer(row)) return;
    if (this.shows(row) ? this.rows.set(row) : this.rows.delete(row.id)) this.changed();
  }

  protected drop(id: string): void {
    this.#late = this.#late.filter((row) => row.id !== id);
    if (this.rows.delete(id)) this.changed();
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    this.#stopPaging();
    this.#pageError = null;
    this.#late = [];
    const part = await this.fetchPart(signal);
    if (signal.aborted) return;
    this.#part = part;
    this.isLoaded = true;
    this.reach(part.data);
    const ids = new Set(part.data.map(({ id }) => id));
    for (const id of [...this.rows.ids()]) if (!ids.has(id)) this.rows.delete(id);
    this.#acceptAll(part.data);
  }

  /** As many pages from the start as are needed to have what was there before. */
  protected async fetchFromStart(signal: AbortSignal, isEnough: (rows: readonly Row[]) => boolean): Promise<Part<Row>> {
    const data: Row[] = [];
    let nextCursor: string | null = null;
    for (let pages = 0; pages < maxReloadPages; pages++) {
      const page: Page<Row> = await this.fetchPage({ cursor: nextCursor ?? undefined }, signal);
      data.push(...page.data);
      nextCursor = page.nextCursor;
      if (nextCursor === null || isEnough(data)) break;
    }
    return { data, nextCursor };
  }

  protected override watch(): readonly Unsubscribe[] {
    this.isLoaded = false;
    return [
      () => {
        this.#stopPaging();
      },
    ];
  }

  protected override *holds(): Iterable<string> {
    yield* this.rows.ids();
    for (const { id } of this.#late) yield id;
  }

  protected override visible(): readonly unknown[] {
    return [this.hasMore, this.hasNewer, this.#paging, this.#pageError];
  }

  #acceptAll(rows: readonly Row[]): void {
    const late = this.#late.splice(0);
    for (const row of rows) this.accept(row);
    for (const row of late) this.take(row);
    this.#late = [];
  }

  #page(direction: PageDirection, cursor: string | null | undefined): Promise<void> {
    if (this.#paging?.direction === direction) return this.#paging.done;
    let done: Promise<void>;
    if (typeof cursor !== 'string') done = Promise.resolve();
    else if (!this.runSignal || this.#paging || this.isLoading) done = Promise.reject(notNow());
    else if (cursor === cutCursor) done = this.reload();
    else {
      const paging: Paging = { direction, abort: new AbortController(), done: Promise.resolve() };
      this.#paging = paging;
      this.#pageError = null;
      this.#late = [];
      this.changed();
      done = paging.done = this.#fetch(paging, cursor);
    }
    // Whoever does not wait finds it in `pageError`.
    done.catch(() => undefined);
    return done;
  }

  async #fetch(paging: Paging, cursor: string): Promise<void> {
    const { direction, abort } = paging;
    try {
      const page = await this.fetchPage({ cursor }, abort.signal);
      if (this.#paging !== paging) throw notNow();
      const end = `${direction}Cursor` as const;
      this.#part = { ...this.#part, [end]: page[end] };
      this.reach(page.data, direction);
      this.#acceptAll(page.data);
    } catch (error) {
      if (this.#paging === paging) this.#pageError = error as Error;
      throw error;
    } finally {
      if (this.#paging === paging) this.#stopPaging();
    }
  }

  /** A reload has its own ends, and what was asked before it may lack what was missed. */
  #stopPaging(): void {
    if (!this.#paging) return;
    this.#paging.abort.abort();
    this.#paging = null;
    this.changed();
  }
}

const notNow = () => new AbortedError('load the page', 'the list stopped, or is loading something else');
