import { expect, it, vi } from 'vitest';
import { settle } from '../testing/manual-clock.ts';
import { Observed } from './observed.ts';

it('keeps its reference, and its peace, when nothing changes', async () => {
  const observed = new Observed({ count: 1, name: 'a' });
  const listener = vi.fn();
  observed.subscribe(listener);
  const before = observed.value;
  observed.update({ count: 1 });
  await settle();
  expect(observed.value).toBe(before);
  expect(listener).not.toHaveBeenCalled();
});

it('tells many changes once, afterwards, and the value is frozen', async () => {
  const observed = new Observed({ count: 1 });
  const listener = vi.fn();
  observed.subscribe(listener);
  observed.update({ count: 2 });
  observed.update({ count: 3 });
  expect(listener).not.toHaveBeenCalled();
  await settle();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(observed.value).toEqual({ count: 3 });
  expect(Object.isFrozen(observed.value)).toBe(true);
});

it('starts with the first listener and stops with the last, also when one leaves twice', () => {
  const stop = vi.fn();
  const start = vi.fn(() => stop);
  const observed = new Observed({ count: 1 }, { start });
  const leave = observed.subscribe(() => undefined);
  const leaveToo = observed.subscribe(() => undefined);
  leave();
  leave();
  expect([start.mock.calls.length, stop.mock.calls.length]).toEqual([1, 0]);
  leaveToo();
  expect(stop).toHaveBeenCalledTimes(1);
  observed.subscribe(() => undefined);
  observed.destroy();
  expect([start.mock.calls.length, stop.mock.calls.length]).toEqual([2, 2]);
});
