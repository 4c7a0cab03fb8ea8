import type { InboundContent, InboundMedia } from '../../../commands/inbound.ts';
import type { AttachmentKind } from '../../../media/kinds.ts';
import { fieldsOf, idOf, lineOf, listOf, sha256Of, textOf, type Fields } from './fields.ts';
import { cardsOf, formOf, locationOf, orderOf, permissionOf } from './rich-content.ts';

/**
 * What a message says. Everything that cannot be shown yet, or lacks what its type needs, is kept whole as
 * `unsupported`.
 */
export function contentOf(message: Fields): InboundContent {
  const type = lineOf(message['type'], 64) ?? 'unknown';
  return shownContent(type, message) ?? { type: 'unsupported', originalType: nameOf(type, message), raw: message };
}

function shownContent(type: string, message: Fields): InboundContent | null {
  const body = fieldsOf(message[type]);
  switch (type) {
    case 'text':
      return asText(body['body']);
    case 'button':
      return asReply(body['text'], body['payload']);
    case 'interactive':
      return interactiveOf(body);
    case 'image':
    case 'video':
    case 'document': {
      const media = mediaOf(type, body, message);
      return media && { type, media, caption: textOf(body['caption']) };
    }
    case 'audio':
    case 'voice': {
      const media = mediaOf('audio', body, message);
      return media && { type: 'audio', media, voice: type === 'voice' || body['voice'] === true };
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
  const text = textOf(value);
  return text === null ? null : { type: 'text', text };
}

/** What was tapped; without a title its id is all that can be shown. */
function asReply(title: unknown, id: unknown): InboundContent | null {
  const replyId = textOf(id);
  const text = textOf(title) ?? replyId;
  return text === null ? null : { type: 'reply', text, replyId };
}

/** A file that Meta could not hand over has no id, and an error that says so: it is shown as one that is missing. */
function mediaOf(kind: AttachmentKind, body: Fields, message: Fields): InboundMedia | null {
  const providerMediaId = idOf(body['id']);
  if (providerMediaId === null && listOf(message['errors']).length === 0) return null;
  return {
    kind,
    providerMediaId,
    mimeType: lineOf(body['mime_type'], 100) ?? 'application/octet-stream',
    fileName: lineOf(body['filename'], 240),
    sha256: sha256Of(body['sha256']),
  };
}

/** The most telling name of the type: `poll` for an `unsupported` one that says so, `nfm_reply` for a broken form. */
function nameOf(type: string, message: Fields): string {
  if (type !== 'unsupported' && type !== 'interactive' && type !== 'system') return type;
  return lineOf(fieldsOf(message[type])['type'], 64) ?? type;
}
