import type { Message, ProtocolExport } from '@prosa/core/contract';
import { messageText } from './message-text.ts';

type Line = ProtocolExport['messages'][number];

/**
 * A message as the customer's copy of the history has it; `null` for what they never saw: lines of the timeline, notes,
 * what did not reach them. Made field by field: what is added to an agent's view stays there.
 */
export function exportedMessage(message: Message): Line | null {
  const { direction, content, status, author, createdAt } = message;
  if (direction === 'internal' || content.type === 'event' || status === 'failed') return null;
  return {
    at: createdAt,
    author: direction === 'inbound' ? 'customer' : author.kind === 'system' ? 'system' : 'team',
    // Names of servers are the workspace's own.
    name: author.kind === 'customer' || author.kind === 'agent' ? author.name : null,
    text: textOf(content),
    fileName: 'attachment' in content ? (content.attachment?.fileName ?? null) : null,
  };
}

/** What could be tapped is part of what was asked. */
function textOf(content: Message['content']): string | null {
  const text = messageText({ type: content.type, content: { ...content } });
  if (content.type !== 'interactive') return text;
  return [text, ...content.options.map(({ title }) => `• ${title}`)].join('\n');
}
