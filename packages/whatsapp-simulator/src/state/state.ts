import type { UploadSession } from '../graph/uploads.ts';
import { businessScopedUserId } from '../ids.ts';
import type { BusinessNumber } from './business-number.ts';
import type { Customer } from './customer.ts';
import type { StoredMedia } from './media.ts';
import type { StoredMessage } from './message.ts';
import { numberForms } from './number-forms.ts';
import type { Template } from './template.ts';
import type { Thread } from './thread.ts';

/** A WhatsApp group that a business number has made. Its members are not simulated. */
export interface Group {
  readonly id: string;
  readonly phoneNumberId: string;
  readonly subject: string;
}

/** Everything the simulated network knows. One of these per simulator. */
export interface SimulatorState {
  readonly numbers: Map<string, BusinessNumber>;
  readonly customers: Map<string, Customer>;
  readonly threads: Map<string, Thread>;
  readonly media: Map<string, StoredMedia>;
  readonly templates: Map<string, Template>;
  readonly groups: Map<string, Group>;
  /** Resumable uploads under way; of one run. */
  readonly uploads: Map<string, UploadSession>;
  /** `{phone number id}/{wa id}` of people whom a business has blocked. */
  readonly blocked: Set<string>;
  /** Business accounts with the apps subscribed to them, by `POST /{waba}/subscribed_apps`. */
  readonly subscribedAccounts: Set<string>;
}

export function createState(): SimulatorState {
  return {
    numbers: new Map(),
    customers: new Map(),
    threads: new Map(),
    media: new Map(),
    templates: new Map(),
    groups: new Map(),
    uploads: new Map(),
    blocked: new Set(),
    subscribedAccounts: new Set(),
  };
}

export function threadOf(state: SimulatorState, phoneNumberId: string, waId: string): Thread {
  const key = `${phoneNumberId}/${waId}`;
  const known = state.threads.get(key);
  if (known) return known;
  const thread: Thread = { phoneNumberId, waId, messages: [] };
  state.threads.set(key, thread);
  return thread;
}

/** Chats of one phone, the one with the newest message first. */
export function threadsOf(state: SimulatorState, waId: string): Thread[] {
  const own = [...state.threads.values()].filter((thread) => thread.waId === waId);
  return own.sort((a, b) => (b.messages.at(-1)?.at ?? 0) - (a.messages.at(-1)?.at ?? 0));
}

/** The customer behind any form of a number. */
export function findCustomer(state: SimulatorState, digits: string): Customer | undefined {
  for (const form of numberForms(digits)) {
    const known = state.customers.get(form);
    if (known) return known;
  }
  return undefined;
}

export function findByUserId(state: SimulatorState, userId: string, wabaId: string): Customer | undefined {
  return [...state.customers.values()].find((each) => businessScopedUserId(each.waId, wabaId) === userId);
}

export function findMessage(state: SimulatorState, phoneNumberId: string, id: string): StoredMessage | undefined {
  for (const thread of state.threads.values()) {
    if (thread.phoneNumberId !== phoneNumberId) continue;
    const found = thread.messages.find((message) => message.id === id);
    if (found) return found;
  }
  return undefined;
}
