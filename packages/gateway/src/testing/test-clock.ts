import type { Clock as ClientClock, TimerHandle } from '@prosa/core';
import type { Clock } from '../clock.ts';

/**
 * A clock that can be put forward, for the gateway and for clients. It goes on as `Date` does, so fake timers hold it
 * too.
 */
export interface MovableClock extends Clock, ClientClock {
  /** Timers whose time comes with it run before it returns, in the order in which they were due. */
  advance(ms: number): void;
}

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
  readonly native: ReturnType<typeof setTimeout>;
}

/** @param start what it shows now, epoch milliseconds; the real time when absent */
export function movableClock(start = Date.now()): MovableClock {
  let offset = start - Date.now();
  const timers = new Set<Timer>();
  const now = () => Date.now() + offset;

  function run(timer: Timer): void {
    if (timers.delete(timer)) timer.callback();
  }

  return {
    now,
    random: () => Math.random(),
    setTimeout(callback, delayMs): TimerHandle {
      const timer: Timer = {
        dueAt: now() + delayMs,
        callback,
        native: setTimeout(() => {
          run(timer);
        }, delayMs),
      };
      timers.add(timer);
      return timer;
    },
    clearTimeout(handle) {
      const timer = handle as Timer;
      clearTimeout(timer.native);
      timers.delete(timer);
    },
    advance(ms) {
      offset += ms;
      // What they set anew waits its time from now on.
      const due = [...timers].filter(({ dueAt }) => dueAt <= now()).sort((a, b) => a.dueAt - b.dueAt);
      for (const timer of due) {
        clearTimeout(timer.native);
        run(timer);
      }
    },
  };
}
