import type { ThreadSnapshot } from '../client/prosa-client.ts';
import type { Message } from '../contract/index.ts';
import { Observed, type Observable } from '../observed/observed.ts';

/** How much of a thread is new to its agent, and where that begins. */
export interface Unread {
  /** Messages of the customer since the assignee last looked, as the server counts them. */
  readonly count: number;
  /** Before this message a thread says “new”; `null`: nowhere, or before what is loaded. */
  readonly firstUnreadId: string | null;
}

/** A live thread is one. */
export interface UnreadThread extends Observable<Pick<ThreadSnapshot, 'conversation' | 'messages'>> {
  /** There are older messages that are not loaded. */
  readonly hasMore: boolean;
}

/** When what comes is read as it comes. */
export interface UnreadMarkerOptions {
  /** Somebody reads at the end of the thread now: what arrives meanwhile is not marked. `readPolicy.isReading` knows it. */
  readonly isReading?: (() => boolean) | undefined;
}

/**
 * How much of a thread is unread, and where that begins. The marker is set when the thread is opened and stays there
 * though the messages are read; what comes while nobody looks moves it. It lasts while somebody listens.
 *
 * @example
 * const unread = unreadMarker(thread, { isReading: () => policy.isReading });
 * const stop = unread.subscribe(() => console.log(unread.value.count, unread.value.firstUnreadId));
 */
export function unreadMarker(
  thread: UnreadThread,
  { isReading = () => false }: UnreadMarkerOptions = {},
): Observable<Unread> {
  /** So many messages of the customer up to this position. Older ones may have to be loaded to find the first. */
  let marked: { readonly count: number; readonly upTo: number } | null = null;
  let countBefore = 0;
  const observed = new Observed<Unread>(
    { count: thread.value.conversation?.unreadCount ?? 0, firstUnreadId: null },
    {
      start() {
        marked = null;
        countBefore = 0;
        const stop = thread.subscribe(look);
        look();
        return stop;
      },
    },
  );

  function look(): void {
    const { conversation } = thread.value;
    if (!conversation) return;
    const { unreadCount: count } = conversation;
    const inbound = thread.value.messages.filter(isInbound);
    if (count === 0) countBefore = 0;
    else if (countBefore === 0 && !isReading()) {
      const newest = inbound.at(-1);
      if (newest && isWhole()) {
        marked = { count, upTo: newest.position };
        countBefore = count;
      }
    }
    observed.update({ count, firstUnreadId: firstOf(inbound) });
  }

  /** The counted message may come a moment after the count. */
  function isWhole(): boolean {
    const last = thread.value.conversation?.lastMessage;
    return last?.direction !== 'inbound' || thread.value.messages.some(({ id }) => id === last.id);
  }

  function firstOf(inbound: readonly Message[]): string | null {
    if (!marked) return null;
    const { count, upTo } = marked;
    const candidates = inbound.filter(({ position }) => position <= upTo);
    const first = candidates.at(-count) ?? (thread.hasMore ? undefined : candidates[0]);
    return first?.id ?? null;
  }

  return {
    get value() {
      return observed.value;
    },
    subscribe: (listener) => observed.subscribe(listener),
  };
}

function isInbound({ direction }: Message): boolean {
  return direction === 'inbound';
}
