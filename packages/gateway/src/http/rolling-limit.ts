import type { Clock } from '../clock.ts';
import type { RateLimit } from './rate-limit.ts';

/** So many keys are remembered before the idle ones are looked for. */
const sweepFrom = 10_000;

/** At most so many within any time of this length: a burst does not come back before its beginning is that old. */
export function rollingLimit(
  clock: Clock,
  { most, withinMs }: { readonly most: number; readonly withinMs: number },
): RateLimit {
  const taken = new Map<string, number[]>();
  return {
    take(key) {
      const now = clock.now();
      const isRecent = (at: number) => now - at < withinMs;
      if (taken.size > sweepFrom)
        for (const [other, times] of taken) if (!isRecent(times.at(-1) ?? 0)) taken.delete(other);
      const times = (taken.get(key) ?? []).filter(isRecent);
      const [oldest = now] = times;
      if (times.length >= most) return Math.min(withinMs, oldest + withinMs - now);
      taken.set(key, [...times, now]);
      return 0;
    },
  };
}
