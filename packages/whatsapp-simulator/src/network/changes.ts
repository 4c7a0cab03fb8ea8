import type { SimulatorContext } from '../context.ts';
import { businessScopedUserId, messageId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { SimulatorError } from '../simulator-error.ts';
import type { Customer } from '../state/customer.ts';
import { isStopped } from '../state/customer.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { MessageContent, StoredMessage } from '../state/message.ts';
import { findCustomer, threadsOf } from '../state/state.ts';
import type { Thread } from '../state/thread.ts';
import { contactOf, messagesChange } from '../webhooks/envelope.ts';
import { requireNumber } from './inbound.ts';
import { putMessage } from './threads.ts';

function tell(context: SimulatorContext, thread: Thread, customer: Customer, wire: JsonObject): void {
  const number = requireNumber(context, thread.phoneNumberId);
  const message = {
    ...(customer.hidesNumber ? {} : { from: customer.waId }),
    from_user_id: businessScopedUserId(customer.waId, number.wabaId),
    id: messageId(customer.waId, 'customer'),
    timestamp: String(Math.floor(context.clock.now() / 1000)),
    ...wire,
  };
  const change = messagesChange(number, { contacts: [contactOf(number, customer)], messages: [message] });
  context.webhooks.send({ number, lane: customer.waId, change });
}

function requireOwn(message: StoredMessage): void {
  if (message.from === 'customer' && message.revoked !== true) return;
  throw new SimulatorError('unknown_message', `unable to change message ${message.id}; it is not one's own, or gone`);
}

function edited(content: MessageContent, text: string): { content: MessageContent; wire: JsonObject } {
  switch (content.type) {
    case 'text':
      return { content: { type: 'text', body: text }, wire: { type: 'text', text: { body: text } } };
    case 'document':
    case 'image':
    case 'video': {
      const { id, mimeType } = content.media;
      const file = { caption: text, mime_type: mimeType, id };
      return { content: { ...content, caption: text }, wire: { type: content.type, [content.type]: file } };
    }
    default:
      throw new SimulatorError('unknown_message', `unable to edit; a message of type ${content.type} has no words`);
  }
}

/** Writes other words into an own message: a text, or the caption of a file. */
export function editMessage(
  context: SimulatorContext,
  thread: Thread,
  customer: Customer,
  message: StoredMessage,
  text: string,
): void {
  requireOwn(message);
  const { content, wire } = edited(message.content, text);
  putMessage(context, thread, { ...message, content, editedAt: context.clock.now() });
  tell(context, thread, customer, {
    type: 'edit',
    edit: { original_message_id: message.id, message: { context: { id: 'M0' }, ...wire } },
  });
}

/** Deletes an own message for everybody. */
export function revokeMessage(
  context: SimulatorContext,
  thread: Thread,
  customer: Customer,
  message: StoredMessage,
): void {
  requireOwn(message);
  putMessage(context, thread, {
    ...message,
    content: { type: 'unsupported', kind: 'revoked' },
    reactions: {},
    revoked: true,
  });
  tell(context, thread, customer, { type: 'revoke', revoke: { original_message_id: message.id } });
}

/** Stops or resumes marketing messages of one business. */
export function prefer(
  context: SimulatorContext,
  customer: Customer,
  number: BusinessNumber,
  value: 'resume' | 'stop',
): void {
  if (isStopped(customer, number) === (value === 'stop')) return;
  const others = (customer.stopped ?? []).filter((each) => each !== number.wabaId);
  const stopped = value === 'stop' ? [...others, number.wabaId] : others;
  context.state.customers.set(customer.waId, Object.freeze({ ...customer, stopped }));
  context.persist();
  const { value: envelope } = messagesChange(number, { contacts: [contactOf(number, customer)] });
  const preference = {
    ...(customer.hidesNumber ? {} : { wa_id: customer.waId }),
    user_id: businessScopedUserId(customer.waId, number.wabaId),
    detail: `User requested to ${value} marketing messages`,
    category: 'marketing_messages',
    value,
    timestamp: Math.floor(context.clock.now() / 1000),
  };
  context.webhooks.send({
    number,
    lane: customer.waId,
    change: {
      wabaId: number.wabaId,
      field: 'user_preferences',
      value: { ...envelope, user_preferences: [preference] },
    },
  });
}

/** Moves a phone to another number: its chats go along, and each business is told by a system message. */
export function changeNumber(context: SimulatorContext, customer: Customer, waId: string): Customer {
  const { state } = context;
  if (!/^\d{7,15}$/.test(waId)) {
    throw new SimulatorError('invalid_option', `unable to change to ${waId}; a number has 7 to 15 digits`);
  }
  if (findCustomer(state, waId)) throw new SimulatorError('invalid_option', `unable to change to ${waId}; it is taken`);
  const moved = Object.freeze({ ...customer, waId });
  const threads = threadsOf(state, customer.waId);
  state.customers.delete(customer.waId);
  state.customers.set(waId, moved);
  for (const thread of threads) {
    state.threads.delete(`${thread.phoneNumberId}/${customer.waId}`);
    const messages = thread.messages.map((each) => Object.freeze({ ...each, waId }));
    state.threads.set(`${thread.phoneNumberId}/${waId}`, { ...thread, waId, messages });
    const number = requireNumber(context, thread.phoneNumberId);
    const message = {
      from: customer.waId,
      id: messageId(customer.waId, 'customer'),
      timestamp: String(Math.floor(context.clock.now() / 1000)),
      type: 'system',
      system: {
        body: `User ${customer.name} changed from ${customer.waId} to ${waId}`,
        wa_id: waId,
        type: 'user_changed_number',
      },
    };
    // System messages come without `contacts`.
    context.webhooks.send({ number, lane: waId, change: messagesChange(number, { messages: [message] }) });
  }
  context.persist();
  return moved;
}
