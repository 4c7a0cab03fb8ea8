import type { ProsaClient, Unsubscribe } from '@prosa/core';
import type { OpenQuery, QueryKind } from './open-query.ts';

type Queries = Map<string, SharedQuery<object>>;

const queriesOf = new WeakMap<ProsaClient, Queries>();

/**
 * One live query for all components that ask the same of the same client: one request, and no two of them show
 * different things. It is forgotten when the last of them leaves.
 */
export class SharedQuery<Result extends object> {
  readonly #query: OpenQuery<Result>;
  readonly #queries: Queries;
  readonly #key: string;
  #listeners = 0;
  #result: Result | null = null;

  constructor(query: OpenQuery<Result>, queries: Queries, key: string) {
    this.#query = query;
    this.#queries = queries;
    this.#key = key;
  }

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.#listeners++;
    // Left and come back to: a component that React hid for a while still holds it.
    if (!this.#queries.has(this.#key)) this.#queries.set(this.#key, this);
    const remove = this.#query.subscribe(listener);
    return () => {
      this.#listeners--;
      remove();
      // StrictMode leaves and comes back at once.
      queueMicrotask(() => {
        if (this.#listeners === 0 && this.#queries.get(this.#key) === this) this.#queries.delete(this.#key);
      });
    };
  };

  /** The same object while nothing changed. */
  readonly current = (): Result => {
    const next = this.#query.read();
    if (!this.#result || !isSame(this.#result, next)) this.#result = Object.freeze(next);
    return this.#result;
  };
}

/** The query for these params: the one in use, or a new one that starts when it is subscribed to. */
export function sharedQuery<Params, Result extends object>(
  client: ProsaClient,
  kind: QueryKind<Params, Result>,
  params: Params,
): SharedQuery<Result> {
  let queries = queriesOf.get(client);
  if (!queries) queriesOf.set(client, (queries = new Map()));
  const key = `${kind.name} ${keyOf(params)}`;
  const known = queries.get(key) as SharedQuery<Result> | undefined;
  if (known) return known;
  const query = new SharedQuery(kind.open(client, params), queries, key);
  queries.set(key, query);
  return query;
}

/** Equal params have equal keys, whatever the order they were written in. */
function keyOf(params: unknown): string {
  if (typeof params !== 'object' || params === null) return JSON.stringify(params);
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isSame(before: object, next: object): boolean {
  return Object.entries(next).every(([name, value]) => Object.is(value, Reflect.get(before, name)));
}
