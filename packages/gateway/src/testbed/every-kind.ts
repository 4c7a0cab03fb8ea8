import { contactOf, marinaWaId, statusOf, textMessage } from './webhooks.ts';

/** A webhook with every kind of item there is, to be spoiled somewhere by whoever tests that nothing comes of it. */

type Json = unknown;
export type Path = readonly (string | number)[];

export function everyKind(phoneNumberId = '109', businessAccountId = '1'): Json {
  const metadata = { phone_number_id: phoneNumberId, display_phone_number: '558330001000' };
  const from = marinaWaId;
  const timestamp = '1795200000';
  const media = { id: '27', mime_type: 'image/jpeg', sha256: 'x', caption: 'Veja', voice: true };
  const context = { from, id: 'wamid.1', forwarded: true, referred_product: { product_retailer_id: 'p' } };
  const said = [
    { ...textMessage('wamid.1', 'Oi'), context, referral: { source_url: 'https://a.example', source_type: 'ad' } },
    { type: 'image', image: media },
    { type: 'audio', audio: media },
    { type: 'document', errors: [{ code: 131052 }] },
    { type: 'location', location: { latitude: -7, longitude: -34 } },
    {
      type: 'contacts',
      contacts: [{ name: { formatted_name: 'B' }, phones: [{ phone: '1', wa_id: from }], emails: [{ email: 'a@b' }] }],
    },
    { type: 'order', order: { product_items: [{ product_retailer_id: 'p', quantity: 1 }] } },
    { type: 'button', button: { text: 'Sim', payload: 'yes' } },
    { type: 'interactive', interactive: { nfm_reply: { name: 'flow', response_json: '{"a":1}' } } },
    { type: 'interactive', interactive: { list_reply: { id: '1', title: 'Um' } } },
    { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } },
    { type: 'edit', edit: { original_message_id: 'wamid.1', message: { type: 'text', text: { body: 'Olá' } } } },
    { type: 'revoke', revoke: { original_message_id: 'wamid.1' } },
    { type: 'system', system: { type: 'user_changed_number', wa_id: '558399142299' } },
    { type: 'system', system: { type: 'customer_identity_changed' } },
    { type: 'unsupported', unsupported: { type: 'poll' } },
  ].map((message, index) => ({ from, timestamp, ...message, id: `wamid.${index + 1}` }));
  const echo = { from: '558330001000', to: from, id: 'wamid.e', timestamp, type: 'text', text: { body: 'Oi' } };
  const old = { ...textMessage('wamid.h', 'Antes'), history_context: { status: 'READ' } };
  const changes = [
    {
      field: 'messages',
      value: {
        metadata,
        contacts: [contactOf('Marina')],
        messages: said,
        statuses: [statusOf('wamid.2', 'read', { recipient_user_id: 'BR.1' })],
        errors: [{ code: 1 }],
      },
    },
    { field: 'smb_message_echoes', value: { metadata, message_echoes: [echo] } },
    { field: 'history', value: { metadata, history: [{ threads: [{ id: from, messages: [old] }] }], messages: [old] } },
    {
      field: 'smb_app_state_sync',
      value: {
        metadata,
        state_sync: [{ type: 'contact', action: 'add', contact: { full_name: 'M', phone_number: from } }],
      },
    },
    {
      field: 'user_preferences',
      value: { metadata, user_preferences: [{ wa_id: from, category: 'marketing_messages', value: 'stop' }] },
    },
    {
      field: 'user_id_update',
      value: { metadata, user_id_update: [{ wa_id: from, user_id: { previous: 'BR.1', current: 'BR.2' } }] },
    },
    { field: 'calls', value: { metadata, calls: [{ id: 'wacid.1', from, direction: 'USER_INITIATED' }] } },
    {
      field: 'message_template_status_update',
      value: { event: 'REJECTED', message_template_id: 1, rejection_info: { reason: 'no' } },
    },
    { field: 'account_update', value: { event: 'VERIFIED_ACCOUNT' } },
  ];
  return { object: 'whatsapp_business_account', entry: [{ id: businessAccountId, time: 1, changes }] };
}

/** The way to each value, the whole included. */
export function pathsOf(json: Json, path: Path = []): Path[] {
  if (typeof json !== 'object' || json === null) return [path];
  return [path, ...Object.entries(json).flatMap(([key, value]) => pathsOf(value as Json, [...path, key]))];
}

/** A copy with something else at the end of the path. */
export function replaced(json: Json, [key, ...rest]: Path, replacement: Json): Json {
  if (key === undefined) return replacement;
  const copy = (Array.isArray(json) ? [...(json as Json[])] : { ...(json as object) }) as Record<string, Json>;
  copy[String(key)] = replaced(copy[String(key)], rest, replacement);
  return copy;
}
