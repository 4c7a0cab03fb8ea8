import { contactPaths as routes } from '../../contract/paths.ts';
import type { ContactsResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';
const kind = 'contact';

export function createContacts({ entity, list }: Calls): ContactsResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    get: (contactId, options) => entity(kind, routes.get, { params: { contactId }, ...options }),
    link: (contactId, customerId, options) =>
      entity(kind, routes.link, { params: { contactId }, body: { customerId }, ...options }),
    unlink: (contactId, options) => entity(kind, routes.unlink, { params: { contactId }, ...options }),
  };
}
