import type { ConversationRow } from '../store/conversations.ts';
import type { MessageRow } from '../store/messages.ts';
import type { NewJob, Unit } from '../store/unit.ts';

/**
 * How a message of ours starts. On a webchat it is with the visitor as soon as it is stored: there is no provider in
 * between.
 */
export function departure(unit: Unit, { origin }: ConversationRow): Pick<MessageRow, 'status' | 'sentAt'> {
  return origin === 'webchat' ? { status: 'sent', sentAt: unit.now } : { status: 'pending', sentAt: null };
}

/** Hands a stored message to whoever delivers it, after those that the conversation sent before. */
export function deliver(
  unit: Unit,
  { id, channelId, origin }: ConversationRow,
  messageId: string,
  options: Pick<NewJob, 'dispatchId' | 'delayMs'> = {},
): void {
  if (origin === 'webchat') return;
  unit.enqueue({ kind: 'send_message', channelId, subjectId: messageId, orderKey: id, ...options });
}
