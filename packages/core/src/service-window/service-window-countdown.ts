import { gatewayNow, systemClock, type Clock, type HasClock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';
import type { Conversation } from '../contract/index.ts';
import { Observed, type Observable } from '../observed/observed.ts';
import { serviceWindowOf, type ServiceWindow, type ServiceWindowState } from './service-window.ts';

const minuteMs = 60_000;

/** What a person reads of a service window. */
export interface ServiceWindowCountdown {
  readonly state: ServiceWindowState;
  /** Whole minutes that are left, 1 in the last one, 0 when it is closed; `null` where there is no window. */
  readonly minutes: number | null;
}

/** What a live thread is, and whatever else knows the conversation. */
export type ConversationSource = Observable<{
  readonly conversation: Pick<Conversation, 'windowExpiresAt'> | null;
}> &
  HasClock;

/**
 * The service window of the conversation in `thread`, minute by minute: a value that changes when what a person reads
 * would change. It follows the thread, and holds a timer, only while somebody listens. It goes by the clock of the
 * gateway, as far as the thread's client knows it.
 *
 * @example
 * const thread = prosa.live.thread(conversationId);
 * const countdown = serviceWindowCountdown(thread);
 * const stop = countdown.subscribe(() => console.log(countdown.value.state, countdown.value.minutes));
 */
export function serviceWindowCountdown(
  thread: ConversationSource,
  { clock = thread.clock ?? systemClock }: { readonly clock?: Clock | undefined } = {},
): Observable<ServiceWindowCountdown> {
  const timer = new Timer(clock);
  const observed = new Observed<ServiceWindowCountdown>(current(), {
    start(): Unsubscribe {
      const stop = thread.subscribe(look);
      look();
      return () => {
        timer.clear();
        stop();
      };
    },
  });

  function left(): ServiceWindow {
    return serviceWindowOf(
      thread.value.conversation?.windowExpiresAt ?? null,
      gatewayNow({ clock, clockAheadMs: thread.clockAheadMs }),
    );
  }

  function current(): ServiceWindowCountdown {
    const { state, remainingMs } = left();
    if (remainingMs === null || remainingMs === 0) return { state, minutes: remainingMs };
    return { state, minutes: Math.max(1, Math.floor(remainingMs / minuteMs)) };
  }

  /** A device that slept rings late: what is left is always read from the clock. */
  function look(): void {
    observed.update(current());
    timer.clear();
    const { remainingMs } = left();
    if (remainingMs === null || remainingMs === 0) return;
    timer.set(remainingMs > minuteMs ? (remainingMs % minuteMs) + 1 : remainingMs, look);
  }

  return {
    get value() {
      observed.update(current());
      return observed.value;
    },
    subscribe: (listener) => observed.subscribe(listener),
  };
}
