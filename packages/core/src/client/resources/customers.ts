import { customerPaths as routes } from '../../contract/paths.ts';
import type { CustomersResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';
const kind = 'customer';

export function createCustomers({ entity, list }: Calls): CustomersResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    get: (customerId, options) => entity(kind, routes.get, { params: { customerId }, ...options }),
    create: (body, options) => entity(kind, routes.create, { body, ...options }),
    update: (customerId, body, options) => entity(kind, routes.update, { params: { customerId }, body, ...options }),
  };
}
