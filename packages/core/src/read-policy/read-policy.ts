import { backoff } from '../client/backoff.ts';
import { systemClock, type Clock, type HasClock } from '../client/clock.ts';
import type { ProsaClient, Unsubscribe } from '../client/prosa-client.ts';
import { Timer } from '../client/timer.ts';
import type { Conversation } from '../contract/index.ts';
import { isProsaError } from '../errors/prosa-error.ts';
import type { Observable } from '../observed/observed.ts';

/** What the agent can see. In a page: `document.visibilityState`, `document.hasFocus()`, and where the thread stands. */
export interface Sight {
  readonly visible: boolean;
  readonly focused: boolean;
  /** The newest message is in sight. */
  readonly atEnd: boolean;
}

/** Decides when messages count as read, and tells the gateway. */
export interface ReadPolicy {
  /** All of `Sight` holds. */
  readonly isReading: boolean;
  /** What changed; the first call starts it. Calling it again with the same tries again what failed. */
  look(sight?: Partial<Sight>): void;
  destroy(): void;
}

/** How long looking takes to be reading. */
export interface ReadPolicyOptions {
  /** Somebody who passes by has not read: how long it has to last, in milliseconds; 500 when absent. */
  readonly delayMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

type Client = HasClock &
  Pick<ProsaClient, 'connection'> & {
    readonly conversations: Pick<ProsaClient['conversations'], 'markRead'>;
  };

const retryRange = { minMs: 1000, baseMs: 2000, maxMs: 60_000 };

/**
 * Tells the gateway that the messages of a thread were read: when the conversation is the agent's own, the page is
 * visible and has the focus, and the newest message is in sight, for a moment. Messages that the customer does not
 * write (notes, what happened) count as nothing. A failure is tried again later, and after a new connection.
 *
 * @param me whose messages they are: `prosa.live.me()`
 * @example
 * const policy = createReadPolicy(prosa, prosa.live.thread(conversationId), prosa.live.me());
 * policy.look({ visible: true, focused: document.hasFocus(), atEnd: true });
 */
export function createReadPolicy(
  client: Client,
  thread: Observable<{ readonly conversation: Conversation | null }>,
  me: Observable<{ readonly id: string } | null>,
  { delayMs = 500, clock = client.clock ?? systemClock }: ReadPolicyOptions = {},
): ReadPolicy {
  const timer = new Timer(clock);
  const lifetime = new AbortController();
  const ends: Unsubscribe[] = [];
  let sight: Sight = { visible: false, focused: false, atEnd: false };
  /** The version of the conversation that was told; each new message makes another. */
  let told = '';
  let failures = 0;

  const isReading = () => sight.visible && sight.focused && sight.atEnd;

  function unread(): Conversation | null {
    const { conversation } = thread.value;
    if (!isReading() || !conversation || conversation.unreadCount === 0) return null;
    if (client.connection.current.state !== 'connected') return null;
    const mine = conversation.assignee !== null && conversation.assignee.id === me.value?.id;
    return mine && versionOf(conversation) !== told ? conversation : null;
  }

  function evaluate(): void {
    // What was told into a connection that is gone is told again once there is another.
    if (client.connection.current.state !== 'connected') told = '';
    if (!unread()) timer.clear();
    else if (!timer.isSet) timer.set(failures === 0 ? delayMs : backoff(clock, retryRange, failures - 1), tell);
  }

  function tell(): void {
    const conversation = unread();
    if (!conversation) return;
    told = versionOf(conversation);
    client.conversations.markRead(conversation.id, { signal: lifetime.signal }).then(
      () => {
        failures = 0;
      },
      (error: unknown) => {
        if (lifetime.signal.aborted) return;
        failures += 1;
        if (!isProsaError(error) || !error.retryable) return;
        told = '';
        evaluate();
      },
    );
  }

  return {
    get isReading() {
      return isReading();
    },
    look(change = {}) {
      if (lifetime.signal.aborted) return;
      if (ends.length === 0) {
        ends.push(thread.subscribe(evaluate), me.subscribe(evaluate), client.connection.subscribe(evaluate));
      }
      const next = { ...sight, ...change };
      const isNews = (['visible', 'focused', 'atEnd'] as const).some((name) => next[name] !== sight[name]);
      sight = next;
      // The same look again says nothing twice, unless the first time failed.
      if (isNews || failures > 0) told = '';
      failures = 0;
      evaluate();
    },
    destroy() {
      lifetime.abort();
      timer.clear();
      for (const end of ends.splice(0)) end();
    },
  };
}

function versionOf({ id, version }: Conversation): string {
  return `${id}:${version}`;
}
