import { Notifier } from '../client/notifier.ts';
import type { CallOptions, LiveQueries, LiveThread, Unsubscribe } from '../client/prosa-client.ts';
import { AbortedError } from '../errors/local-errors.ts';

/** A thread that can show another part of its conversation. */
export interface ThreadView extends LiveThread {
  /**
   * Shows the part around a message, unless it is shown. Resolves when `value` has it. Rejects, and leaves what is shown,
   * with `not_found` when the conversation has no such message, and with `aborted` when another jump came in between.
   */
  jumpTo(messageId: string, options?: CallOptions): Promise<void>;
  /** Shows the newest part, which grows with what comes. */
  jumpToNewest(options?: CallOptions): Promise<void>;
}

/**
 * A conversation to look around in: what `live.thread` is, and to other parts of it and back.
 *
 * @example
 * const thread = createThreadView(prosa, conversationId);
 * const stop = thread.subscribe(() => show(thread.value));
 * await thread.jumpTo(quotedMessageId);
 */
export function createThreadView(
  client: { readonly live: Pick<LiveQueries, 'thread'> },
  conversationId: string,
  params: { readonly around?: string | undefined } = {},
): ThreadView {
  const notifier = new Notifier();
  let current = client.live.thread(conversationId, params);
  let follow: Unsubscribe | null = null;
  /** The jump that is under way. */
  let jump: AbortController | null = null;

  const tell = () => {
    notifier.notify();
  };

  async function show(around: string | undefined, signal: AbortSignal | undefined): Promise<void> {
    const mine = (jump = new AbortController());
    const other = client.live.thread(conversationId, { around });
    const { ready, stop } = whenReady(other, AbortSignal.any(signal ? [mine.signal, signal] : [mine.signal]));
    try {
      await ready;
      const [before, unfollow] = [current, follow];
      current = other;
      follow = unfollow && other.subscribe(tell);
      unfollow?.();
      before.destroy();
      tell();
    } finally {
      if (jump === mine) jump = null;
      stop();
      if (current !== other) other.destroy();
    }
  }

  return {
    get clock() {
      return current.clock;
    },
    get clockAheadMs() {
      return current.clockAheadMs;
    },
    get value() {
      return current.value;
    },
    get status() {
      return current.status;
    },
    get error() {
      return current.error;
    },
    get hasMore() {
      return current.hasMore;
    },
    get hasNewer() {
      return current.hasNewer;
    },
    get loadingMore() {
      return current.loadingMore;
    },
    get loadingNewer() {
      return current.loadingNewer;
    },
    get pageError() {
      return current.pageError;
    },
    loadMore: () => current.loadMore(),
    loadNewer: () => current.loadNewer(),
    refresh() {
      current.refresh();
    },
    subscribe(listener) {
      const remove = notifier.add(listener);
      follow ??= current.subscribe(tell);
      return () => {
        remove();
        if (notifier.size > 0) return;
        follow?.();
        follow = null;
      };
    },
    async jumpTo(messageId, { signal } = {}) {
      jump?.abort();
      if (!current.value.messages.some(({ id }) => id === messageId)) await show(messageId, signal);
    },
    async jumpToNewest({ signal } = {}) {
      jump?.abort();
      if (current.hasNewer) await show(undefined, signal);
    },
    destroy() {
      jump?.abort();
      notifier.clear();
      follow = null;
      current.destroy();
    },
  };
}

/** Runs a thread until it is ready. */
function whenReady(thread: LiveThread, signal: AbortSignal) {
  const operation = 'show that part of the conversation';
  let stop: Unsubscribe = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const look = () => {
      if (signal.aborted) reject(new AbortedError(operation, undefined, signal.reason));
      else if (thread.status === 'ready') resolve();
      else if (thread.status === 'error') reject(thread.error ?? new AbortedError(operation));
    };
    stop = thread.subscribe(look);
    signal.addEventListener('abort', look);
    look();
  });
  return { ready, stop };
}
