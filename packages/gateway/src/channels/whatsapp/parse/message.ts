import type { InboundContact } from '../../../commands/inbound.ts';
import { addressOf, phoneOf } from '../identity.ts';
import { typeOf } from './content.ts';
import { contactOf, personOf, userIdOf } from './contact.ts';
import { dialledOf, fieldsOf, idOf, isOfGroup, lineOf, timeOf, type Fields } from './fields.ts';
import { keptRaw } from './kept-raw.ts';
import { ignored, type ParsedItem, type PersonalItem } from './items.ts';
import { ownNumberOf, saidOf } from './said.ts';

type Found = PersonalItem | Extract<ParsedItem, { readonly kind: 'ignored' }>;

/** One of `messages`: what somebody wrote, what they did to a message, or what Meta tells about them. */
export function messageOf(item: Fields, value: Fields, receivedAt: number): Found {
  if (isOfGroup(item)) return ignored('group');
  const providerId = idOf(item['id']);
  if (providerId === null) return ignored('message without id');
  const contact = contactOf(withSender(item), value);
  if (contact === null) return ignored('message without sender');
  const at = timeOf(item['timestamp'], receivedAt);
  const told = typeOf(item) === 'system' ? systemNewsOf(item, { contact, providerId, at }) : null;
  if (told) return told;
  const said = saidOf(item, ownNumberOf(value));
  if (said.kind === 'change') {
    const { targetId, change } = said;
    return { kind: 'change', change: { providerId, targetId, by: 'customer', contact, at, change } };
  }
  return { kind: 'message', message: { contact, providerId, sentAt: at, content: said.content, marks: said.marks } };
}

/** Older versions say inside of a change of number whose it was. */
function withSender(item: Fields): Fields {
  const customer = fieldsOf(item['system'])['customer'];
  return item['from'] === undefined && customer !== undefined ? { ...item, from: customer } : item;
}

const numberChanges: readonly unknown[] = ['user_changed_number', 'customer_changed_number', 'user_changed_user_id'];
const identityChanges: readonly unknown[] = ['customer_identity_changed', 'user_identity_changed'];

interface Told {
  readonly contact: InboundContact;
  readonly providerId: string;
  readonly at: number;
}

/** `null`: it says nothing that is followed, and is shown as it came. */
function systemNewsOf(item: Fields, { contact, providerId, at }: Told): Found | null {
  const system = fieldsOf(item['system']);
  if (identityChanges.includes(system['type'])) {
    return { kind: 'identity_changed', news: { contact, providerId, at } };
  }
  if (!numberChanges.includes(system['type'])) return null;
  // Versions before v12 call it `new_wa_id`.
  const address = addressOf(dialledOf(system['wa_id'])) ?? addressOf(dialledOf(system['new_wa_id']));
  const userId = userIdOf(system['user_id']);
  if (address === null && userId === null) return null;
  const previous = { address: contact.address, phone: contact.phone, userId: contact.userId };
  return {
    kind: 'number_changed',
    news: { previous, next: { address, phone: phoneOf(address), userId }, providerId, at },
  };
}

/**
 * A call that the customer makes: nobody can take it here, so it is shown like a message of a kind that is not
 * supported, and opens the service window as Meta says. What follows of the same call is the same message.
 */
export function callOf(item: Fields, value: Fields, receivedAt: number): Found {
  const direction = lineOf(item['direction'], 40);
  if (direction?.toUpperCase() !== 'USER_INITIATED') return ignored(`call ${direction ?? 'without direction'}`);
  const providerId = idOf(item['id']);
  const contact = personOf(item['from'], item['from_user_id'], value);
  if (providerId === null || contact === null) return ignored('call without caller');
  // What the browsers of a call agree upon is of no use later, and long.
  const { session: _session, connection: _connection, ...raw } = item;
  const content = { type: 'unsupported', originalType: 'call', raw: keptRaw(raw) } as const;
  return { kind: 'message', message: { contact, providerId, sentAt: timeOf(item['timestamp'], receivedAt), content } };
}
