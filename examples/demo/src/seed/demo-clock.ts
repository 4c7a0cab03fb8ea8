import { createClock, type SimulatorClock } from '@prosa/whatsapp-simulator';

export interface DemoClock extends SimulatorClock {
  /** Moves to so many milliseconds before the present. Time only moves forward. */
  moveTo(msAgo: number): void;
}

/** The simulator's clock, so many milliseconds behind: what customers wrote earlier is dated earlier. */
export function createDemoClock(behindMs: number): DemoClock {
  const clock = createClock();
  let behind = behindMs;
  return {
    now: () => clock.now() - behindMs,
    after: (ms, run) => clock.after(ms, run),
    advance: (ms) => clock.advance(ms),
    moveTo(msAgo) {
      if (behind > msAgo) clock.advance(behind - msAgo);
      behind = Math.min(behind, msAgo);
    },
  };
}
