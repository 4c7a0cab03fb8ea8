import type { Message, MessagePreview } from '@prosa/core/contract';

const previewLength = 200;

/**
 * The row of a list about its newest message. `null` for what is no news there: lines of the timeline and automatic
 * messages, which would hide what the customer said.
 */
export function previewOf(message: Message): MessagePreview | null {
  const { content } = message;
  if (message.direction === 'internal' || message.author.kind === 'system' || content.type === 'event') return null;
  return {
    id: message.id,
    // What somebody took back is not read in a list; who opens the conversation sees what the desk has of it.
    ...(message.revokedAt === null
      ? { type: content.type, text: cut(textOf(content)) }
      : { type: 'revoked', text: null }),
    direction: message.direction,
    authorName: message.author.name,
    status: message.status,
    createdAt: message.createdAt,
  };
}

function textOf(content: Message['content']): string | null {
  switch (content.type) {
    case 'text':
    case 'reply':
    case 'interactive':
    case 'template':
    case 'order':
      return content.text;
    case 'location':
      return content.name ?? content.address;
    case 'contacts':
      return content.contacts.map(({ name }) => name).join(', ');
    case 'document':
      return content.caption ?? content.attachment.fileName;
    case 'image':
    case 'video':
      return content.caption;
    default:
      return null;
  }
}

function cut(text: string | null): string | null {
  if (text === null) return null;
  const line = text.replace(/\s+/g, ' ').trim();
  // By code points, so that an emoji is never cut in half.
  return line.length <= previewLength
    ? line
    : `${Array.from(line)
        .slice(0, previewLength - 1)
        .join('')}…`;
}
