import { minute, second } from '../clock.ts';

/** So many at once, then one every `everyMs`. */
export interface SendLimit {
  readonly burst: number;
  readonly everyMs: number;
}

/** What is left of a limit, in whole numbers, so that several processes can share it as a row. */
export interface LimitState {
  /** Until when everything is spent that was taken so far, epoch microseconds. */
  readonly spentUntil: number;
  /** The provider has said that it is too fast: nothing before this, epoch milliseconds. */
  readonly blockedUntil: number;
  /** How often it said so since the last message that it took. */
  readonly strikes: number;
}

export const unusedLimit: LimitState = { spentUntil: 0, blockedUntil: 0, strikes: 0 };

/** No pause is longer. */
export const longestPauseMs = 5 * minute;

/**
 * So many a second in any second, wherever it begins: what comes at once and what comes back during that second are
 * together no more (Meta, "Throughput").
 */
export function perSecond(messages: number): SendLimit {
  const burst = Math.max(1, Math.floor(messages / 10));
  return { burst, everyMs: second / Math.max(1, messages - burst) };
}

/**
 * One in six seconds to the same person, up to 45 at once on credit (Meta, "Pair rate limits"). One fewer: Meta counts
 * from when the first one arrives, which may be on its way for a while.
 */
export const pairLimit: SendLimit = { burst: 44, everyMs: 6 * second };

/** When the next one may go, epoch milliseconds; `now` or earlier: at once. */
export function nextPlace(
  { spentUntil, blockedUntil }: LimitState,
  { burst, everyMs }: SendLimit,
  now: number,
): number {
  const credit = microseconds((burst - 1) * everyMs);
  const spent = plausible(spentUntil, microseconds(now), microseconds(burst * everyMs) + microseconds(second));
  const blocked = plausible(blockedUntil, now, longestPauseMs);
  return Math.max(Math.ceil((spent - credit) / 1000), blocked, now);
}

/** The state once a place at `at` is taken. */
export function taken(state: LimitState, { burst, everyMs }: SendLimit, now: number): LimitState {
  const from = microseconds(now);
  const spent = plausible(state.spentUntil, from, microseconds(burst * everyMs) + microseconds(second));
  return { ...state, spentUntil: Math.max(spent, from) + microseconds(everyMs) };
}

/**
 * The state after the provider said that it is too fast: 4^X seconds, X counted from 0 (Meta, "Pair rate limits"), never
 * less than it asked for. Those who were told at the same time count once.
 * @param afterMs what the provider asked for; `null`: nothing
 */
export function blocked(state: LimitState, afterMs: number | null, now: number): LimitState {
  const until = plausible(state.blockedUntil, now, longestPauseMs);
  const asked = now + Math.min(afterMs ?? 0, longestPauseMs);
  if (until > now) return { ...state, blockedUntil: Math.max(until, asked) };
  return { ...state, blockedUntil: now + pauseAfter(state.strikes, afterMs), strikes: state.strikes + 1 };
}

/** Milliseconds to wait after so many tries that failed before this one. */
export function pauseAfter(failures: number, afterMs: number | null): number {
  return Math.min(Math.max(afterMs ?? 0, second * 4 ** failures), longestPauseMs);
}

function microseconds(ms: number): number {
  return Math.ceil(ms * 1000);
}

/** A clock that was set back leaves times that are too far ahead: they mean nothing. */
function plausible(time: number, now: number, furthest: number): number {
  return time - now > furthest ? now : time;
}
