import { routes } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** What is tried again is done once: the outbox of the client rests on it. */
export const idempotency: readonly Behaviour[] = [
  {
    id: 'idempotency.missing',
    says: 'A command without an `Idempotency-Key` is refused with `idempotency_key_missing`.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const input = { body: { name: desk.unique('Padaria') }, key: null };
      await ana.refused(routes.customers.create, input, 'idempotency_key_missing');
    },
  },
  {
    id: 'idempotency.repeat',
    says: 'A command that is repeated with its key gets the first answer again, and is done once.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const name = desk.unique('Padaria');
      const input = { body: { name }, key: crypto.randomUUID() };
      const first = await ana.ok(routes.customers.create, input);
      const again = await ana.ok(routes.customers.create, input);
      expectSame(again, first, 'the same answer,');
      const { data } = await ana.ok(routes.customers.list, { query: { search: name } });
      expectThat(data.length === 1, 'one customer of that name', data.length);
    },
  },
  {
    id: 'idempotency.at_once',
    says: 'The same command twice at the same time is done once.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const name = desk.unique('Padaria');
      const input = { body: { name }, key: crypto.randomUUID() };
      const both = await Promise.all([0, 1].map(() => ana.ok(routes.customers.create, input)));
      expectSame(both[1]?.id, both[0]?.id, 'the same customer,');
      const { data } = await ana.ok(routes.customers.list, { query: { search: name } });
      expectThat(data.length === 1, 'one customer of that name', data.length);
    },
  },
  {
    id: 'idempotency.other_body',
    says: 'A key that is used for another request is refused with `idempotency_key_reused`.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const key = crypto.randomUUID();
      await ana.ok(routes.customers.create, { body: { name: desk.unique('Padaria') }, key });
      const other = { body: { name: desk.unique('Farmácia') }, key };
      await ana.refused(routes.customers.create, other, 'idempotency_key_reused');
    },
  },
];
