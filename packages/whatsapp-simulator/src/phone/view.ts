import type { SimulatorContext } from '../context.ts';
import { SimulatorError } from '../simulator-error.ts';
import { isStopped } from '../state/customer.ts';
import type { Customer } from '../state/customer.ts';
import { toPhoneMessage } from '../state/message.ts';
import { threadsOf } from '../state/state.ts';
import { displayedMessages, unreadCount } from '../state/thread.ts';
import type { Thread } from '../state/thread.ts';
import type { ChatSummary, PhoneView } from './displays.ts';

export function requireCustomer(context: SimulatorContext, waId: string): Customer {
  const known = context.state.customers.get(waId);
  if (known) return known;
  throw new SimulatorError('unknown_phone', `unable to use phone ${waId}; create it with simulator.phone()`);
}

export function chatSummary(context: SimulatorContext, thread: Thread): ChatSummary {
  const number = context.state.numbers.get(thread.phoneNumberId);
  const customer = context.state.customers.get(thread.waId);
  return {
    phoneNumberId: thread.phoneNumberId,
    name: number?.verifiedName ?? thread.phoneNumberId,
    displayPhoneNumber: number?.displayPhoneNumber ?? '',
    unread: unreadCount(thread),
    stopped: number !== undefined && customer !== undefined && isStopped(customer, number),
    typing: (thread.typingUntil ?? 0) > context.clock.now(),
  };
}

/** What the phone shows now; every business number is a chat, also before the first message. */
export function phoneView(context: SimulatorContext, waId: string): PhoneView {
  const { name, online } = requireCustomer(context, waId);
  const threads = threadsOf(context.state, waId);
  const silent = [...context.state.numbers.keys()]
    .filter((id) => !threads.some((thread) => thread.phoneNumberId === id))
    .map((phoneNumberId): Thread => ({ phoneNumberId, waId, messages: [] }));
  return {
    waId,
    name,
    online,
    now: context.clock.now(),
    chats: [...threads, ...silent].map((thread) => ({
      ...chatSummary(context, thread),
      messages: displayedMessages(thread).map(toPhoneMessage),
    })),
  };
}
