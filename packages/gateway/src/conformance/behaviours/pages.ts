import { routes } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** Lists come page by page. */
export const pages: readonly Behaviour[] = [
  {
    id: 'pages.walk',
    says: 'Going from page to page shows each entry once, in the order of the list, and ends with `nextCursor: null`.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const name = desk.unique('Loja');
      for (const end of ['A', 'B', 'C', 'D', 'E'])
        await ana.ok(routes.customers.create, { body: { name: `${name} ${end}` } });
      const names: string[] = [];
      let cursor: string | null = null;
      let pageCount = 0;
      do {
        const query: Record<string, string | number> = { search: name, limit: 2, ...(cursor !== null && { cursor }) };
        const page: { data: readonly { name: string }[]; nextCursor: string | null } = await ana.ok(
          routes.customers.list,
          { query },
        );
        expectThat(page.data.length <= 2, 'at most 2 entries a page', page.data.length);
        names.push(...page.data.map((customer) => customer.name.slice(-1)));
        cursor = page.nextCursor;
        pageCount++;
      } while (cursor !== null && pageCount < 5);
      expectSame(names.join(''), 'ABCDE', 'the customers');
      expectThat(pageCount === 3, 'three pages', pageCount);
    },
  },
  {
    id: 'pages.limit',
    says: 'A page has 1 to 100 entries; another limit is refused.',
    async run(desk) {
      const ana = await desk.agent('ana');
      await ana.ok(routes.customers.list, { query: { limit: 100 } });
      for (const limit of [0, 101, 'many']) {
        await ana.refused(routes.customers.list, { query: { limit } }, 'validation_failed');
      }
    },
  },
  {
    id: 'pages.cursor',
    says: 'A cursor that the server did not give is refused with `cursor_invalid`.',
    async run(desk) {
      const ana = await desk.agent('ana');
      for (const route of [routes.customers.list, routes.conversations.list]) {
        await ana.refused(route, { query: { cursor: 'nonsense' } }, 'cursor_invalid');
      }
    },
  },
];
