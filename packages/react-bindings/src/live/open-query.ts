import type { Live, ProsaClient, Unsubscribe } from '@prosa/core';
import type { LiveResult, LiveResultStatus, PagedResult } from './live-result.ts';

/** A live query of the client, read as a hook gives it. */
export interface OpenQuery<Result> {
  subscribe(listener: () => void): Unsubscribe;
  read(): Result;
}

/** What a hook asks for. */
export interface QueryKind<Params, Result> {
  readonly name: string;
  /** When there is nothing to ask for. */
  readonly idle: Result;
  /** On a server, where nothing is asked. */
  readonly loading: Result;
  open(client: ProsaClient, params: Params): OpenQuery<Result>;
}

interface LivePages<Value> extends Live<Value> {
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly pageError: Error | null;
  loadMore(): Promise<void>;
}

export function openLive<Data>(live: Live<Data>): OpenQuery<LiveResult<Data>> {
  const refresh = (): void => {
    live.refresh();
  };
  return {
    subscribe: (listener) => live.subscribe(listener),
    read: () => ({ data: live.value, status: statusOf(live), error: live.error, refresh }),
  };
}

export function openPaged<Data>(live: LivePages<Data>): OpenQuery<PagedResult<Data>> {
  const whole = openLive(live);
  const loadMore = (): void => {
    void live.loadMore();
  };
  return {
    subscribe: (listener) => whole.subscribe(listener),
    read: () => {
      const { hasMore, loadingMore, pageError } = live;
      return { ...whole.read(), hasMore, loadingMore, pageError, loadMore };
    },
  };
}

export function emptyLive<Data>(status: 'idle' | 'loading', data: Data): LiveResult<Data> {
  return Object.freeze({ data, status, error: null, refresh: doNothing });
}

export function emptyPaged<Data>(status: 'idle' | 'loading', data: Data): PagedResult<Data> {
  const noPages = { hasMore: false, loadingMore: false, pageError: null, loadMore: doNothing };
  return Object.freeze({ ...emptyLive(status, data), ...noPages });
}

/** A query that is about to be subscribed to is loading, to whoever looks at it. */
function statusOf({ status }: Live<unknown>): LiveResultStatus {
  return status === 'idle' ? 'loading' : status;
}

function doNothing(): void {}
