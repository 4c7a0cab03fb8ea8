import type { Customer, Page } from '../../contract/index.ts';
import { paths } from '../../contract/paths.ts';
import type { EntityStore } from '../../store/entity-store.ts';
import { createList } from '../list.ts';
import type { CustomersResource } from '../prosa-client.ts';
import type { Transport, TransportRequest } from '../transport.ts';

const routes = paths.customers;

export function createCustomers(transport: Transport, entities: EntityStore): CustomersResource {
  async function one(route: string, request: TransportRequest): Promise<Customer> {
    const customer = await transport.request<Customer>(route, request);
    entities.put('customer', customer);
    return customer;
  }

  return {
    list: (params = {}, options = {}) =>
      createList((cursor) =>
        transport.request<Page<Customer>>(routes.list, {
          operation: 'list customers',
          query: { ...params, cursor: cursor ?? params.cursor },
          ...options,
        }),
      ),
    get: (customerId, options = {}) =>
      one(routes.get, { operation: 'get the customer', params: { customerId }, ...options }),
    create: (body, options = {}) => one(routes.create, { operation: 'create the customer', body, ...options }),
    update: (customerId, body, options = {}) =>
      one(routes.update, { operation: 'update the customer', params: { customerId }, body, ...options }),
  };
}
