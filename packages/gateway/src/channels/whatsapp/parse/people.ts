import { addressOf, phoneOf } from '../identity.ts';
import { personOf, userIdOf } from './contact.ts';
import { dialledOf, fieldsOf, lineOf, nameOf, timeOf, type Fields } from './fields.ts';
import { ignored, type ParsedItem, type PersonalItem } from './items.ts';

type Found = PersonalItem | Extract<ParsedItem, { readonly kind: 'ignored' }>;

/** One of `user_preferences`: marketing is stopped, or taken again. */
export function marketingOf(item: Fields, value: Fields, receivedAt: number): Found {
  const contact = personOf(item['wa_id'], item['user_id'], value);
  const choice = nameOf(item['value']);
  if (nameOf(item['category']) !== 'marketing_messages' || (choice !== 'stop' && choice !== 'resume')) {
    return ignored(`user_preferences ${choice ?? 'without value'}`);
  }
  if (contact === null) return ignored('user_preferences without user');
  const at = timeOf(item['timestamp'], receivedAt);
  return { kind: 'marketing', choice: { contact, allowed: choice === 'resume', at } };
}

/** One of `user_id_update`: the same person under a new user id. */
export function userIdUpdateOf(item: Fields, receivedAt: number): Found {
  const ids = fieldsOf(item['user_id']);
  const userId = userIdOf(ids['current']);
  if (userId === null) return ignored('user_id_update without id');
  const address = addressOf(dialledOf(item['wa_id']));
  return {
    kind: 'number_changed',
    news: {
      previous: { address: null, phone: null, userId: userIdOf(ids['previous']) },
      next: { address, phone: phoneOf(address), userId },
      providerId: null,
      at: timeOf(item['timestamp'], receivedAt),
    },
  };
}

/** One of `state_sync`: an entry of the address book on the company's phone. */
export function addressBookOf(item: Fields, receivedAt: number): Found {
  const contact = fieldsOf(item['contact']);
  const address = addressOf(dialledOf(contact['phone_number']));
  const action = nameOf(item['action']);
  if (item['type'] !== 'contact' || address === null) return ignored('state_sync');
  if (action !== 'add' && action !== 'edit' && action !== 'remove') return ignored(`state_sync ${action ?? ''}`.trim());
  const name = action === 'remove' ? null : (lineOf(contact['full_name'], 200) ?? lineOf(contact['first_name'], 200));
  const at = timeOf(fieldsOf(item['metadata'])['timestamp'], receivedAt);
  return { kind: 'address_book', entry: { address, phone: `+${address}`, name, at } };
}
