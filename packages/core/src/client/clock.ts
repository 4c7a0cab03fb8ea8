/** What `setTimeout` of a clock gives, for its `clearTimeout`. */
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
  /**
   * How far the clock of this device is ahead of the gateway's, in milliseconds, as the event stream has told; negative:
   * behind. 0 when they agree to two seconds, and before the stream is there.
   */
  readonly clockAheadMs?: number | undefined;
}

/** Epoch milliseconds by the clock of the gateway, as far as it is known: what its times are compared with. */
export function gatewayNow({ clock = systemClock, clockAheadMs = 0 }: HasClock): number {
  return clock.now() - clockAheadMs;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (handle) => {
    globalThis.clearTimeout(handle as number);
  },
};
