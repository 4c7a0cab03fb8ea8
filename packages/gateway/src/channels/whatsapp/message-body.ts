import { messageMaxLength } from '@prosa/core/contract';
import type { ContactRow, Outbound } from '../channel.ts';
import { contactCards } from './contact-cards.ts';
import { interactiveBody } from './interactive-body.ts';
import { templateUse } from './template-use.ts';

type Json = Readonly<Record<string, unknown>>;

/** Why a message cannot be sent. */
export interface Unsendable {
  readonly code: string;
  readonly detail: string;
}

export type MessageBody = { readonly body: Json } | Unsendable;

/** The object that is named like the type of the message. */
export type Said = { readonly body: unknown } | Unsendable;

/** Meta's ids of the files of a message, by our own. */
export type MediaIds = ReadonlyMap<string, string>;

/**
 * A message as `POST /messages` takes it (Meta, "Messages"). Our message id goes along and comes back in its statuses:
 * it settles a send whose answer was lost.
 */
export function messageBody(outbound: Outbound, mediaIds: MediaIds): MessageBody {
  const envelope = envelopeOf(outbound);
  if ('code' in envelope) return envelope;
  const { message, quotedProviderId } = outbound;
  const said = saidBy(outbound, mediaIds);
  if ('code' in said) return said;
  // What the channel does not know cannot be quoted; what is said matters more than to what.
  const context = quotedProviderId && { context: { message_id: quotedProviderId } };
  return { body: { ...envelope.body, ...context, type: message.type, [message.type]: said.body } };
}

/** An empty emoji takes the reaction back (Meta, "Reaction messages"). */
export function reactionBody(outbound: Pick<Outbound, 'contact' | 'message'>, emoji: string): MessageBody {
  const envelope = envelopeOf(outbound);
  if ('code' in envelope) return envelope;
  const { providerId } = outbound.message;
  if (providerId === null) return { code: 'no_target', detail: 'WhatsApp does not know the message' };
  return { body: { ...envelope.body, type: 'reaction', reaction: { message_id: providerId, emoji } } };
}

function envelopeOf({ contact, message }: Pick<Outbound, 'contact' | 'message'>): MessageBody {
  const recipient = recipientOf(contact);
  if (recipient === null) return { code: 'no_address', detail: 'the contact has neither a phone nor a user id' };
  return {
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...recipient,
      biz_opaque_callback_data: message.id,
    },
  };
}

function saidBy(outbound: Outbound, mediaIds: MediaIds): Said {
  const { message } = outbound;
  const content = JSON.parse(message.content) as Json;
  switch (message.type) {
    case 'text':
      return textBody(content);
    case 'interactive':
      return interactiveBody(content, outbound, mediaIds);
    case 'template':
      return { body: templateUse(content, { messageId: message.id, mediaIds, files: outbound.files }) };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      const named = { ...(name !== null && { name }), ...(address !== null && { address }) };
      return { body: { latitude, longitude, ...named } };
    }
    case 'contacts':
      return { body: contactCards(content) };
    default:
      return fileBody(outbound, content, mediaIds);
  }
}

function textBody(content: Json): Said {
  const text = typeof content['text'] === 'string' ? content['text'] : '';
  if (text === '') return { code: 'empty', detail: 'the message has no text' };
  if (isLonger(text, messageMaxLength.text)) return { code: 'too_long', detail: 'the text is too long' };
  const { previewUrl } = (content['raw'] ?? {}) as { readonly previewUrl?: boolean };
  return { body: { body: text, preview_url: previewUrl ?? /https?:\/\//i.test(text) } };
}

const voiceMaxBytes = 512 * 1024;

function fileBody({ message, attachment }: Outbound, content: Json, mediaIds: MediaIds): Said {
  const id = attachment && mediaIds.get(attachment.id);
  if (!attachment || id === undefined || id === null) return { code: 'no_file', detail: 'the message has no file' };
  const caption = typeof content['caption'] === 'string' && content['caption'] !== '' ? content['caption'] : null;
  if (caption !== null && isLonger(caption, messageMaxLength.caption)) {
    return { code: 'too_long', detail: 'the caption is too long' };
  }
  const file = { id, ...(caption !== null && { caption }) };
  switch (message.type) {
    case 'image':
    case 'video':
      return { body: file };
    case 'document':
      return { body: { ...file, filename: attachment.fileName } };
    case 'audio': {
      // Only Ogg/Opus is played as a voice message, and a larger one has to be downloaded first (Meta, "Audio messages").
      const playable = attachment.mimeType.startsWith('audio/ogg') && (attachment.size ?? 0) <= voiceMaxBytes;
      const voice = content['voice'] === true && playable;
      return { body: { id, ...(voice && { voice }) } };
    }
    case 'sticker':
      return { body: { id } };
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
