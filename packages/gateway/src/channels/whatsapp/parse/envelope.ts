import type { InboundMessage, TemplateNews } from '../../../commands/inbound.ts';
import { contactOf } from './contact.ts';
import { contentOf } from './content.ts';
import { fieldsOf, idOf, isFields, lineOf, listOf, timeOf, type Fields } from './fields.ts';
import { failureOf, statusOf, type ParsedStatus } from './status.ts';
import { templateNewsOf } from './template-news.ts';

export type ParsedMessage = Omit<InboundMessage, 'channel'>;
export type ParsedTemplateNews = Omit<TemplateNews, 'channel'>;

/** One item of an envelope. `phoneNumberId`: the number of ours that it is about, `null` when it does not say. */
export type ParsedItem =
  | { readonly kind: 'message'; readonly phoneNumberId: string | null; readonly message: ParsedMessage }
  | { readonly kind: 'status'; readonly phoneNumberId: string | null; readonly status: ParsedStatus }
  /** About a message template of a business account, and so of each of its numbers. */
  | { readonly kind: 'template'; readonly businessAccountId: string; readonly news: ParsedTemplateNews }
  /** Meta's word about the whole account. */
  | { readonly kind: 'error'; readonly phoneNumberId: string | null; readonly code: string; readonly detail: string }
  /** Accepted and left alone; `what` is the name of its field, or what was wrong with it. */
  | { readonly kind: 'ignored'; readonly what: string };

/**
 * Takes a webhook body apart. Never throws: new fields and types appear without notice, and what is not understood must
 * not harm what is.
 * @param receivedAt epoch milliseconds; stands in for times that are missing
 */
export function parseEnvelope(body: unknown, receivedAt: number): readonly ParsedItem[] {
  const { object, entry } = fieldsOf(body);
  if (object !== undefined && object !== 'whatsapp_business_account') return [ignored(lineOf(object, 64) ?? 'object')];
  if (!Array.isArray(entry)) return [ignored('entry')];
  return entry.flatMap((part) => {
    const fields = fieldsOf(part);
    const { changes } = fields;
    if (!Array.isArray(changes)) return [ignored('changes')];
    return changes.flatMap((change) => parseChange(fieldsOf(change), fields, receivedAt));
  });
}

const templateFields: readonly unknown[] = ['message_template_status_update', 'template_category_update'];

function parseChange({ field, value }: Fields, entry: Fields, receivedAt: number): readonly ParsedItem[] {
  if (typeof field === 'string' && templateFields.includes(field)) {
    return [parseTemplateNews(field, value, entry, receivedAt)];
  }
  // Echoes of the business app and history come in fields of their own: they are not from the customer, or not new.
  if (field !== 'messages') return [ignored(lineOf(field, 64) ?? 'field')];
  if (!isFields(value)) return [ignored('value')];
  const phoneNumberId = idOf(fieldsOf(value['metadata'])['phone_number_id']);
  return [
    ...listOf(value['messages']).map((item) => parseMessage(item, value, phoneNumberId, receivedAt)),
    ...listOf(value['statuses']).map((item) => parseStatus(item, phoneNumberId, receivedAt)),
    ...listOf(value['errors']).map((item): ParsedItem => ({ kind: 'error', phoneNumberId, ...failureOf(item) })),
  ];
}

function parseMessage(item: unknown, value: Fields, phoneNumberId: string | null, receivedAt: number): ParsedItem {
  if (!isFields(item)) return ignored('message');
  if (item['group_id'] !== undefined && item['group_id'] !== null) return ignored('group');
  const providerId = idOf(item['id']);
  if (providerId === null) return ignored('message without id');
  const contact = contactOf(item, value);
  if (contact === null) return ignored('message without sender');
  const sentAt = timeOf(item['timestamp'], receivedAt);
  return { kind: 'message', phoneNumberId, message: { contact, providerId, sentAt, content: contentOf(item) } };
}

function parseStatus(item: unknown, phoneNumberId: string | null, receivedAt: number): ParsedItem {
  if (!isFields(item)) return ignored('status');
  const status = statusOf(item, receivedAt);
  return 'ignored' in status ? ignored(status.ignored) : { kind: 'status', phoneNumberId, status };
}

function parseTemplateNews(field: string, value: unknown, entry: Fields, receivedAt: number): ParsedItem {
  const businessAccountId = idOf(entry['id']);
  if (businessAccountId === null) return ignored(`${field} without account`);
  const news = templateNewsOf(field, fieldsOf(value), timeOf(entry['time'], receivedAt));
  return 'ignored' in news ? ignored(news.ignored) : { kind: 'template', businessAccountId, news };
}

function ignored(what: string): ParsedItem {
  return { kind: 'ignored', what };
}
