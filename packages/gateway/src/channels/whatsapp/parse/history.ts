import type { ImportedMessage } from '../../../commands/inbound.ts';
import { addressOf, isSamePhone } from '../identity.ts';
import { contactOf, personOf } from './contact.ts';
import { dialledOf, eachOf, fieldsOf, idOf, isFields, lineOf, timeOf, type Fields } from './fields.ts';
import { ignored, type ParsedItem, type PersonalItem } from './items.ts';
import { ownNumberOf, saidOf } from './said.ts';

type Found = PersonalItem | Extract<ParsedItem, { readonly kind: 'ignored' }>;

/** Messages of a thread that are imported together, at most. */
const sliceLength = 100;

/**
 * What was said before the number came here: threads, and the files that replace their placeholders, each in a webhook
 * of its own (Meta, "history").
 */
export function historyOf(value: Fields, receivedAt: number): readonly Found[] {
  const own = ownNumberOf(value);
  return [
    ...eachOf(value['history'])
      .flatMap((chunk) => eachOf(fieldsOf(chunk)['threads']))
      .flatMap((thread) => threadOf(fieldsOf(thread), own, receivedAt)),
    ...eachOf(value['messages']).flatMap((item) =>
      isFields(item) ? fileOf(item, value, own, receivedAt) : [ignored('history')],
    ),
  ];
}

function threadOf(thread: Fields, own: string | null, receivedAt: number): readonly Found[] {
  const context = fieldsOf(thread['context']);
  const contact = personOf(context['wa_id'] ?? thread['id'], context['user_id'], fieldsOf(null));
  if (contact === null) return [ignored('history thread')];
  const username = lineOf(context['username'], 200)?.replace(/^@/, '') ?? null;
  const found: Found[] = [];
  const messages: ImportedMessage[] = [];
  for (const item of eachOf(thread['messages'])) {
    const message = fieldsOf(item);
    const providerId = idOf(message['id']);
    if (providerId === null) {
      found.push(ignored('history message without id'));
      continue;
    }
    const outbound = isOurs(message, own, contact.address);
    const at = timeOf(message['timestamp'], receivedAt);
    const said = saidOf(message, own);
    if (said.kind === 'change') {
      const { targetId, change } = said;
      const by = outbound ? 'phone' : 'customer';
      found.push({ kind: 'change', change: { providerId, targetId, by, contact, at, change } });
    } else
      messages.push({ providerId, at, outbound, status: statusOf(message), content: said.content, marks: said.marks });
  }
  const slices: Found[] = [];
  for (let start = 0; start < messages.length; start += sliceLength) {
    const thread = { contact: { ...contact, username }, messages: messages.slice(start, start + sliceLength) };
    slices.push({ kind: 'history', thread });
  }
  return [...slices, ...found];
}

/** A file whose place in a thread may be known already. Of one that we sent it is not said to whom. */
function fileOf(item: Fields, value: Fields, own: string | null, receivedAt: number): readonly Found[] {
  const providerId = idOf(item['id']);
  const said = saidOf(item, own);
  if (providerId === null || said.kind === 'change') return [ignored('history message')];
  const at = timeOf(item['timestamp'], receivedAt);
  const outbound = isOurs(item, own, null);
  const contact = outbound ? personOf(item['to'], item['to_user_id'], value) : contactOf(item, value);
  const { content, marks } = said;
  if (contact === null) {
    return [
      {
        kind: 'change',
        change: { providerId, targetId: providerId, by: 'phone', contact, at, change: { kind: 'file', content } },
      },
    ];
  }
  return [
    {
      kind: 'history',
      thread: { contact, messages: [{ providerId, at, outbound, status: statusOf(item), content, marks }] },
    },
  ];
}

function isOurs(message: Fields, own: string | null, customer: string | null): boolean {
  const from = addressOf(dialledOf(message['from']));
  if (from === null) return fieldsOf(message['history_context'])['from_me'] === true;
  if (customer !== null && isSamePhone(from, customer)) return false;
  return own === null ? customer !== null : isSamePhone(from, own);
}

const statuses: Readonly<Record<string, ImportedMessage['status']>> = {
  DELIVERED: 'delivered',
  READ: 'read',
  PLAYED: 'played',
  ERROR: 'failed',
};

function statusOf(message: Fields): ImportedMessage['status'] {
  const name = lineOf(fieldsOf(message['history_context'])['status'], 20)?.toUpperCase() ?? '';
  return Object.hasOwn(statuses, name) ? (statuses[name] ?? 'sent') : 'sent';
}
