import { expect, it } from 'vitest';
import { rollingLimit } from './rolling-limit.ts';

function at(start = 1_000_000) {
  let now = start;
  return { now: () => now, set: (ms: number) => void (now = start + ms) };
}

it('lets so many pass in any time of its length, and says when the next one may', () => {
  const clock = at();
  const limit = rollingLimit(clock, { most: 3, withinMs: 60_000 });
  expect([limit.take('a'), limit.take('a')]).toEqual([0, 0]);
  clock.set(50_000);
  expect(limit.take('a')).toBe(0);
  expect(limit.take('a')).toBe(10_000);
  clock.set(59_999);
  expect(limit.take('a')).toBe(1);
  clock.set(60_000);
  expect([limit.take('a'), limit.take('a')]).toEqual([0, 0]);
  // The one of 50 s is still within the minute.
  expect(limit.take('a')).toBe(50_000);
});

it('counts each key for itself, and what it refused not at all', () => {
  const clock = at();
  const limit = rollingLimit(clock, { most: 1, withinMs: 1000 });
  expect([limit.take('a'), limit.take('b')]).toEqual([0, 0]);
  for (let ms = 100; ms < 1000; ms += 100) {
    clock.set(ms);
    expect(limit.take('a')).toBe(1000 - ms);
  }
  clock.set(1000);
  expect(limit.take('a')).toBe(0);
});

it('keeps nobody waiting longer than its length when the clock goes back', () => {
  const clock = at();
  const limit = rollingLimit(clock, { most: 1, withinMs: 1000 });
  limit.take('a');
  clock.set(-500_000);
  expect(limit.take('a')).toBe(1000);
});
