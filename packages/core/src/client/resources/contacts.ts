import type { Contact } from '../../contract/index.ts';
import { contactPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** Who writes, as a channel knows them: a phone, a visitor. A method that takes an id rejects with `not_found`. */
export interface ContactsResource {
  /** Newest first; of one customer or all. Rejects with `cursor_invalid`. */
  list(params?: PageParams & { readonly customerId?: string | undefined }, options?: CallOptions): List<Contact>;
  /** One, with the customer it is linked to. */
  get(contactId: string, options?: CallOptions): Promise<Contact>;
  /**
   * Ties it to a customer; twice to the same one changes nothing. Rejects with `already_linked` (`problem.customerId`
   * has it): `unlink` first.
   * @example
   * await prosa.contacts.link(conversation.contact.id, customerId);
   */
  link(contactId: string, customerId: string, options?: CommandOptions): Promise<Contact>;
  /** Undoes it; of one that is not linked it changes nothing. */
  unlink(contactId: string, options?: CommandOptions): Promise<Contact>;
}

export function createContacts({ methods }: Calls): ContactsResource {
  const { list, act, name } = methods('contact');
  return {
    list: list(routes.list),
    get: act(routes.get),
    link: name(routes.link, 'customerId'),
    unlink: act(routes.unlink),
  };
}
