import { describe, expect, it } from 'vitest';
import { hour, minute, second } from '../clock.ts';
import { leaseWatch } from './lease-watch.ts';

const now = Date.UTC(2026, 10, 20, 12);
const leaseOf = (leaseUntil: number) => [{ id: 'job_1', leaseToken: 'token', leaseUntil }];
const watchOf = () => leaseWatch({ renewedEveryMs: 20 * second, leaseMs: minute });

describe('a lease', () => {
  it.each([hour, -hour])('stays with whoever renews it, although a clock is %i ms away', (away) => {
    const watch = watchOf();
    for (let steady = 0; steady < 10 * minute; steady += 10 * second) {
      const renewedAt = Math.floor(steady / (20 * second)) * 20 * second;
      const leases = leaseOf(now + renewedAt + minute);
      expect(watch.ended(leases, { now: now + steady + away, steady })).toEqual([]);
    }
  });

  it('has ended when it ran out and a renewal is overdue', () => {
    const watch = watchOf();
    const at = (steady: number) => watch.ended(leaseOf(now), { now: now + steady, steady });
    expect([at(0), at(20 * second), at(26 * second)]).toEqual([[], [], leaseOf(now)]);
  });

  it('has ended when nobody renewed it for as long as it lasts, although the clock was set back', () => {
    const watch = watchOf();
    const at = (steady: number) => watch.ended(leaseOf(now + minute), { now: now - hour + steady, steady });
    expect([at(0), at(50 * second), at(minute)]).toEqual([[], [], leaseOf(now + minute)]);
  });

  it('is a new one when somebody else has it', () => {
    const watch = watchOf();
    watch.ended(leaseOf(now), { now, steady: 0 });
    const other = [{ id: 'job_1', leaseToken: 'other', leaseUntil: now }];
    expect(watch.ended(other, { now, steady: 30 * second })).toEqual([]);
  });
});
