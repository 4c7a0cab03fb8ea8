import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { receive, requireNumber, sendWaiting } from '../network/inbound.ts';
import { deliverWaiting, playMessage, readThread } from '../network/outbound.ts';
import { SimulatorError } from '../simulator-error.ts';
import { toPhoneMessage } from '../state/message.ts';
import type { PhoneMessage, StoredMessage } from '../state/message.ts';
import { threadOf, threadsOf } from '../state/state.ts';
import { displayedMessages } from '../state/thread.ts';
import type { Thread } from '../state/thread.ts';
import { compose } from './content.ts';
import type { Outgoing } from './content.ts';
import type { PhoneEvent, PhoneView } from './displays.ts';
import { tapOn } from './taps.ts';
import { phoneView, requireCustomer } from './view.ts';

export interface SayOptions {
  /** Business number to write to; the one written with last, or the only one, when left out. */
  readonly phoneNumberId?: string | undefined;
  /** Id of the message to quote. */
  readonly replyTo?: string | undefined;
  /** As for someone who came from a click-to-WhatsApp ad. */
  readonly referral?: JsonObject | undefined;
  readonly forwarded?: boolean | undefined;
}

export interface WaitOptions {
  /** Default 5,000. Real time, whatever the simulator's clock does. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A person's phone: what they do with it, and what it shows. */
export interface Phone {
  readonly waId: string;
  readonly name: string;
  readonly online: boolean;
  /** Everything displayed, in all chats, oldest first. */
  readonly messages: readonly PhoneMessage[];
  readonly view: PhoneView;
  says(text: string, options?: SayOptions): Promise<PhoneMessage>;
  sends(outgoing: Outgoing, options?: SayOptions): Promise<PhoneMessage>;
  /** Taps a reply button, a list row or a template's quick reply, by title or id. */
  taps(message: PhoneMessage | string, choice: string): Promise<PhoneMessage>;
  /** Reads all that has arrived, as someone who opens the chat. */
  reads(options?: { readonly phoneNumberId?: string | undefined }): void;
  /** Plays a voice note. */
  plays(message: PhoneMessage | string): void;
  goOffline(): void;
  goOnline(): void;
  /** The first displayed message that fits, now or later. Raises `timeout`. */
  waitFor(fits: (message: PhoneMessage) => boolean, options?: WaitOptions): Promise<PhoneMessage>;
  /** Returns the unsubscribe. */
  watch(listener: (event: PhoneEvent) => void): () => void;
}

export function createPhone(context: SimulatorContext, waId: string): Phone {
  const { state } = context;
  const own = (): Thread[] => threadsOf(state, waId);

  function target(options: SayOptions): string {
    return options.phoneNumberId ?? own()[0]?.phoneNumberId ?? requireNumber(context, undefined).phoneNumberId;
  }

  function find(message: PhoneMessage | string): { thread: Thread; message: StoredMessage } {
    const id = typeof message === 'string' ? message : message.id;
    for (const thread of own()) {
      const found = displayedMessages(thread).find((each) => each.id === id);
      if (found) return { thread, message: found };
    }
    throw new SimulatorError('unknown_message', `unable to find message ${id}; it is not on this phone`);
  }

  async function sends(outgoing: Outgoing, options: SayOptions = {}): Promise<PhoneMessage> {
    const number = requireNumber(context, target(options));
    const composed = await compose(context, number, outgoing);
    const customer = requireCustomer(context, waId);
    const { replyTo, referral, forwarded } = options;
    return toPhoneMessage(receive(context, { customer, number, replyTo, referral, forwarded, ...composed }));
  }

  function setOnline(online: boolean): void {
    const customer = requireCustomer(context, waId);
    if (customer.online === online) return;
    state.customers.set(waId, Object.freeze({ ...customer, online }));
    context.displays.show(waId, { type: 'phone', online });
    context.persist();
    if (!online) return;
    for (const thread of own()) {
      sendWaiting(context, thread);
      deliverWaiting(context, thread);
    }
  }

  const phone: Phone = {
    waId,
    get name() {
      return requireCustomer(context, waId).name;
    },
    get online() {
      return requireCustomer(context, waId).online;
    },
    get messages() {
      const all = own().flatMap(displayedMessages).map(toPhoneMessage);
      return Object.freeze(all.sort((a, b) => a.at - b.at));
    },
    get view() {
      return phoneView(context, waId);
    },
    says: (text, options) => sends({ text }, options),
    sends,
    async taps(on, choice) {
      const { thread, message } = find(on);
      const number = requireNumber(context, thread.phoneNumberId);
      const customer = requireCustomer(context, waId);
      return toPhoneMessage(receive(context, { customer, number, replyTo: message.id, ...tapOn(message, choice) }));
    },
    reads(options = {}) {
      const { phoneNumberId } = options;
      const threads = phoneNumberId === undefined ? own() : [threadOf(state, phoneNumberId, waId)];
      for (const thread of threads) readThread(context, thread);
    },
    plays(on) {
      const { thread, message } = find(on);
      playMessage(context, thread, message.id);
    },
    goOffline: () => setOnline(false),
    goOnline: () => setOnline(true),
    waitFor(fits, options = {}) {
      const shown = phone.messages.find(fits);
      if (shown) return Promise.resolve(shown);
      return new Promise((resolve, reject) => {
        const timeoutMs = options.timeoutMs ?? 5000;
        const timer = setTimeout(() => {
          fail(new SimulatorError('timeout', `unable to see such a message; none came within ${timeoutMs} ms`));
        }, timeoutMs);
        const unwatch = phone.watch((event) => {
          if (event.type !== 'message' || !fits(event.message)) return;
          stop();
          resolve(event.message);
        });
        const onAbort = (): void => fail(options.signal?.reason);
        options.signal?.addEventListener('abort', onAbort, { once: true });
        function stop(): void {
          clearTimeout(timer);
          unwatch();
          options.signal?.removeEventListener('abort', onAbort);
        }
        function fail(error: unknown): void {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        if (options.signal?.aborted) onAbort();
      });
    },
    watch: (listener) => context.displays.watch(waId, listener),
  };
  return phone;
}
