import type { SimulatorContext } from '../context.ts';
import { chatSummary } from '../phone/view.ts';
import { isDisplayed, toPhoneMessage } from '../state/message.ts';
import type { StoredMessage } from '../state/message.ts';
import { typingMs } from '../state/thread.ts';
import type { Thread } from '../state/thread.ts';

export function showChat(context: SimulatorContext, thread: Thread): void {
  context.displays.show(thread.waId, { type: 'chat', chat: chatSummary(context, thread) });
}

/** Puts a message into its thread, in place of the one with its id if there is one, and on the screen. */
export function putMessage(context: SimulatorContext, thread: Thread, message: StoredMessage): StoredMessage {
  const frozen = Object.freeze(message);
  const at = thread.messages.findIndex((each) => each.id === message.id);
  thread.messages = at < 0 ? [...thread.messages, frozen] : thread.messages.with(at, frozen);
  if (isDisplayed(frozen)) {
    context.displays.show(thread.waId, { type: 'message', message: toPhoneMessage(frozen) });
  }
  context.persist();
  return frozen;
}

export function messageIn(thread: Thread, id: string): StoredMessage | undefined {
  return thread.messages.find((message) => message.id === id);
}

const order = ['pending', 'sent', 'delivered', 'read', 'played'] as const;

/** Moves a message on; never back, and never out of `failed`. Returns undefined when nothing changes. */
export function advanceStatus(
  context: SimulatorContext,
  thread: Thread,
  id: string,
  status: (typeof order)[number],
): StoredMessage | undefined {
  const message = messageIn(thread, id);
  if (!message || message.status === 'failed') return undefined;
  if (order.indexOf(status) <= order.indexOf(message.status)) return undefined;
  return putMessage(context, thread, { ...message, status });
}

/** Shows that the business types, until it answers or 25 seconds have passed. */
export function showTyping(context: SimulatorContext, thread: Thread): void {
  thread.typingUntil = context.clock.now() + typingMs;
  showChat(context, thread);
  const stop = context.clock.after(typingMs, () => showChat(context, thread));
  context.closing.addEventListener('abort', stop, { once: true });
}

export function setReaction(
  context: SimulatorContext,
  thread: Thread,
  from: 'business' | 'customer',
  reaction: { readonly messageId: string; readonly emoji: string },
): void {
  const target = messageIn(thread, reaction.messageId);
  if (!target) return;
  const { [from]: _previous, ...others } = target.reactions;
  const reactions = reaction.emoji === '' ? others : { ...others, [from]: reaction.emoji };
  putMessage(context, thread, { ...target, reactions });
}
