import type { Lease } from './jobs.ts';

interface Seen {
  readonly leaseToken: string | null;
  readonly leaseUntil: number | null;
  /** When this state of it was seen first, by the steady clock. */
  readonly since: number;
}

export interface LeaseWatch {
  /** Those that nobody holds any more, as they were seen: somebody may have taken the job since. */
  ended(leases: readonly Lease[], times: { readonly now: number; readonly steady: number }): readonly Lease[];
}

/**
 * Tells leases that have ended from those that only seem to, because somebody has set a clock: whoever lives renews, so
 * what did not change for as long as a lease lasts is over, whatever the clock says; and what has run out by the clock is
 * over once a renewal is overdue.
 */
export function leaseWatch({
  renewedEveryMs,
  leaseMs,
}: {
  readonly renewedEveryMs: number;
  readonly leaseMs: number;
}): LeaseWatch {
  let seen = new Map<string, Seen>();
  const overdueMs = renewedEveryMs * 1.25;

  return {
    ended(leases, { now, steady }) {
      const next = new Map<string, Seen>();
      for (const { id, leaseToken, leaseUntil } of leases) {
        const before = seen.get(id);
        const same = before?.leaseToken === leaseToken && before.leaseUntil === leaseUntil;
        next.set(id, same ? before : { leaseToken, leaseUntil, since: steady });
      }
      seen = next;
      return [...next]
        .filter(([, { leaseUntil, since }]) => {
          const silentFor = steady - since;
          return silentFor >= leaseMs || (silentFor >= overdueMs && (leaseUntil ?? 0) <= now);
        })
        .map(([id, { leaseToken, leaseUntil }]) => ({ id, leaseToken, leaseUntil }));
    },
  };
}
