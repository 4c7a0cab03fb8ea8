import type { Page } from '../contract/index.ts';

/** Every call can be aborted; an aborted call rejects with a `ProsaError` whose code is `aborted`. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What every method takes that changes something. */
export interface CommandOptions extends CallOptions {
  /** Same key, same effect: once, for seven days. 8 to 128 visible ASCII characters; made up when absent. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Awaiting it gives the first page, as any promise would; iterating it gives every item of every page. Nothing is asked
 * before either.
 * When its signal is aborted, awaiting and iterating reject with `aborted`, also in the middle of a page.
 *
 * @example
 * const { data, nextCursor } = await prosa.customers.list({ limit: 10 });
 * for await (const { name } of prosa.customers.list({}, { signal: AbortSignal.timeout(60_000) })) console.log(name);
 */
export interface List<Item> extends Promise<Page<Item>>, AsyncIterable<Item> {}

/** Which page of a list is asked for; a list that is iterated goes from page to page by itself. */
export interface PageParams {
  /** `nextCursor` of the page before; rejects with `cursor_invalid` when it is not one of this list. */
  readonly cursor?: string | undefined;
  /** Items a page: 1 to 100; 30 when absent. */
  readonly limit?: number | undefined;
}

/** What an answer to a deletion says. */
export interface Deleted {
  readonly deleted: boolean;
}
