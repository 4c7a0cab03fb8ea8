import type { SimulatorContext } from '../context.ts';
import { isBlocked } from '../graph/block-users.ts';
import { businessScopedUserId, messageId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { SimulatorError } from '../simulator-error.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { Customer } from '../state/customer.ts';
import type { MessageContent, StoredMessage } from '../state/message.ts';
import { threadOf } from '../state/state.ts';
import type { Thread } from '../state/thread.ts';
import { contactOf, messagesChange } from '../webhooks/envelope.ts';
import { advanceStatus, messageIn, putMessage, setReaction, showChat } from './threads.ts';

/** What a person sends, ready for the wire. */
export interface Inbound {
  readonly customer: Customer;
  readonly number: BusinessNumber;
  /** The `type` and its payload, as in `messages[]`. */
  readonly wire: JsonObject;
  /** Undefined for a reaction, which is drawn on its target. */
  readonly content?: MessageContent | undefined;
  readonly reaction?: { readonly messageId: string; readonly emoji: string } | undefined;
  readonly replyTo?: string | undefined;
  readonly referral?: JsonObject | undefined;
  readonly forwarded?: boolean | undefined;
}

function context_(inbound: Inbound, thread: Thread): JsonObject {
  if (inbound.replyTo !== undefined) {
    const quoted = messageIn(thread, inbound.replyTo);
    const own = quoted?.from === 'customer';
    const from = own ? inbound.customer.waId : inbound.number.displayPhoneNumber.replace(/\D/g, '');
    return { context: { from, id: inbound.replyTo } };
  }
  return inbound.forwarded ? { context: { forwarded: true } } : {};
}

/** Sends from the phone. Offline, the message stays `pending` on it until {@link sendWaiting}. */
export function receive(context: SimulatorContext, inbound: Inbound): StoredMessage {
  const { customer, number } = inbound;
  const thread = threadOf(context.state, number.phoneNumberId, customer.waId);
  const now = context.clock.now();
  const id = messageId(customer.waId, 'customer');
  const wire = {
    ...context_(inbound, thread),
    ...(customer.hidesNumber ? {} : { from: customer.waId }),
    from_user_id: businessScopedUserId(customer.waId, number.wabaId),
    id,
    timestamp: String(Math.floor(now / 1000)),
    ...inbound.wire,
    ...(inbound.referral === undefined ? {} : { referral: inbound.referral }),
  };
  const message: StoredMessage = {
    id,
    phoneNumberId: number.phoneNumberId,
    waId: customer.waId,
    from: 'customer',
    at: now,
    status: 'pending',
    content: inbound.content ?? { type: 'unsupported', kind: 'reaction' },
    reactions: {},
    ...(inbound.replyTo === undefined || !inbound.content ? {} : { replyTo: inbound.replyTo }),
    ...(inbound.forwarded === true ? { forwarded: true } : {}),
    outgoing: wire,
  };
  if (inbound.referral !== undefined) thread.entryAt = now;
  const blocked = isBlocked(context, number, customer.waId);
  if (inbound.reaction) setReaction(context, thread, 'customer', inbound.reaction);
  else putMessage(context, thread, message);
  if (!blocked && (customer.online || inbound.reaction)) emit(context, thread, message);
  return messageIn(thread, id) ?? message;
}

function emit(context: SimulatorContext, thread: Thread, message: StoredMessage): void {
  const number = context.state.numbers.get(thread.phoneNumberId);
  const customer = context.state.customers.get(thread.waId);
  if (!number || !customer || !message.outgoing) return;
  thread.lastCustomerAt = context.clock.now();
  advanceStatus(context, thread, message.id, 'sent');
  context.webhooks.send({
    number,
    lane: customer.waId,
    change: messagesChange(number, {
      contacts: [contactOf(number, customer)],
      messages: [message.outgoing],
    }),
    onSettled: (delivered) => {
      if (delivered) advanceStatus(context, thread, message.id, 'delivered');
    },
  });
}

/** Sends what was written while the phone was offline. */
export function sendWaiting(context: SimulatorContext, thread: Thread): void {
  for (const message of thread.messages) {
    if (message.from === 'customer' && message.status === 'pending') emit(context, thread, message);
  }
}

/** The business marks a message as read, and with it all earlier ones of the chat. */
export function markReadByBusiness(context: SimulatorContext, thread: Thread, id: string): void {
  const last = thread.messages.findIndex((message) => message.id === id);
  for (const message of thread.messages.slice(0, last + 1)) {
    if (message.from === 'customer') advanceStatus(context, thread, message.id, 'read');
  }
  showChat(context, thread);
}

export function requireNumber(context: SimulatorContext, id: string | undefined): BusinessNumber {
  const known = id === undefined ? context.state.numbers.values().next().value : context.state.numbers.get(id);
  if (known) return known;
  throw new SimulatorError(
    'unknown_number',
    `unable to use business number ${id ?? '(first)'}; create it with simulator.addNumber()`,
  );
}
