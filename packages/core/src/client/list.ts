import type { Page } from '../contract/index.ts';
import { AbortedError } from '../errors/local-errors.ts';
import type { List } from './call-options.ts';

/**
 * A list that asks when it is awaited or iterated, not before.
 *
 * @param fetchPage `undefined` for the first page
 * @param signal ends the iteration, also between two items of a page
 */
export function createList<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
  signal?: AbortSignal,
): List<Item> {
  let first: Promise<Page<Item>> | null = null;
  const firstPage = () => (first ??= fetchPage(undefined));

  return {
    // A list is awaitable on purpose: `await list` is its first page.
    then: (onFulfilled, onRejected) => firstPage().then(onFulfilled, onRejected),
    catch: (onRejected) => firstPage().catch(onRejected),
    finally: (onFinally) => firstPage().finally(onFinally),
    [Symbol.toStringTag]: 'List',
    async *[Symbol.asyncIterator]() {
      let page = await firstPage();
      for (;;) {
        for (const item of page.data) {
          if (signal?.aborted) throw new AbortedError('read the list', undefined, signal.reason);
          yield item;
        }
        const { nextCursor } = page;
        if (nextCursor === null) return;
        page = await fetchPage(nextCursor);
        // A server that gives the same cursor for ever must not hold the caller for ever.
        if (page.nextCursor === nextCursor) page = { ...page, nextCursor: null };
      }
    },
  };
}
