import { describe, expect, it } from 'vitest';
import { hour, minute, second } from '../clock.ts';
import {
  blocked,
  nextPlace,
  pairLimit,
  pauseAfter,
  perSecond,
  taken,
  unusedLimit,
  type SendLimit,
} from './send-limit.ts';

const now = Date.UTC(2026, 10, 20, 12);

/** Somebody who always has something to send: when each of them goes. */
function timesOf(limit: SendLimit, count: number): number[] {
  const times: number[] = [];
  let state = unusedLimit;
  let at = now;
  for (let i = 0; i < count; i++) {
    at = nextPlace(state, limit, at);
    state = taken(state, limit, at);
    times.push(at - now);
  }
  return times;
}

const mostIn = (times: readonly number[], windowMs: number) =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + windowMs).length));

describe('a limit', () => {
  it.each([1, 5, 20, 80, 250, 1000])('lets %i go in any second, and hardly fewer', (messages) => {
    const times = timesOf(perSecond(messages), messages * 4);
    expect(mostIn(times, second)).toBeLessThanOrEqual(messages);
    expect(times.at(-1) ?? 0).toBeLessThan(5 * second);
  });

  it('lends one person 44 messages, then gives one back in six seconds', () => {
    const times = timesOf(pairLimit, 49);
    expect(times.slice(0, 44)).toEqual(Array.from({ length: 44 }, () => 0));
    expect(times.slice(44)).toEqual([6, 12, 18, 24, 30].map((seconds) => seconds * second));
  });

  it('stays within the 45 that Meta lends one person, also when the first is five seconds on its way', () => {
    let left = 45;
    let before = now + 5 * second;
    for (const time of timesOf(pairLimit, 60)) {
      const arrives = Math.max(now + time, before);
      left = Math.min(45, left + (arrives - before) / (6 * second));
      expect(left).toBeGreaterThanOrEqual(1);
      left -= 1;
      before = arrives;
    }
  });

  it('is whole again after a pause', () => {
    let state = unusedLimit;
    for (let i = 0; i < 20; i++) state = taken(state, pairLimit, now);
    const rested = now + 2 * minute;
    for (let i = 0; i < 44; i++) {
      expect(nextPlace(state, pairLimit, rested)).toBe(rested);
      state = taken(state, pairLimit, rested);
    }
    expect(nextPlace(state, pairLimit, rested)).toBe(rested + 6 * second);
  });

  it('counts as spent no more than can be, when a clock was set back', () => {
    let state = unusedLimit;
    for (let i = 0; i < 45; i++) state = taken(state, pairLimit, now + hour);
    state = blocked(state, null, now + hour);
    expect(nextPlace(state, pairLimit, now)).toBe(now);
  });
});

describe('a pause that the provider asks for', () => {
  it('grows by four, from one second to five minutes', () => {
    let state = unusedLimit;
    let at = now;
    const pauses = Array.from({ length: 7 }, () => {
      state = blocked(state, null, at);
      const pause = nextPlace(state, pairLimit, at) - at;
      at += pause;
      return pause / second;
    });
    expect(pauses).toEqual([1, 4, 16, 64, 256, 300, 300]);
  });

  it('is at least what was asked for, and at most five minutes', () => {
    expect(nextPlace(blocked(unusedLimit, 7000, now), pairLimit, now)).toBe(now + 7 * second);
    expect(nextPlace(blocked(unusedLimit, 2 * hour, now), pairLimit, now)).toBe(now + 5 * minute);
    expect([pauseAfter(2, 7000), pauseAfter(0, 7000), pauseAfter(9, null)]).toEqual([16_000, 7000, 300_000]);
  });

  it('is one for all who are told at the same time', () => {
    let state = unusedLimit;
    for (let i = 0; i < 8; i++) state = blocked(state, null, now);
    expect(state).toMatchObject({ blockedUntil: now + second, strikes: 1 });
  });
});
