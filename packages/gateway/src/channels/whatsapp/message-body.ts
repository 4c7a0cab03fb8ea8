import { messageMaxLength } from '@prosa/core/contract';
import type { ContactRow, Outbound } from '../channel.ts';
import { interactiveBody } from './interactive-body.ts';
import { templateUse } from './template-use.ts';

export type MessageBody =
  | { readonly body: Readonly<Record<string, unknown>> }
  /** Why it cannot be sent. */
  | { readonly code: string; readonly detail: string };

/**
 * A message as `POST /messages` takes it (Meta, "Messages"). Our message id goes along and comes back in its statuses:
 * it settles a send whose answer was lost.
 * @param mediaId Meta's id of the attachment, when there is one
 */
export function messageBody({ contact, message, attachment }: Outbound, mediaId: string | null): MessageBody {
  const recipient = recipientOf(contact);
  if (recipient === null) return { code: 'no_address', detail: 'the contact has neither a phone nor a user id' };
  const content = JSON.parse(message.content) as Readonly<Record<string, unknown>>;
  const envelope = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipient,
    type: message.type,
    biz_opaque_callback_data: message.id,
  };
  if (message.type === 'text') {
    const text = typeof content['text'] === 'string' ? content['text'] : '';
    if (text === '') return { code: 'empty', detail: 'the message has no text' };
    if (isLonger(text, messageMaxLength.text)) return { code: 'too_long', detail: 'the text is too long' };
    return { body: { ...envelope, text: { body: text, preview_url: /https?:\/\//i.test(text) } } };
  }
  if (message.type === 'interactive') {
    const interactive = interactiveBody(content);
    return 'code' in interactive ? interactive : { body: { ...envelope, interactive } };
  }
  if (message.type === 'template') return { body: { ...envelope, template: templateUse(content) } };
  if (mediaId === null || attachment === null) return { code: 'no_file', detail: 'the message has no file' };
  const caption = typeof content['caption'] === 'string' && content['caption'] !== '' ? content['caption'] : null;
  if (caption !== null && isLonger(caption, messageMaxLength.caption)) {
    return { code: 'too_long', detail: 'the caption is too long' };
  }
  const file = { id: mediaId, ...(caption !== null && { caption }) };
  switch (message.type) {
    case 'image':
    case 'video':
      return { body: { ...envelope, [message.type]: file } };
    case 'document':
      return { body: { ...envelope, document: { ...file, filename: attachment.fileName } } };
    case 'audio': {
      // Only Ogg/Opus is played as a voice message.
      const voice = content['voice'] === true && attachment.mimeType.startsWith('audio/ogg');
      return { body: { ...envelope, audio: { id: mediaId, ...(voice && { voice }) } } };
    }
    case 'sticker':
      return { body: { ...envelope, sticker: { id: mediaId } } };
    default:
      return { code: 'unsupported_type', detail: `messages of type ${message.type} cannot be sent` };
  }
}

/** `to` wins over `recipient` when both are there (Meta, "Business-scoped user IDs"), so only one is given. */
function recipientOf({ address, phone, userId }: ContactRow): Readonly<Record<string, string>> | null {
  const to = address ?? phone?.replace(/^\+/, '');
  if (to !== undefined) return { to };
  return userId === null ? null : { recipient: userId };
}

function isLonger(text: string, length: number): boolean {
  return text.length > length && Array.from(text).length > length;
}
