import type { InboundContent } from '../../../commands/inbound.ts';
import {
  eachOf,
  fieldsOf,
  isFields,
  lineOf,
  numberOf,
  textOf,
  webAddressOf,
  writtenOf,
  type Fields,
} from './fields.ts';
import { keptRaw } from './kept-raw.ts';

/** Readings of what has parts of its own. `null`: it lacks what makes it one, and is kept as it came. */

type Of<Type extends InboundContent['type']> = Extract<InboundContent, { readonly type: Type }>;

const lineLength = 1000;
/** Meta takes 257 cards in a message; orders and forms have fewer lines. */
const mostParts = 300;

export function locationOf(body: Fields): Of<'location'> | null {
  const latitude = numberOf(body['latitude']);
  const longitude = numberOf(body['longitude']);
  if (latitude === null || longitude === null) return null;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return {
    type: 'location',
    latitude,
    longitude,
    name: lineOf(body['name'], lineLength),
    address: lineOf(body['address'], lineLength),
    url: webAddressOf(body['url']),
  };
}

export function cardsOf(value: unknown): Of<'contacts'> | null {
  const contacts = parts(value).flatMap((card) => cardOf(card) ?? []);
  return contacts.length === 0 ? null : { type: 'contacts', contacts };
}

function cardOf(card: Fields): Of<'contacts'>['contacts'][number] | null {
  const phones = parts(card['phones']).flatMap((entry) => {
    const phone = lineOf(entry['phone'], 64) ?? lineOf(entry['wa_id'], 64);
    return phone === null ? [] : [{ phone, kind: lineOf(entry['type'], 64) }];
  });
  const emails = parts(card['emails']).flatMap((entry) => lineOf(entry['email'], lineLength) ?? []);
  const organization = lineOf(fieldsOf(card['org'])['company'], lineLength);
  const name =
    cardName(fieldsOf(card['name'])) ?? vcardName(card['vcard']) ?? organization ?? phones[0]?.phone ?? emails[0];
  return name === undefined ? null : { name, organization, phones, emails };
}

function cardName(name: Fields): string | null {
  const parts = [name['first_name'], name['middle_name'], name['last_name']].map((part) => lineOf(part, lineLength));
  const whole = parts.filter((part) => part !== null).join(' ');
  return lineOf(name['formatted_name'], lineLength) ?? (whole === '' ? null : whole);
}

function vcardName(vcard: unknown): string | null {
  return lineOf(/^FN(?:;[^:\r\n\u2028\u2029]*)?:(.+)$/im.exec(textOf(vcard) ?? '')?.[1], lineLength);
}

export function orderOf(body: Fields): Of<'order'> | null {
  const items = parts(body['product_items']).flatMap((item) => {
    const productId = lineOf(item['product_retailer_id'], lineLength);
    if (productId === null) return [];
    const quantity = numberOf(item['quantity']) ?? 1;
    return [{ productId, quantity, unitPrice: numberOf(item['item_price']), currency: lineOf(item['currency'], 8) }];
  });
  const text = writtenOf(body['text']);
  const catalogId = lineOf(body['catalog_id'], lineLength);
  return items.length === 0 && text === null ? null : { type: 'order', text, catalogId, items };
}

/** The answers of a form come as JSON in a text, which may be broken: then that text is what can be shown. */
export function formOf(value: unknown): Of<'form'> | null {
  if (!isFields(value)) return null;
  const answers = textOf(value['response_json']);
  const fields = answers === null ? answersOf(value['response_json']) : answersIn(answers);
  const text = writtenOf(value['body']);
  const name = lineOf(value['name'], 200);
  return fields.length === 0 && text === null && name === null
    ? null
    : { type: 'form', name, text, fields, raw: keptRaw(value) };
}

/** Whether the customer may be called, in Meta's own words. */
export function permissionOf(value: unknown): Of<'form'> | null {
  if (!isFields(value) || lineOf(value['response'], 64) === null) return null;
  return { type: 'form', name: 'call_permission_reply', text: null, fields: answersOf(value), raw: keptRaw(value) };
}

type Answers = Of<'form'>['fields'];

function answersIn(json: string): Answers {
  try {
    return answersOf(JSON.parse(json));
  } catch {
    return [{ name: 'response_json', value: writtenOf(json) ?? '' }];
  }
}

/** The token is the sender's own name for the form, and says nothing to people. */
function answersOf(value: unknown): Answers {
  return Object.entries(fieldsOf(value))
    .filter(([name]) => name !== 'flow_token')
    .slice(0, mostParts)
    .map(([name, answer]) => ({ name: name.replaceAll('\0', ''), value: answerText(answer) }));
}

type Scalar = string | number | boolean;

function answerText(answer: unknown): string {
  if (answer === null || answer === undefined) return '';
  const text = typeof answer === 'object' ? JSON.stringify(keptRaw({ answer })['answer']) : String(answer as Scalar);
  return writtenOf(text) ?? '';
}

function parts(value: unknown): readonly Fields[] {
  return eachOf(value).slice(0, mostParts).filter(isFields);
}
