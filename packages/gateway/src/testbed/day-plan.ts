import type { ConversationOutcome } from '@prosa/core/contract';

/** Where somebody writes to, by how that queue gives its conversations. */
export type DayQueue = 'pull' | 'auto' | 'offer' | 'forgotten';

/** What becomes of somebody who writes, whoever attends them. */
export type Fate =
  | 'served'
  | 'to agent'
  | 'to queue'
  | 'parked'
  | 'silent'
  | 'leaves in service'
  | 'leaves waiting'
  | 'waits in vain'
  | 'discarded'
  | 'expires';

export interface PlannedCustomer {
  readonly index: number;
  readonly fate: Fate;
  readonly queue: DayQueue;
  readonly origin: 'whatsapp' | 'webchat';
  /** The tick of the day in which they write first. */
  readonly arrives: number;
  /** For how many ticks they are attended. */
  readonly lasts: number;
  /** How their service ends. */
  readonly outcome: ConversationOutcome;
}

const fates: readonly (readonly [Fate, number])[] = [
  ['served', 118],
  ['to agent', 20],
  ['to queue', 15],
  ['parked', 12],
  ['silent', 10],
  ['leaves in service', 6],
  ['leaves waiting', 6],
  ['waits in vain', 6],
  ['discarded', 4],
  ['expires', 3],
];

const endings: Partial<Record<Fate, ConversationOutcome>> = {
  silent: 'inactivity',
  'leaves in service': 'terminated_client',
  'leaves waiting': 'abandoned_client',
  'waits in vain': 'queue_timeout',
  discarded: 'discarded',
  expires: 'window_expired',
};
const outcomes = ['resolved', 'unresolved', 'no_reply', 'mistake'] as const;
const places: Partial<Record<Fate, DayQueue>> = {
  parked: 'pull',
  silent: 'auto',
  'leaves in service': 'pull',
  'leaves waiting': 'pull',
  'waits in vain': 'pull',
  discarded: 'pull',
  expires: 'forgotten',
};
const usualPlaces = ['pull', 'auto', 'offer'] as const;

/** The ticks in which customers begin to write. */
export const arrivalTicks = 48;
const rushHour = { tick: 24, customers: 24 } as const;

/** A number from 0 to 1 that is always the same for the same words: what chances decide does not depend on who is first. */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 2166136261;
  for (const character of words.join(' ')) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The two hundred who write in a day, mixed by the seed. */
export function planDay(seed: number): readonly PlannedCustomer[] {
  return fates
    .flatMap(([fate, count]) => Array.from({ length: count }, () => fate))
    .map((fate, place) => ({ fate, order: chance(seed, 'order', place) }))
    .sort((a, b) => a.order - b.order)
    .map(({ fate }, index) => ({
      index,
      fate,
      queue: places[fate] ?? usualPlaces[Math.floor(chance(seed, 'queue', index) * usualPlaces.length)] ?? 'pull',
      origin: fate.startsWith('leaves') ? 'webchat' : 'whatsapp',
      arrives:
        index % Math.floor(200 / rushHour.customers) === 0
          ? rushHour.tick
          : Math.floor(chance(seed, 'arrives', index) * arrivalTicks),
      lasts: 1 + Math.floor(chance(seed, 'lasts', index) * 4),
      outcome: endings[fate] ?? outcomes[Math.floor(chance(seed, 'outcome', index) * outcomes.length)] ?? 'resolved',
    }));
}
