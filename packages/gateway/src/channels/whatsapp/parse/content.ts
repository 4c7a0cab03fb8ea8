import type { InboundContent, InboundMedia } from '../../../commands/inbound.ts';
import type { AttachmentKind } from '../../../media/kinds.ts';
import { eachOf, fieldsOf, flagOf, idOf, lineOf, nameOf, sha256Of, writtenOf, type Fields } from './fields.ts';
import { keptRaw } from './kept-raw.ts';
import { cardsOf, formOf, locationOf, orderOf, permissionOf } from './rich-content.ts';

/**
 * What a message says. Everything that cannot be shown yet, or lacks what its type needs, is kept whole as
 * `unsupported`.
 */
export function contentOf(message: Fields): InboundContent {
  const type = typeOf(message) ?? 'unknown';
  const shown = shownContent(type, message);
  return shown ?? { type: 'unsupported', originalType: tellingName(type, message), raw: keptRaw(message) };
}

const types = ['text', 'button', 'interactive', 'image', 'video', 'document', 'audio', 'voice', 'sticker', 'location'];
const bodies: readonly string[] = [...types, 'contacts', 'order', 'reaction', 'edit', 'revoke', 'system'];

/** What kind of message it is: as it says, or else as the only part of it says that a kind has. */
export function typeOf(message: Fields): string | null {
  const told = nameOf(message['type']);
  if (told !== null) return told;
  const found = bodies.filter((name) => typeof message[name] === 'object' && message[name] !== null);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function shownContent(type: string, message: Fields): InboundContent | null {
  const body = fieldsOf(message[type]);
  switch (type) {
    case 'text':
      return asText(body['body'] ?? message['text']);
    case 'button':
      return asReply(body['text'], body['payload']);
    case 'interactive':
      return interactiveOf(body);
    case 'image':
    case 'video':
    case 'document': {
      const media = mediaOf(type, body, message);
      return media && { type, media, caption: writtenOf(body['caption']) };
    }
    case 'audio':
    case 'voice': {
      const media = mediaOf('audio', body, message);
      return media && { type: 'audio', media, voice: type === 'voice' || flagOf(body['voice']) };
    }
    case 'sticker': {
      const media = mediaOf('sticker', body, message);
      return media && { type, media };
    }
    case 'location':
      return locationOf(body);
    case 'contacts':
      return cardsOf(message['contacts']);
    case 'order':
      return orderOf(body);
    default:
      return null;
  }
}

function interactiveOf(body: Fields): InboundContent | null {
  const button = fieldsOf(body['button_reply']);
  const row = fieldsOf(body['list_reply']);
  return (
    asReply(button['title'], button['id']) ??
    asReply(row['title'], row['id']) ??
    formOf(body['nfm_reply']) ??
    permissionOf(body['call_permission_reply'])
  );
}

function asText(value: unknown): InboundContent | null {
  const text = writtenOf(value);
  return text === null ? null : { type: 'text', text };
}

/** What was tapped; without a title its id is all that can be shown. */
function asReply(title: unknown, id: unknown): InboundContent | null {
  const replyId = writtenOf(id);
  const text = writtenOf(title) ?? replyId;
  return text === null ? null : { type: 'reply', text, replyId };
}

/** A file that Meta could not hand over has no id, and an error that says so: it is shown as one that is missing. */
function mediaOf(kind: AttachmentKind, body: Fields, message: Fields): InboundMedia | null {
  const providerMediaId = idOf(body['id']);
  if (providerMediaId === null && eachOf(message['errors']).length === 0) return null;
  return {
    kind,
    providerMediaId,
    mimeType: lineOf(body['mime_type'], 100) ?? 'application/octet-stream',
    fileName: lineOf(body['filename'], 240),
    sha256: sha256Of(body['sha256']),
  };
}

/** The most telling name of the type: `poll` for an `unsupported` one that says so, `nfm_reply` for a broken form. */
function tellingName(type: string, message: Fields): string {
  if (type !== 'unsupported' && type !== 'interactive' && type !== 'system') return type;
  return lineOf(fieldsOf(message[type])['type'], 64) ?? type;
}
