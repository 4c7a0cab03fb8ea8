import type { Clock } from './clock.ts';

export interface BackoffRange {
  readonly minMs: number;
  /** The ceiling of the first try; it doubles with each. */
  readonly baseMs: number;
  readonly maxMs: number;
}

/** The longest that a server can make us wait with `Retry-After`. */
export const maxRetryAfterMs = 60 * 60 * 1000;

/**
 * Full jitter: anything between the least and a ceiling that doubles with each try, so that many clients that lost
 * the same server do not come back together (AWS Architecture Blog, "Exponential Backoff and Jitter").
 *
 * @param attempt 0 for the first wait
 * @param floorMs what the server asked for
 */
export function backoff(clock: Clock, { minMs, baseMs, maxMs }: BackoffRange, attempt: number, floorMs = 0): number {
  const ceiling = Math.max(minMs, Math.min(maxMs, baseMs * 2 ** attempt));
  return Math.max(minMs + clock.random() * (ceiling - minMs), Math.min(floorMs, maxRetryAfterMs));
}
