import type { InboundContact } from '../../../commands/inbound.ts';
import { addressOf, isSamePhone, isUserId, phoneOf, samePhoneKey } from '../identity.ts';
import { dialledOf, eachOf, fieldsOf, idOf, lineOf, nameOf, type Fields } from './fields.ts';

const nameLength = 200;

/**
 * Who wrote a message: `from`, `from_user_id` and the entry of `contacts` that belongs to them. Any of the three can be
 * missing (Meta, "Business-scoped user IDs"): `null` when nothing says who it was.
 */
export function contactOf(message: Fields, value: Fields): InboundContact | null {
  const from = dialledOf(message['from']);
  const userId = userIdOf(message['from_user_id']) ?? userIdIn(from);
  const person = personIn(value, addressOf(from), userId, true);
  return person?.phone === null ? { ...person, ...sharedPhoneOf(message) } : person;
}

/** To whom a message went, when the status tells phone and user id together: it says who they are. */
export function recipientOf(status: Fields, value: Fields): InboundContact | null {
  const address = addressOf(dialledOf(status['recipient_id']));
  const userId = userIdOf(status['recipient_user_id']);
  const person = address === null && userId === null ? null : personIn(value, address, userId, false);
  return person?.address != null && person.userId !== null ? { ...person, name: null } : null;
}

/** Somebody who is named by phone, by user id, or by both, in an item of its own. */
export function personOf(waId: unknown, userId: unknown, value: Fields): InboundContact | null {
  const id = dialledOf(waId);
  return personIn(value, addressOf(id), userIdOf(userId) ?? userIdIn(id), false);
}

function personIn(value: Fields, from: string | null, userId: string | null, isSender: boolean): InboundContact | null {
  const people = peopleOf(value);
  const entry = entryOf(people, from, userId) ?? (isSender ? people.only : null) ?? {};
  // A lone entry that names someone else gives no more than its name.
  const matches = (from === null && userId === null) || belongsTo(entry, from, userId);
  const waId = matches ? addressOf(dialledOf(entry['wa_id'])) : null;

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
  const waId = addressOf(dialledOf(contact['wa_id']));
  if (waId !== null && from !== null) return isSamePhone(waId, from);
  return userId !== null && userIdOf(contact['user_id']) === userId;
}

/** The entries of `contacts`, found without looking through all of them for each of a thousand messages. */
interface People {
  readonly entries: readonly Fields[];
  /** By what `belongsTo` compares: the first of each. */
  readonly byPhone: ReadonlyMap<string, number>;
  readonly byUserId: ReadonlyMap<string, number>;
  /** Of those that say no phone. */
  readonly byUserIdAlone: ReadonlyMap<string, number>;
  /** The one person of whom all the messages can be. */
  readonly only: Fields | null;
}

const known = new WeakMap<Fields, People>();

function peopleOf(value: Fields): People {
  const found = known.get(value) ?? readPeople(value);
  known.set(value, found);
  return found;
}

function readPeople(value: Fields): People {
  const entries = eachOf(value['contacts']).map(fieldsOf);
  const maps = { byPhone: new Map<string, number>(), byUserId: new Map(), byUserIdAlone: new Map<string, number>() };
  const first = (map: Map<string, number>, key: string, index: number) => {
    if (!map.has(key)) map.set(key, index);
  };
  entries.forEach((entry, index) => {
    const waId = addressOf(dialledOf(entry['wa_id']));
    const userId = userIdOf(entry['user_id']);
    if (waId !== null) first(maps.byPhone, samePhoneKey(waId), index);
    if (userId === null) return;
    first(maps.byUserId, userId, index);
    if (waId === null) first(maps.byUserIdAlone, userId, index);
  });
  return { entries, ...maps, only: onlyOf(value, entries) };
}

function entryOf(
  { entries, byPhone, byUserId, byUserIdAlone }: People,
  from: string | null,
  userId: string | null,
): Fields | null {
  const places = [
    from === null ? undefined : byPhone.get(samePhoneKey(from)),
    userId === null ? undefined : (from === null ? byUserId : byUserIdAlone).get(userId),
  ].filter((place) => place !== undefined);
  return places.length === 0 ? null : (entries[Math.min(...places)] ?? null);
}

function onlyOf(value: Fields, [contact, ...others]: readonly Fields[]): Fields | null {
  if (contact === undefined || others.length > 0) return null;
  const messages = eachOf(value['messages']).map(fieldsOf);
  if (messages.length <= 1) return contact;
  const isTheirs = messages.every((message) => {
    const from = dialledOf(message['from']);
    const userId = userIdOf(message['from_user_id']) ?? userIdIn(from);
    return (from === null && userId === null) || belongsTo(contact, addressOf(from), userId);
  });
  return isTheirs ? contact : null;
}

/**
 * Who is known by user id only can be asked for the phone, and answers with a card of their own (Meta, "Request contact
 * info", 2026): it comes together with the user id.
 */
function sharedPhoneOf(message: Fields): Pick<InboundContact, 'address' | 'phone'> {
  const cards = nameOf(message['type']) === 'contacts' ? eachOf(message['contacts']).map(fieldsOf) : [];
  const asked = cards.length === 1 && cards[0]?.['origin'] === 'contact_request' ? cards[0] : {};
  const phones = eachOf(asked['phones']).map(fieldsOf);
  const address = phones.map((phone) => addressOf(dialledOf(phone['wa_id']))).find((found) => found !== null) ?? null;
  return { address, phone: phoneOf(address) };
}

/** Meta's own example has a stray letter in front of the country code: `uUS.1349…`. */
export function userIdOf(value: unknown): string | null {
  return idOf(value)?.replace(/^u(?=[A-Z]{2}\.)/, '') ?? null;
}

/** Fields that are made for a phone carry the user id of somebody who has none. */
function userIdIn(value: string | null): string | null {
  const id = userIdOf(value);
  return id !== null && isUserId(id) ? id : null;
}
