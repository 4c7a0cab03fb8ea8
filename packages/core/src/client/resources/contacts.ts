import type { Contact, Page } from '../../contract/index.ts';
import { paths } from '../../contract/paths.ts';
import type { EntityStore } from '../../store/entity-store.ts';
import { createList } from '../list.ts';
import type { ContactsResource } from '../prosa-client.ts';
import type { Transport, TransportRequest } from '../transport.ts';

const routes = paths.contacts;

export function createContacts(transport: Transport, entities: EntityStore): ContactsResource {
  async function one(route: string, contactId: string, request: TransportRequest): Promise<Contact> {
    const contact = await transport.request<Contact>(route, { ...request, params: { contactId } });
    entities.put('contact', contact);
    return contact;
  }

  return {
    list: (params = {}, options = {}) =>
      createList((cursor) =>
        transport.request<Page<Contact>>(routes.list, {
          operation: 'list contacts',
          query: { ...params, cursor: cursor ?? params.cursor },
          ...options,
        }),
      ),
    get: (id, options = {}) => one(routes.get, id, { operation: 'get the contact', ...options }),
    link: (id, customerId, options = {}) =>
      one(routes.link, id, { operation: 'link the contact', body: { customerId }, ...options }),
    unlink: (id, options = {}) => one(routes.unlink, id, { operation: 'unlink the contact', ...options }),
  };
}
