import { second, type Clock } from '../clock.ts';
import { rateLimit, type RateLimit } from '../delivery/rate-limit.ts';
import { refuse } from '../domain/problems.ts';

/** How much of each a website or a visitor may do, in this process: so many at once, then one every so often. */
const limits = {
  /** Of one webchat on one origin. */
  sessions: { burst: 200, everyMs: second / 10 },
  /** Of one visitor, as all that follow. */
  messages: { burst: 20, everyMs: 2 * second },
  uploads: { burst: 10, everyMs: 5 * second },
  signals: { burst: 30, everyMs: second / 2 },
  receipts: { burst: 30, everyMs: second / 2 },
} as const;

/** Streams that one visitor holds at a time: one for each tab. */
const mostStreams = 20;
const streamRetrySeconds = 10;

export type VisitorLimit = keyof typeof limits;

/** Refuses with `rate_limited` and the time after which to come back. */
export type VisitorLimits = (limit: VisitorLimit, key: string) => void;

export function visitorLimits(clock: Clock): VisitorLimits {
  const buckets = new Map<VisitorLimit, RateLimit>();
  return (limit, key) => {
    const bucket = buckets.get(limit) ?? rateLimit(clock, limits[limit]);
    buckets.set(limit, bucket);
    const waitMs = bucket.take(key);
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
