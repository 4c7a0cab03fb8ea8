import { fromBase64, toBase64 } from '../bytes.ts';
import { isObject, parseJson } from '../json.ts';
import { businessNumber } from './business-number.ts';
import type { BusinessNumber } from './business-number.ts';
import type { Customer } from './customer.ts';
import type { StoredMedia } from './media.ts';
import type { Group, SimulatorState } from './state.ts';
import type { Template } from './template.ts';
import type { Thread } from './thread.ts';

const format = 'whatsapp-simulator/1';

interface Snapshot {
  readonly format: typeof format;
  readonly numbers: readonly BusinessNumber[];
  readonly customers: readonly Customer[];
  readonly threads: readonly Thread[];
  readonly media: readonly (Omit<StoredMedia, 'bytes'> & { readonly base64: string })[];
  readonly templates: readonly Template[];
  readonly subscribedAccounts: readonly string[];
  /** Absent in what an older version kept. */
  readonly groups?: readonly Group[];
  readonly blocked?: readonly string[];
}

/** The whole state as JSON text. Subscriptions, faults and logs belong to one run and are not in it. */
export function takeSnapshot(state: SimulatorState): string {
  const snapshot: Snapshot = {
    format,
    numbers: [...state.numbers.values()],
    customers: [...state.customers.values()],
    threads: [...state.threads.values()],
    media: Array.from(state.media.values(), ({ bytes, ...rest }) => ({ ...rest, base64: toBase64(bytes) })),
    templates: [...state.templates.values()],
    subscribedAccounts: [...state.subscribedAccounts],
    groups: [...state.groups.values()],
    blocked: [...state.blocked],
  };
  return JSON.stringify(snapshot);
}

/** Fills an empty state. Text of another format is ignored: a demo starts afresh and does not fail. */
export function restoreSnapshot(state: SimulatorState, text: string): boolean {
  const parsed = parseJson(text);
  if (!isObject(parsed) || parsed.format !== format) return false;
  const snapshot = parsed as unknown as Snapshot;
  for (const number of snapshot.numbers) {
    state.numbers.set(number.phoneNumberId, Object.freeze({ ...businessNumber(number), ...number }));
  }
  for (const customer of snapshot.customers) state.customers.set(customer.waId, customer);
  for (const thread of snapshot.threads) {
    state.threads.set(`${thread.phoneNumberId}/${thread.waId}`, thread);
  }
  for (const { base64, ...media } of snapshot.media) {
    state.media.set(media.id, { ...media, bytes: fromBase64(base64) });
  }
  for (const template of snapshot.templates) state.templates.set(template.id, template);
  for (const account of snapshot.subscribedAccounts) state.subscribedAccounts.add(account);
  for (const group of snapshot.groups ?? []) state.groups.set(group.id, group);
  for (const blocked of snapshot.blocked ?? []) state.blocked.add(blocked);
  return true;
}
