import type { InboundContact } from '../../../commands/inbound.ts';
import { addressOf, isSamePhone, phoneOf } from '../identity.ts';
import { fieldsOf, idOf, lineOf, listOf, type Fields } from './fields.ts';

const nameLength = 200;

/**
 * Who wrote a message: `from`, `from_user_id` and the entry of `contacts` that belongs to them. Any of the three can be
 * missing (Meta, "Business-scoped user IDs"): `null` when nothing says who it was.
 */
export function contactOf(message: Fields, value: Fields): InboundContact | null {
  const contacts = listOf(value['contacts']).map(fieldsOf);
  const only = contacts.length === 1 && listOf(value['messages']).length === 1 ? contacts[0] : undefined;
  const from = addressOf(idOf(message['from']));
  const userId = userIdOf(message['from_user_id']);
  const entry = contacts.find((contact) => belongsTo(contact, from, userId)) ?? only ?? {};
  // A lone entry that names someone else gives no more than its name.
  const matches = (from === null && userId === null) || belongsTo(entry, from, userId);
  const waId = matches ? addressOf(idOf(entry['wa_id'])) : null;

  const address = waId ?? from;
  const knownUserId = userId ?? (matches ? userIdOf(entry['user_id']) : null);
  if (address === null && knownUserId === null) return null;
  const profile = fieldsOf(entry['profile']);
  return {
    address,
    phone: phoneOf(from ?? address),
    userId: knownUserId,
    username: matches ? (lineOf(profile['username'], nameLength)?.replace(/^@/, '') ?? null) : null,
    name: lineOf(profile['name'], nameLength),
  };
}

function belongsTo(contact: Fields, from: string | null, userId: string | null): boolean {
  const waId = addressOf(idOf(contact['wa_id']));
  if (waId !== null && from !== null) return isSamePhone(waId, from);
  return userId !== null && userIdOf(contact['user_id']) === userId;
}

/** Meta's own example has a stray letter in front of the country code: `uUS.1349…`. */
function userIdOf(value: unknown): string | null {
  return idOf(value)?.replace(/^u(?=[A-Z]{2}\.)/, '') ?? null;
}
