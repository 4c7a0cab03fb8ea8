import type { Clock } from '../clock.ts';

interface Bucket {
  tokens: number;
  at: number;
}

export interface RateLimit {
  /** Takes one; returns 0, or how many milliseconds to wait before asking again. */
  take(key: string): number;
}

/** Tokens that come back steadily: `burst` at once, then one every `everyMs`. */
export function rateLimit(
  clock: Clock,
  { burst, everyMs }: { readonly burst: number; readonly everyMs: number },
): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take(key) {
      const now = clock.now();
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      const tokens = Math.min(burst, bucket.tokens + Math.max(0, now - bucket.at) / everyMs);
      if (buckets.size > 10_000)
        for (const [other, { at }] of buckets) if (now - at > burst * everyMs) buckets.delete(other);
      if (tokens < 1) {
        buckets.set(key, { tokens, at: now });
        return Math.ceil((1 - tokens) * everyMs);
      }
      buckets.set(key, { tokens: tokens - 1, at: now });
      return 0;
    },
  };
}
