import { schedule } from '../context.ts';
import type { SimulatorContext } from '../context.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { Customer } from '../state/customer.ts';
import type { StoredMessage } from '../state/message.ts';
import { threadOf } from '../state/state.ts';
import type { Thread } from '../state/thread.ts';
import { statusChange } from '../webhooks/status.ts';
import type { DeliveryFailure, StatusReport } from '../webhooks/status.ts';
import { advanceStatus, putMessage, setReaction, showChat } from './threads.ts';

/** A message that Graph has accepted and the network now carries. */
export interface Accepted {
  readonly number: BusinessNumber;
  /** Absent when nobody on WhatsApp has that number. */
  readonly customer: Customer | undefined;
  readonly message: StoredMessage;
  readonly reaction?: { readonly messageId: string; readonly emoji: string } | undefined;
  /** Known already that it will not arrive. */
  readonly failure?: DeliveryFailure | undefined;
  /** Work that may still fail, such as fetching a linked file: gives the message to show. */
  readonly prepare?: (() => Promise<StoredMessage | DeliveryFailure>) | undefined;
}

const month = 30 * 24 * 60 * 60 * 1000;

function report(
  context: SimulatorContext,
  number: BusinessNumber,
  facts: Omit<StatusReport, 'at' | 'number' | 'priced'> & { readonly priced?: boolean },
): void {
  const change = statusChange({ priced: false, ...facts, number, at: context.clock.now() });
  context.webhooks.send({ number, lane: facts.message.waId, change });
}

/** Carries an accepted message: `failed`, or `sent` and then, once the phone is reachable, `delivered`. */
export function carry(context: SimulatorContext, accepted: Accepted): void {
  const { number, customer } = accepted;
  const thread = threadOf(context.state, number.phoneNumberId, accepted.message.waId);
  if (!accepted.reaction) putMessage(context, thread, { ...accepted.message, status: 'pending' });

  schedule(context, context.pace.sentMs, async () => {
    const prepared = accepted.failure ?? (await accepted.prepare?.()) ?? accepted.message;
    if ('code' in prepared) {
      const failed = { ...accepted.message, status: 'failed' } as const;
      if (!accepted.reaction) putMessage(context, thread, failed);
      report(context, number, { message: failed, status: 'failed', customer, failure: prepared });
      return;
    }
    const sent: StoredMessage = { ...prepared, status: 'sent' };
    if (!accepted.reaction) putMessage(context, thread, sent);
    report(context, number, { message: sent, status: 'sent', customer, priced: !accepted.reaction });
    if (accepted.reaction) {
      setReaction(context, thread, 'business', accepted.reaction);
      return;
    }
    if (context.state.customers.get(thread.waId)?.online) {
      schedule(context, context.pace.deliveredMs, () => deliver(context, thread, sent.id));
    }
  });
}

/** Shows a sent message on the phone, if that is reachable. */
function deliver(context: SimulatorContext, thread: Thread, id: string): void {
  const number = context.state.numbers.get(thread.phoneNumberId);
  const customer = context.state.customers.get(thread.waId);
  if (!number || !customer?.online) return;
  delete thread.typingUntil;
  const message = advanceStatus(context, thread, id, 'delivered');
  if (!message) return;
  showChat(context, thread);
  if (context.faults.take('skip_delivered', { phoneNumberId: thread.phoneNumberId })) return;
  report(context, number, { message, status: 'delivered', customer, priced: true });
}

/** Delivers all that waited for the phone, unless its time to live (30 days by default) has passed. */
export function deliverWaiting(context: SimulatorContext, thread: Thread): void {
  const now = context.clock.now();
  for (const message of thread.messages) {
    if (message.from !== 'business' || message.status !== 'sent') continue;
    if (now - message.at < (message.timeToLive ?? month)) deliver(context, thread, message.id);
  }
}

/** The person has the chat before their eyes: everything that arrived is read. */
export function readThread(context: SimulatorContext, thread: Thread): void {
  const number = context.state.numbers.get(thread.phoneNumberId);
  const customer = context.state.customers.get(thread.waId);
  if (!number || !customer) return;
  const unread = thread.messages.filter((each) => each.from === 'business' && each.status === 'delivered');
  for (const { id } of unread) {
    const message = advanceStatus(context, thread, id, 'read');
    if (message && customer.readReceipts && customer.online) {
      report(context, number, { message, status: 'read', customer });
    }
  }
  if (unread.length > 0) showChat(context, thread);
}

/** First play of a voice note. */
export function playMessage(context: SimulatorContext, thread: Thread, id: string): void {
  const number = context.state.numbers.get(thread.phoneNumberId);
  const customer = context.state.customers.get(thread.waId);
  const known = thread.messages.find((each) => each.id === id);
  if (!number || !customer || known?.from !== 'business' || known.content.type !== 'audio') return;
  readThread(context, thread);
  const message = advanceStatus(context, thread, id, 'played');
  if (message && known.content.voice && customer.readReceipts) {
    report(context, number, { message, status: 'played', customer });
  }
}
