import type { PendingMessage } from '@prosa/core';
import type { Message } from '@prosa/core/contract';
import { startOfDay } from '../locales/formats.ts';

interface Placed {
  /** The same for a message that is on its way and for the same message once the gateway has it. */
  readonly key: string;
  /** Set on the first item of a day: the instant that names it. */
  readonly day: string | number | null;
}

interface Grouped extends Placed {
  /** First and last of consecutive messages of one author. */
  readonly first: boolean;
  readonly last: boolean;
}

export interface MessageItem extends Grouped {
  readonly kind: 'message';
  readonly message: Message;
}

export interface PendingItem extends Grouped {
  readonly kind: 'pending';
  readonly pending: PendingMessage;
}

/** Lines of the timeline that follow one another are told in one. */
export interface EventsItem extends Placed {
  readonly kind: 'events';
  readonly messages: readonly Message[];
}

export type ThreadItem = MessageItem | PendingItem | EventsItem;

const closeTogether = 5 * 60_000;

interface Draft {
  readonly author: string | null;
  readonly at: number;
  readonly source: Message | PendingMessage;
}

/** Builds the items of a thread; an item whose message and place did not change stays the same object. */
export class ThreadItems {
  #known = new Map<string, ThreadItem>();

  /**
   * @param hasOlder older messages are not loaded yet: whether the first one opens its day is not known, and a pill that
   * goes away again would move what is being read
   */
  build(messages: readonly Message[], pending: readonly PendingMessage[], hasOlder = false): readonly ThreadItem[] {
    const items: ThreadItem[] = [];
    const known = new Map<string, ThreadItem>();
    const confirmed = new Set<string>();
    for (const { clientId } of messages) if (clientId) confirmed.add(clientId);
    const waiting = pending.filter(({ clientId }) => !confirmed.has(clientId));
    const drafts = [...messages.map(ofMessage), ...waiting.map(ofPending)];
    let day: number | null = null;
    for (let i = 0; i < drafts.length; i++) {
      const draft = drafts[i];
      if (!draft) continue;
      const itsDay = startOfDay(draft.at);
      const opensDay = itsDay !== day && !(day === null && hasOlder);
      day = itsDay;
      const place = { day: opensDay ? draft.at : null };
      let item: ThreadItem;
      if (isEvent(draft.source)) {
        const run = [draft.source];
        for (let next = drafts[i + 1]; next && isEvent(next.source); next = drafts[i + 1]) {
          if (startOfDay(next.at) !== itsDay || next.at - draft.at > closeTogether || run.length === 3) break;
          run.push(next.source);
          i++;
        }
        item = { kind: 'events', key: keyOf(draft.source), messages: run, ...place };
      } else {
        const grouping = {
          first: opensDay || !belongTogether(drafts[i - 1], draft),
          last: !belongTogether(draft, drafts[i + 1]),
        };
        item = isMessage(draft.source)
          ? { kind: 'message', key: keyOf(draft.source), message: draft.source, ...grouping, ...place }
          : { kind: 'pending', key: keyOf(draft.source), pending: draft.source, ...grouping, ...place };
      }
      const before = this.#known.get(item.key);
      const kept = before && sameItem(before, item) ? before : item;
      known.set(kept.key, kept);
      items.push(kept);
    }
    this.#known = known;
    return items;
  }
}

function ofMessage(message: Message): Draft {
  const { author, direction } = message;
  return {
    author: `${direction}:${author.kind}:${author.id ?? ''}`,
    at: Date.parse(message.createdAt),
    source: message,
  };
}

function ofPending(pending: PendingMessage): Draft {
  return { author: 'pending', at: pending.createdAt, source: pending };
}

function isMessage(source: Message | PendingMessage): source is Message {
  return 'position' in source;
}

function isEvent(source: Message | PendingMessage): source is Message {
  return isMessage(source) && source.content.type === 'event';
}

/** What waits to be sent is by the reader, as is what the reader just sent. */
function belongTogether(a: Draft | undefined, b: Draft | undefined): boolean {
  if (!a || !b || isEvent(a.source) || isEvent(b.source)) return false;
  const mine = (draft: Draft) => draft.author === 'pending' || draft.author?.startsWith('outbound:agent') === true;
  const sameAuthor = a.author === b.author || (b.author === 'pending' && mine(a));
  return sameAuthor && b.at - a.at < closeTogether && startOfDay(a.at) === startOfDay(b.at);
}

function keyOf(source: Message | PendingMessage): string {
  return source.clientId ?? (isMessage(source) ? source.id : '');
}

function sameItem(a: ThreadItem, b: ThreadItem): boolean {
  if (a.kind !== b.kind || a.day !== b.day) return false;
  if (a.kind === 'events' && b.kind === 'events') {
    return a.messages.length === b.messages.length && a.messages.every((message, i) => message === b.messages[i]);
  }
  if (a.kind === 'events' || b.kind === 'events' || a.first !== b.first || a.last !== b.last) return false;
  return a.kind === 'message' && b.kind === 'message'
    ? a.message === b.message
    : a.kind === 'pending' && b.kind === 'pending' && a.pending === b.pending;
}
