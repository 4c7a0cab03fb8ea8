import type { CallOptions, ProsaClient, Unsubscribe } from '@prosa/core';
import type { Contact, Customer, CustomerCreate, CustomerUpdate } from '@prosa/core/contract';

/** What the panel shows of a customer. A record of the gateway is one; so is what a CRM makes of its own records. */
export type CustomerRecord = Pick<Customer, 'id' | 'name' | 'document' | 'email' | 'phone' | 'address' | 'notes'>;

/**
 * Where customers live: by default in the gateway, or in the CRM that embeds the panel. Errors with the codes of the
 * contract (`validation_failed` with `errors`, `document_taken` with `problem.customerId`) are shown at their field.
 */
export interface CustomerSource {
  /** The record that the contact is linked to, or `null`. */
  find(contact: Contact, options?: CallOptions): Promise<CustomerRecord | null>;
  /** The best matches for what was typed: a name, a document, an e-mail, a phone. */
  search(text: string, options?: CallOptions): Promise<readonly CustomerRecord[]>;
  create(customer: CustomerCreate, options?: CallOptions): Promise<CustomerRecord>;
  update(customerId: string, changes: CustomerUpdate, options?: CallOptions): Promise<CustomerRecord>;
  link(contact: Contact, customerId: string, options?: CallOptions): Promise<void>;
  /** Calls back when a record may have changed elsewhere. */
  subscribe?(listener: () => void): Unsubscribe;
}

/** The gateway's own customers. */
export function gatewayCustomers(client: ProsaClient): CustomerSource {
  return {
    find: async ({ customerId }, options) => (customerId === null ? null : client.customers.get(customerId, options)),
    search: async (search, options) => (await client.customers.list({ search, limit: 8 }, options)).data,
    create: (customer, options) => client.customers.create(customer, options),
    update: (customerId, changes, options) => client.customers.update(customerId, changes, options),
    async link({ id }, customerId, options) {
      await client.contacts.link(id, customerId, options);
    },
    subscribe(listener) {
      const stops = [client.on('customer.updated', listener), client.on('discontinuity', listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
