import { minute, second, type Clock } from '../clock.ts';
import { rateLimit, type RateLimit } from './rate-limit.ts';
import { refuse } from '../domain/problems.ts';
import { rollingLimit } from './rolling-limit.ts';

/** Sessions that one address begins within a minute, where the options say nothing else. */
const usualSessionsPerAddress = 20;

/** How much of each a website, an address or a visitor may do, in this process. */
function bucketsOf(clock: Clock, sessionsPerAddress: number) {
  return {
    /** Of one webchat on one origin. */
    sessions: rateLimit(clock, { burst: 200, everyMs: second / 10 }),
    /** Of one network: an IPv4 address, or the /64 of an IPv6 one. */
    addressSessions: rollingLimit(clock, { most: sessionsPerAddress, withinMs: minute }),
    /** Of one visitor, as all that follow. */
    messages: rollingLimit(clock, { most: 30, withinMs: minute }),
    uploads: rollingLimit(clock, { most: 10, withinMs: 10 * minute }),
    signals: rateLimit(clock, { burst: 30, everyMs: second / 2 }),
    receipts: rateLimit(clock, { burst: 30, everyMs: second / 2 }),
  } satisfies Record<string, RateLimit>;
}

/** Streams that one visitor holds at a time: one for each tab. */
const mostStreams = 20;
const streamRetrySeconds = 10;

export type VisitorLimit = keyof ReturnType<typeof bucketsOf>;

/** Refuses with `rate_limited` and the time after which to come back. */
export type VisitorLimits = (limit: VisitorLimit, key: string) => void;

export function visitorLimits(clock: Clock, sessionsPerAddress = usualSessionsPerAddress): VisitorLimits {
  const buckets = bucketsOf(clock, sessionsPerAddress);
  return (limit, key) => {
    const waitMs = buckets[limit].take(key);
    if (waitMs > 0) refuse('rate_limited', { retryAfterSeconds: Math.ceil(waitMs / second) });
  };
}

/** Takes a place for a stream of the visitor, and returns what gives it back. Refuses when all are taken. */
export type StreamPlaces = (contactId: string) => () => void;

export function streamPlaces(): StreamPlaces {
  const taken = new Map<string, number>();
  return (contactId) => {
    const before = taken.get(contactId) ?? 0;
    if (before >= mostStreams) refuse('rate_limited', { retryAfterSeconds: streamRetrySeconds });
    taken.set(contactId, before + 1);
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      const left = (taken.get(contactId) ?? 1) - 1;
      if (left > 0) taken.set(contactId, left);
      else taken.delete(contactId);
    };
  };
}
