import type { QuotedMessage } from '@prosa/core/contract';
import { messageText, type StoredMessage } from './message-text.ts';

const quoteLength = 200;

/** A message as another one quotes it. */
export function quoteOf(
  message: Omit<StoredMessage, 'fileName'> & { readonly id: string; readonly authorName: string | null },
): QuotedMessage {
  const text = messageText(message)?.replace(/\s+/g, ' ').trim() ?? '';
  return {
    messageId: message.id,
    direction: message.direction as QuotedMessage['direction'],
    authorName: message.authorName,
    type: message.type,
    text:
      text === ''
        ? null
        : Array.from(text.slice(0, 2 * quoteLength))
            .slice(0, quoteLength)
            .join(''),
  };
}
