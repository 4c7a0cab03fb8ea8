import { formatPhone } from '@prosa/core/brazil';
import type { Contact, Conversation } from '@prosa/core/contract';

/** How a conversation is called: the record's name, what the contact calls itself, the phone. */
export function conversationName({ customer, contact }: Pick<Conversation, 'customer' | 'contact'>): string {
  return customer?.name ?? contactName(contact);
}

/** A contact without a name of its own carries its phone as name: it is written as a phone. */
export function contactName({ name, phone }: Pick<Contact, 'name' | 'phone'>): string {
  if (/^\+?\d[\d\s().-]*$/.test(name)) return formatPhone(name.startsWith('+') ? name : `+${name}`);
  return name || (phone ? formatPhone(phone) : '');
}
