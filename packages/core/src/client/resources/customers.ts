import type { Customer, CustomerCreate, CustomerUpdate } from '../../contract/index.ts';
import { customerPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** The records of a CRM, where the gateway keeps them. A method that takes an id rejects with `not_found`. */
export interface CustomersResource {
  /** By name. `search` looks in name, CPF or CNPJ, e-mail and phone. Rejects with `cursor_invalid`. */
  list(params?: PageParams & { readonly search?: string | undefined }, options?: CallOptions): List<Customer>;
  /** One record. */
  get(customerId: string, options?: CallOptions): Promise<Customer>;
  /**
   * A `document` is checked: CPF, or CNPJ in digits or with letters. Rejects with `document_taken` (`problem.customerId`
   * has it), and with `validation_failed` (`errors` names the fields).
   * @example
   * const { id } = await prosa.customers.create({ name: 'Padaria Sol Nascente', phone: '(83) 99914-2210' });
   * await prosa.contacts.link(contactId, id);
   */
  create(customer: CustomerCreate, options?: CommandOptions): Promise<Customer>;
  /** The fields that are given; `null` empties one. Rejects with `document_taken`. */
  update(customerId: string, changes: CustomerUpdate, options?: CommandOptions): Promise<Customer>;
}

export function createCustomers({ methods }: Calls): CustomersResource {
  const { list, act, say } = methods('customer');
  return {
    list: list(routes.list),
    get: act(routes.get),
    create: say(routes.create),
    update: say(routes.update),
  };
}
