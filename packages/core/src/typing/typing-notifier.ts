import type { Clock, HasClock } from '../client/clock.ts';
import type { ProsaClient } from '../client/prosa-client.ts';
import type { Conversation } from '../contract/index.ts';
import { TypingThrottle } from './typing-throttle.ts';

type Typed = Pick<Conversation, 'id' | 'origin' | 'status'>;

/** Tells the customer whether the agent types. */
export interface TypingNotifier {
  /** Which conversation is written in; `null`: none. The one before is told that it is over. */
  select(conversation: Typed | null): void;
  /** Something was written, or all of it was taken back or sent (`false`). */
  set(typing: boolean): void;
  destroy(): void;
}

/** How often it is said, and after how long without a key it is over, in milliseconds; 3,000 and 5,000 when absent. */
export interface TypingNotifierOptions {
  readonly repeatMs?: number | undefined;
  readonly idleMs?: number | null | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Tells the customer that the agent types, at most every few seconds, and that it stopped. Only on a webchat, and only
 * while the conversation is attended: on WhatsApp the same word would also mark the customer's message as read (Meta,
 * "Typing indicators").
 *
 * @example
 * const typing = createTypingNotifier(prosa);
 * typing.select(thread.value.conversation);
 * textarea.addEventListener('input', () => typing.set(textarea.value !== ''));
 */
export function createTypingNotifier(
  client: HasClock & { readonly conversations: Pick<ProsaClient['conversations'], 'typing'> },
  options: TypingNotifierOptions = {},
): TypingNotifier {
  let selected: Typed | null = null;
  const throttle = new TypingThrottle({
    ...options,
    clock: options.clock ?? client.clock,
    say: (typing) => (selected ? client.conversations.typing(selected.id, typing) : undefined),
  });

  function select(conversation: Typed | null): void {
    if (conversation?.id !== selected?.id) {
      throttle.set(false);
      throttle.reset();
    }
    selected = conversation;
  }

  return {
    select,
    set(typing) {
      if (selected?.origin === 'webchat' && selected.status === 'active') throttle.set(typing);
      else throttle.reset();
    },
    destroy: () => {
      select(null);
    },
  };
}
