import { echoesOf } from './echo.ts';
import { eachOf, fieldsOf, idOf, isFields, lineOf, timeOf, type Fields } from './fields.ts';
import { historyOf } from './history.ts';
import { ignored, type NumberOfOurs, type ParsedItem, type PersonalItem } from './items.ts';
import { callOf, messageOf } from './message.ts';
import { addressBookOf, marketingOf, userIdUpdateOf } from './people.ts';
import { ownNumberOf } from './said.ts';
import { failureOf, statusOf } from './status.ts';
import { recipientOf } from './contact.ts';
import { templateNewsOf } from './template-news.ts';

type Ignored = Extract<ParsedItem, { readonly kind: 'ignored' }>;
type Found = PersonalItem | Ignored;

/**
 * Takes a webhook body apart. Never throws: new fields and types appear without notice, and what is not understood must
 * not harm what is.
 * @param receivedAt epoch milliseconds; stands in for times that are missing
 */
export function parseEnvelope(body: unknown, receivedAt: number): readonly ParsedItem[] {
  const { object, entry } = fieldsOf(body);
  if (object !== undefined && object !== 'whatsapp_business_account') return [ignored(lineOf(object, 64) ?? 'object')];
  const entries = eachOf(entry);
  if (entries.length === 0) return [ignored('entry')];
  return entries.flatMap((part) => {
    const fields = fieldsOf(part);
    const changes = eachOf(fields['changes']);
    if (changes.length === 0) return [ignored('changes')];
    return changes.flatMap((change) => parseChange(fieldsOf(change), fields, receivedAt));
  });
}

const templateFields: ReadonlySet<unknown> = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
]);

const accountFields: ReadonlySet<unknown> = new Set([
  'account_alerts',
  'account_review_update',
  'account_settings_update',
  'account_update',
  'business_capability_update',
  'business_username_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
]);

/** What one number of ours is told of, by field: each list of the value, item by item. */
const personalFields: Readonly<Record<string, (value: Fields, receivedAt: number) => readonly ParsedItem[]>> = {
  messages: (value, receivedAt) => [
    ...personal(value, 'messages', (item) => messageOf(item, value, receivedAt)),
    ...eachOf(value['statuses']).flatMap((item) => parseStatus(item, value, receivedAt)),
    ...errorsOf(value),
  ],
  smb_message_echoes: echoesIn,
  message_echoes: echoesIn,
  smb_app_state_sync: (value, receivedAt) => personal(value, 'state_sync', (item) => addressBookOf(item, receivedAt)),
  history: (value, receivedAt) => [
    ...at(value, historyOf(value, receivedAt)),
    ...eachOf(value['history']).flatMap((chunk) => errorsOf({ ...fieldsOf(chunk), metadata: value['metadata'] })),
    ...errorsOf(value),
  ],
  user_preferences: (value, receivedAt) =>
    personal(value, 'user_preferences', (item) => marketingOf(item, value, receivedAt)),
  user_id_update: (value, receivedAt) => personal(value, 'user_id_update', (item) => userIdUpdateOf(item, receivedAt)),
  calls: (value, receivedAt) => personal(value, 'calls', (item) => callOf(item, value, receivedAt)),
};

function parseChange(change: Fields, entry: Fields, receivedAt: number): readonly ParsedItem[] {
  const { value } = change;
  const field = fieldIn(change, entry);
  const name = lineOf(field, 64) ?? 'field';
  if (templateFields.has(field)) return [parseTemplateNews(name, value, entry, receivedAt)];
  if (accountFields.has(field)) return [parseAccountNews(name, value, entry, receivedAt)];
  const parse = Object.hasOwn(personalFields, name) ? personalFields[name] : undefined;
  if (!parse) return [ignored(name)];
  if (!isFields(value)) return [ignored('value')];
  const items = parse(value, receivedAt);
  // Of a list that has nothing for us the name of the field is told, as of any other.
  return items.length === 0 && name !== 'messages' ? [ignored(name)] : items;
}

/** Meta's own examples have it beside the changes, too, and inside of the value. Else what is listed tells what it is. */
function fieldIn(change: Fields, entry: Fields): unknown {
  const value = fieldsOf(change['value']);
  const told = change['field'] ?? entry['field'] ?? value['field'];
  return told ?? listFields.find(([list]) => eachOf(value[list]).length > 0)?.[1];
}

const listFields = [
  ['messages', 'messages'],
  ['statuses', 'messages'],
  ['message_echoes', 'smb_message_echoes'],
  ['state_sync', 'smb_app_state_sync'],
  ['history', 'history'],
  ['user_preferences', 'user_preferences'],
  ['user_id_update', 'user_id_update'],
] as const;

function echoesIn(value: Fields, receivedAt: number): readonly ParsedItem[] {
  return personal(value, 'message_echoes', (item) => echoesOf(item, receivedAt));
}

function personal(value: Fields, list: string, parse: (item: Fields) => Found): readonly ParsedItem[] {
  return at(
    value,
    eachOf(value[list]).map((item) => (isFields(item) ? (unlessBroken(item, parse) ?? ignored(list)) : ignored(list))),
  );
}

/** A mistake of ours in reading one item must not cost its neighbours. */
function unlessBroken<Result>(item: Fields, parse: (item: Fields) => Result): Result | null {
  try {
    return parse(item);
  } catch {
    return null;
  }
}

function at(value: Fields, found: readonly Found[]): readonly ParsedItem[] {
  const number = numberOf(value);
  return found.map((item) => (item.kind === 'ignored' ? item : { ...item, ...number }));
}

function errorsOf(value: Fields): readonly ParsedItem[] {
  const number = numberOf(value);
  return eachOf(value['errors']).map((item) => ({ kind: 'error', ...number, ...failureOf(item) }));
}

/** The number of ours that it is about: by its id, or, when that is missing, as people dial it. */
function numberOf(value: Fields): NumberOfOurs {
  const phoneNumberId = idOf(fieldsOf(value['metadata'])['phone_number_id']);
  const dialled = phoneNumberId === null ? ownNumberOf(value) : null;
  return { phoneNumberId, ...(dialled !== null && { dialled }) };
}

/** The status, and who the person is when it tells phone and user id together. */
function parseStatus(item: unknown, value: Fields, receivedAt: number): readonly ParsedItem[] {
  if (!isFields(item)) return [ignored('status')];
  const status = unlessBroken(item, () => statusOf(item, receivedAt)) ?? { ignored: 'status' };
  if ('ignored' in status) return [ignored(status.ignored)];
  const person = recipientOf(item, value);
  return at(value, [{ kind: 'status', status }, ...(person ? [{ kind: 'person', person } as const] : [])]);
}

function parseTemplateNews(field: string, value: unknown, entry: Fields, receivedAt: number): ParsedItem {
  const businessAccountId = idOf(entry['id']);
  if (businessAccountId === null) return ignored(`${field} without account`);
  const news = templateNewsOf(field, fieldsOf(value), timeOf(entry['time'], receivedAt));
  return 'ignored' in news ? ignored(news.ignored) : { kind: 'template', businessAccountId, news };
}

function parseAccountNews(field: string, value: unknown, entry: Fields, receivedAt: number): ParsedItem {
  // What partners are told of comes under their own id, and names the account inside.
  const waba = isFields(value) ? idOf(fieldsOf(value['waba_info'])['waba_id']) : null;
  const businessAccountId = waba ?? idOf(entry['id']);
  if (businessAccountId === null || !isFields(value)) return ignored(`${field} without account`);
  const happenedAt = timeOf(entry['time'], receivedAt);
  return { kind: 'account_news', businessAccountId, news: { field, value, at: happenedAt } };
}
