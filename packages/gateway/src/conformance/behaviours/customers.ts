import { routes, type Customer } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** The records that the customer panel shows. */
export const customers: readonly Behaviour[] = [
  {
    id: 'customers.fields',
    says: 'A customer keeps what is given, changes what is given, and counts its `version` up with each change.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const body = { name: desk.unique('Padaria Sol'), email: 'sol@example.com', phone: '(83) 9 9914-2210' };
      const made = await ana.ok(routes.customers.create, { body });
      expectSame([made.name, made.email, made.phone], [body.name, body.email, '+5583999142210'], 'the customer');
      const params = { customerId: made.id };
      const changed = await ana.ok(routes.customers.update, { params, body: { notes: 'Fecha às 18 h', email: null } });
      expectSame([changed.name, changed.notes, changed.email], [body.name, 'Fecha às 18 h', null], 'the change');
      expectThat(changed.version > made.version, `a version above ${made.version}`, changed.version);
      expectSame(await ana.ok(routes.customers.get, { params }), changed, 'the customer as it was answered,');
    },
  },
  {
    id: 'customers.document',
    says: 'CPF and CNPJ are checked, are kept without punctuation, and are of one customer: `document_taken` names it.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const value = someCpf();
      const body = (written: string) => ({ name: desk.unique('Lia'), document: { kind: 'cpf', value: written } });
      const made = await ana.ok(routes.customers.create, {
        body: body(value.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4')),
      });
      expectSame(made.document, { kind: 'cpf', value }, 'the document');
      const problem = await ana.refused(routes.customers.create, { body: body(value) }, 'document_taken');
      expectSame(problem.customerId, made.id, 'the id of the customer that has it,');
      const wrong = value.slice(0, 10) + String((Number(value[10]) + 1) % 10);
      await ana.refused(routes.customers.create, { body: body(wrong) }, 'validation_failed');
    },
  },
  {
    id: 'customers.search',
    says: 'The search finds a customer by part of the name, by document, by e-mail and by phone.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const word = crypto.randomUUID().slice(0, 8);
      const value = someCpf();
      const body = { name: `Mercado ${word}`, email: `${word}@example.com`, document: { kind: 'cpf', value } };
      const { id } = await ana.ok(routes.customers.create, { body });
      for (const search of [word, value, `${word}@example.com`]) {
        const { data } = await ana.ok(routes.customers.list, { query: { search } });
        expectThat(
          data.some((customer) => customer.id === id),
          `the customer among those found by ${search}`,
          data.map(({ name }) => name),
        );
      }
    },
  },
  {
    id: 'contacts.link',
    says: 'A contact is linked to one customer, which its conversations then show; a second one is refused.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const { id, contact } = await desk.waiting();
      const [one, other] = (await Promise.all(
        ['Lia', 'Caio'].map((name) => ana.ok(routes.customers.create, { body: { name: desk.unique(name) } })),
      )) as [Customer, Customer];
      const params = { contactId: contact.id };
      // The customers of a run come back: what an earlier one linked is undone.
      await ana.ok(routes.contacts.unlink, { params });
      const link = { params, body: { customerId: one.id } };
      const linked = await ana.ok(routes.contacts.link, link);
      expectSame(linked.customerId, one.id, 'the customer');
      expectSame((await ana.ok(routes.contacts.link, link)).version, linked.version, 'linked twice, the version');
      const problem = await ana.refused(
        routes.contacts.link,
        { params, body: { customerId: other.id } },
        'already_linked',
      );
      expectSame(problem.customerId, one.id, 'the customer that has it,');
      const conversation = await ana.ok(routes.conversations.get, { params: { conversationId: id } });
      expectSame(conversation.customer, { id: one.id, name: one.name }, 'the customer of the conversation');
      expectSame((await ana.ok(routes.contacts.unlink, { params })).customerId, null, 'unlinked, the customer');
    },
  },
];

/** A made-up CPF whose check digits are right (Receita Federal: modulo 11). */
function someCpf(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte % 10);
  for (const length of [9, 10]) {
    const sum = digits.slice(0, length).reduce((total, digit, i) => total + digit * (length + 1 - i), 0);
    digits.push(((sum * 10) % 11) % 10);
  }
  return digits.join('');
}
