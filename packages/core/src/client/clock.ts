export type TimerHandle = unknown;

/** Time and chance, so that tests can hold both. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** At least 0, less than 1. */
  random(): number;
  setTimeout(callback: () => void, delayMs: number): TimerHandle;
  clearTimeout(handle: TimerHandle): void;
}

/** A client, or what it made: what is derived from it goes by the same time. */
export interface HasClock {
  readonly clock?: Clock | undefined;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (handle) => {
    globalThis.clearTimeout(handle as number);
  },
};
