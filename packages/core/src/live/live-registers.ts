import type {
  AgentsResource,
  ContactsResource,
  CustomersResource,
  LiveList,
  LiveQueries,
  PageParams,
} from '../client/prosa-client.ts';
import type { Agent, Contact, Customer } from '../contract/index.ts';
import { compareText } from '../store/compare-text.ts';

interface WithLists {
  readonly live: Pick<LiveQueries, 'list'>;
}

type ListParams = Omit<PageParams, 'cursor'>;

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * The agents by name, each with their `presence`, kept up to date.
 *
 * @param params `active`: only those who may, or may not, log in
 * @example
 * const agents = liveAgents(prosa, { active: true });
 * agents.subscribe(() => show(agents.value.filter(({ presence }) => presence.state === 'online')));
 */
export function liveAgents(
  client: WithLists & { readonly agents: Pick<AgentsResource, 'list'> },
  params: ListParams & { readonly active?: boolean | undefined } = {},
): LiveList<Agent> {
  return client.live.list({
    kind: 'agent',
    order: byName,
    fetchPage: (page, signal) => client.agents.list({ ...params, ...page }, { signal }),
    belongs: ({ active }) => params.active === undefined || active === params.active,
  });
}

/** Contacts, the newest first, kept up to date. `customerId`: those that are linked to that customer. */
export function liveContacts(
  client: WithLists & { readonly contacts: Pick<ContactsResource, 'list'> },
  params: ListParams & { readonly customerId?: string | undefined } = {},
): LiveList<Contact> {
  return client.live.list({
    kind: 'contact',
    order: (a, b) => compareText(b.createdAt, a.createdAt) || compareText(b.id, a.id),
    fetchPage: (page, signal) => client.contacts.list({ ...params, ...page }, { signal }),
    belongs: ({ customerId }) => params.customerId === undefined || customerId === params.customerId,
  });
}

/**
 * Customers by name, kept up to date. What a `search` found stays found, with its changes; who would be found since is
 * added by `refresh`.
 */
export function liveCustomers(
  client: WithLists & { readonly customers: Pick<CustomersResource, 'list'> },
  params: ListParams & { readonly search?: string | undefined } = {},
): LiveList<Customer> {
  let found = new Set<string>();
  return client.live.list({
    kind: 'customer',
    order: byName,
    async fetchPage(page, signal) {
      const answer = await client.customers.list({ ...params, ...page }, { signal });
      if (!signal.aborted) {
        if (page.cursor === undefined) found = new Set();
        for (const { id } of answer.data) found.add(id);
      }
      return answer;
    },
    belongs: ({ id }) => !params.search || found.has(id),
  });
}

function byName(a: Named, b: Named): number {
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}
