import { expect, it, vi } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { sleep } from './sleep.ts';

it('leaves nothing at a signal that goes on', async () => {
  const clock = new ManualClock();
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  const slept = sleep(clock, 1000, signal);
  await clock.advance(1000);
  await slept;
  expect(added).toHaveBeenCalledOnce();
  expect(removed.mock.calls).toEqual(added.mock.calls);
});

it('ends with the signal, and leaves no timer', async () => {
  const clock = new ManualClock();
  const giveUp = new AbortController();
  const slept = sleep(clock, 1000, giveUp.signal);
  giveUp.abort();
  await slept;
  expect(clock.pending).toBe(0);
});
