import type { Message } from '@prosa/core/contract';
import type { Announcer, Translation } from '@prosa/ui';

/** Says to screen readers what came in while the conversation is open. */
export function announceMessages(
  announcer: Announcer,
  t: Translation,
  contactName: string,
  messages: readonly Message[],
): void {
  for (const { content, author } of messages) {
    const text = content.type === 'text' || content.type === 'reply' ? content.text : (t.previews[content.type] ?? '');
    announcer.say(t.arrived(author.name ?? contactName, text.slice(0, 160)));
  }
}
