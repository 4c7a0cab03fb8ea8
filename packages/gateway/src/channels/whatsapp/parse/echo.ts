import { personOf } from './contact.ts';
import { dialledOf, fieldsOf, idOf, isOfGroup, timeOf, type Fields } from './fields.ts';
import { ignored, type ParsedItem, type PersonalItem } from './items.ts';
import { saidOf } from './said.ts';
import { addressOf } from '../identity.ts';

/** One of `message_echoes`: what was written in the app on the company's phone, and to whom. */
export function echoesOf(
  item: Fields,
  receivedAt: number,
): PersonalItem | Extract<ParsedItem, { readonly kind: 'ignored' }> {
  if (isOfGroup(item)) return ignored('group');
  const providerId = idOf(item['id']);
  if (providerId === null) return ignored('echo without id');
  const at = timeOf(item['timestamp'], receivedAt);
  const contact = personOf(item['to'], item['to_user_id'], fieldsOf(null));
  const said = saidOf(item, addressOf(dialledOf(item['from'])));
  if (said.kind === 'change') {
    const { targetId, change } = said;
    return { kind: 'change', change: { providerId, targetId, by: 'phone', contact, at, change } };
  }
  if (contact === null) return ignored('echo without recipient');
  return { kind: 'echo', echo: { contact, providerId, sentAt: at, content: said.content, marks: said.marks } };
}
