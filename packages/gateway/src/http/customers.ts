import { createCustomer, updateCustomer } from '../commands/save-customer.ts';
import { notFound } from '../domain/problems.ts';
import { customerOf, findCustomerRow, listCustomers } from '../store/customers.ts';
import type { Handlers } from './handlers.ts';

export const customerHandlers: Handlers['customers'] = {
  list: ({ db, principal }, { query }) => listCustomers(db, principal.workspaceId, query),
  async get({ db, principal }, { params }) {
    return customerOf((await findCustomerRow(db, principal.workspaceId, params.customerId)) ?? notFound('customer'));
  },
  create: (unit, _principal, { body }) => createCustomer(unit, body),
  update: (unit, _principal, { params, body }) => updateCustomer(unit, params.customerId, body),
};
