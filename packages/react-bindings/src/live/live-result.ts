/**
 * How far a value is.
 *
 * `idle` nothing was asked for (no conversation is chosen) · `loading` nothing to show yet · `ready` · `error` the first
 * load failed; it is tried again on reconnection, and on `refresh`.
 */
export type LiveResultStatus = 'idle' | 'loading' | 'ready' | 'error';

/** A value that stays up to date. It is the same object while nothing changed. */
export interface LiveResult<Data> {
  /** Frozen; empty until it was loaded. */
  readonly data: Data;
  readonly status: LiveResultStatus;
  /** Why `status` is `error`. */
  readonly error: Error | null;
  /** Asks the server again. The same function for as long as the query is the same. */
  readonly refresh: () => void;
}

/** A value that is loaded page by page. */
export interface PagedResult<Data> extends LiveResult<Data> {
  /** There is a next page. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  /** Why the last page could not be loaded; `null` again once it is asked for again. */
  readonly pageError: Error | null;
  /** Loads the next page, and adds it to `data`. The same function for as long as the query is the same. */
  readonly loadMore: () => void;
}
