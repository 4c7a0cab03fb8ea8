import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { receive, requireNumber, sendWaiting } from '../network/inbound.ts';
import { changeNumber, editMessage, prefer, revokeMessage } from '../network/changes.ts';
import { deliverWaiting, playMessage, readThread } from '../network/outbound.ts';
import { SimulatorError } from '../simulator-error.ts';
import { toPhoneMessage } from '../state/message.ts';
import type { PhoneMessage, StoredMessage } from '../state/message.ts';
import { threadOf, threadsOf } from '../state/state.ts';
import { displayedMessages } from '../state/thread.ts';
import type { Thread } from '../state/thread.ts';
import { answerTo } from './answers.ts';
import type { Answer } from './answers.ts';
import { compose, outgoingOf } from './content.ts';
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
  /** Gives back what a message asks for: a form, an order, a place, the own contact, leave to call. */
  answers(message: PhoneMessage | string, answer: Answer): Promise<PhoneMessage>;
  /** Passes a message on to the business, marked as forwarded. */
  forwards(message: PhoneMessage | string, options?: SayOptions): Promise<PhoneMessage>;
  /** Writes other words into an own message: a text, or the caption of a file. */
  edits(message: PhoneMessage | string, text: string): void;
  /** Deletes an own message for everybody. */
  revokes(message: PhoneMessage | string): void;
  /** Stops or resumes marketing messages of a business, as its profile lets one. */
  prefers(value: 'resume' | 'stop', options?: { readonly phoneNumberId?: string | undefined }): void;
  /** Moves to another number with all chats; the phone that stays behind is no longer there. */
  changesNumber(waId: string): Phone;
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
    async answers(on, answer) {
      const { thread, message } = find(on);
      const number = requireNumber(context, thread.phoneNumberId);
      const customer = requireCustomer(context, waId);
      const draft = answerTo(message, answer, customer, context.clock.now());
      return toPhoneMessage(receive(context, { customer, number, replyTo: message.id, ...draft }));
    },
    async forwards(on, options = {}) {
      const { message } = find(on);
      return sends(outgoingOf(context, message.content), { ...options, forwarded: true });
    },
    edits(on, text) {
      const { thread, message } = find(on);
      editMessage(context, thread, requireCustomer(context, waId), message, text);
    },
    revokes(on) {
      const { thread, message } = find(on);
      revokeMessage(context, thread, requireCustomer(context, waId), message);
    },
    prefers(value, options = {}) {
      prefer(context, requireCustomer(context, waId), requireNumber(context, target(options)), value);
      context.displays.show(waId, { type: 'view', view: phone.view });
    },
    changesNumber: (next) =>
      createPhone(context, changeNumber(context, requireCustomer(context, waId), next.replace(/\D/g, '')).waId),
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
