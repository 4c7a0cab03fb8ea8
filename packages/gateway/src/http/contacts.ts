import { linkContact, unlinkContact } from '../commands/link-contact.ts';
import { notFound } from '../domain/problems.ts';
import { contactOf, findContactRow, listContacts } from '../store/contacts.ts';
import type { Handlers } from './handlers.ts';

export const contactHandlers: Handlers['contacts'] = {
  list: ({ db, principal }, { query }) => listContacts(db, principal.workspaceId, query),
  async get({ db, principal }, { params }) {
    return contactOf((await findContactRow(db, principal.workspaceId, params.contactId)) ?? notFound('contact'));
  },
  link: (unit, _principal, { params, body }) => linkContact(unit, params.contactId, body.customerId),
  unlink: (unit, _principal, { params }) => unlinkContact(unit, params.contactId),
};
