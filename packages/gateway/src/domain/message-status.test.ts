import { messageStatuses } from '@prosa/core/contract';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { advanceStatus } from './message-status.ts';

const news = fc.array(fc.constantFrom(...messageStatuses.filter((status) => status !== 'pending')));

it('ends at the same status in whatever order and however often the news of a delivery comes', () => {
  const delivery = fc.shuffledSubarray(['sent', 'delivered', 'read', 'played'] as const, { minLength: 1 });
  fc.assert(
    fc.property(delivery, fc.array(fc.nat(3)), (order, repeats) => {
      const ranks = ['sent', 'delivered', 'read', 'played'];
      const all = [...order, ...repeats.map((i) => order[i % order.length] ?? 'sent')];
      const best = ranks[Math.max(...order.map((status) => ranks.indexOf(status)))];
      expect(all.reduce(advanceStatus, 'pending' as (typeof messageStatuses)[number])).toBe(best);
    }),
  );
});

it('never steps back from a delivery', () => {
  const reached = ['delivered', 'read', 'played'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...reached), news, (from, more) => {
      const end = more.reduce(advanceStatus, from as (typeof messageStatuses)[number]);
      expect(reached.indexOf(end as (typeof reached)[number])).toBeGreaterThanOrEqual(reached.indexOf(from));
    }),
  );
});

it('takes a failure while nothing has arrived, and an arrival after a failure', () => {
  expect(advanceStatus('pending', 'failed')).toBe('failed');
  expect(advanceStatus('sent', 'failed')).toBe('failed');
  expect(advanceStatus('unconfirmed', 'failed')).toBe('failed');
  expect(advanceStatus('delivered', 'failed')).toBe('delivered');
  expect(advanceStatus('failed', 'sent')).toBe('failed');
  expect(advanceStatus('failed', 'delivered')).toBe('delivered');
});
