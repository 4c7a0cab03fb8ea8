import type { Clock } from '../clock.ts';

/** A clock that can be put forward. It goes on as `Date` does, so fake timers hold it too. */
export interface MovableClock extends Clock {
  advance(ms: number): void;
}

/** @param start what it shows now, epoch milliseconds; the real time when absent */
export function movableClock(start = Date.now()): MovableClock {
  let offset = start - Date.now();
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}
