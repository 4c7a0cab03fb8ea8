import type { ContactCard, MessageContent } from '@prosa/core/contract';
import { isOwnFileName } from './own-file-name.ts';

/** A stored message, as far as its text goes: `content` is the column, without the attachment. */
export interface StoredMessage {
  readonly direction: string;
  readonly authorKind: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Of the file that came with it; `null`: none. */
  readonly fileName: string | null;
}

/** Everything that is written in a message; `null` for a file without a caption, and for what is no message. */
export function messageText({ type, content }: Pick<StoredMessage, 'type' | 'content'>): string | null {
  if (type === 'event' || type === 'unsupported') return null;
  const parts = writtenIn(type, content).filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? null : parts.join('\n');
}

function writtenIn(type: string, content: StoredMessage['content']): readonly unknown[] {
  const { header, text, caption, footer, name, address, contacts, fields } = content;
  switch (type) {
    case 'location':
      return [name, address];
    case 'contacts':
      return (contacts as readonly ContactCard[]).flatMap((card) => [card.name, card.organization]);
    case 'form':
      return [text, ...(fields as FormFields).map((field) => `${field.name}: ${field.value}`)];
    default:
      return [header, text, caption, footer];
  }
}

type FormFields = Extract<MessageContent, { readonly type: 'form' }>['fields'];

/**
 * What a message is found by: what is written in it and the name of its file. Notes are not searched, nor automatic
 * messages, which say the same in each conversation.
 */
export function searchedText(message: StoredMessage): string | null {
  if (message.direction === 'internal' || message.authorKind === 'system') return null;
  return withFileName(message);
}

/** The text and then the name of the file; `null` when neither says anything. */
export function withFileName({ type, content, fileName }: Pick<StoredMessage, 'type' | 'content' | 'fileName'>) {
  const text = messageText({ type, content });
  if (fileName === null || isOwnFileName(fileName)) return text;
  return text === null ? fileName : `${text}\n${fileName}`;
}
