import { isDisplayed } from './message.ts';
import type { StoredMessage } from './message.ts';

/** Length of the customer service window, and of the free entry point after a click-to-WhatsApp ad. */
export const serviceWindowMs: number = 24 * 60 * 60 * 1000;
export const freeEntryMs: number = 72 * 60 * 60 * 1000;
/** How long a typing indicator stays without an answer. */
export const typingMs = 25_000;

/** The chat between one business number and one customer. */
export interface Thread {
  readonly phoneNumberId: string;
  readonly waId: string;
  messages: StoredMessage[];
  lastCustomerAt?: number;
  /** A click-to-WhatsApp entry that the business has not answered yet: when it happened. */
  entryAt?: number;
  freeEntryUntil?: number;
  typingUntil?: number;
}

/** Open for 24 hours after each customer message; only templates reach the customer otherwise. */
export function isWindowOpen(thread: Thread, now: number): boolean {
  return thread.lastCustomerAt !== undefined && now - thread.lastCustomerAt < serviceWindowMs;
}

export function unreadCount(thread: Thread): number {
  return thread.messages.filter((each) => each.from === 'business' && each.status === 'delivered').length;
}

export function displayedMessages(thread: Thread): StoredMessage[] {
  return thread.messages.filter(isDisplayed);
}
