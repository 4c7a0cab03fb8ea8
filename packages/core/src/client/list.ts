import type { Page } from '../contract/index.ts';
import type { List } from './prosa-client.ts';

/**
 * A list that asks when it is awaited or iterated, not before.
 *
 * @param fetchPage `undefined` for the first page
 */
export function createList<Item>(fetchPage: (cursor: string | undefined) => Promise<Page<Item>>): List<Item> {
  let first: Promise<Page<Item>> | null = null;
  const firstPage = () => (first ??= fetchPage(undefined));

  return {
    // A list is awaitable on purpose: `await list` is its first page.
    then: (onFulfilled, onRejected) => firstPage().then(onFulfilled, onRejected),
    async *[Symbol.asyncIterator]() {
      let page = await firstPage();
      yield* page.data;
      for (let cursor = page.nextCursor; cursor !== null;) {
        page = await fetchPage(cursor);
        yield* page.data;
        // A server that gives the same cursor for ever must not hold the caller for ever.
        cursor = page.nextCursor === cursor ? null : page.nextCursor;
      }
    },
  };
}
