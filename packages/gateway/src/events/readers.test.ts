import { expect, it } from 'vitest';
import { createReaders } from './readers.ts';

const lifetime = () => new AbortController();

/** When each of them is back, in milliseconds, where chance is spread evenly: the worst of what full jitter promises. */
function returnsOf(windows: readonly number[]): number[] {
  return windows.map((windowMs, index) => windowMs * ((index * 0.618_034) % 1)).sort((a, b) => a - b);
}

function peakPerSecond(times: readonly number[]): number {
  let first = 0;
  let peak = 0;
  for (const [last, time] of times.entries()) {
    while ((times[first] as number) <= time - 1000) first++;
    peak = Math.max(peak, last - first + 1);
  }
  return peak;
}

it('a few readers come back within two seconds', () => {
  const readers = createReaders(lifetime().signal);
  for (let count = 0; count < 50; count++) readers.enter();
  expect([readers.helloWindowMs(), readers.byeWindowMs()]).toEqual([2000, 2000]);
});

it('a thousand that came one after the other and lose a process that died come back at less than 250 a second', () => {
  const readers = createReaders(lifetime().signal);
  const windows = Array.from({ length: 1000 }, () => {
    readers.enter();
    return readers.helloWindowMs();
  });
  const returns = returnsOf(windows);
  expect(peakPerSecond(returns)).toBeLessThan(250);
  expect((returns.at(-1) as number) - (returns[0] as number)).toBeGreaterThan(5000);
});

it('a thousand that are sent away come back at 200 a second, the last that is told so too', () => {
  const { signal, abort } = bound(lifetime());
  const readers = createReaders(signal);
  const leaves = Array.from({ length: 1000 }, () => readers.enter());
  abort();
  const windows = leaves.map((leave) => {
    leave();
    return readers.byeWindowMs();
  });
  expect(new Set(windows)).toEqual(new Set([5000]));
  expect(peakPerSecond(returnsOf(windows))).toBeLessThan(250);
});

it('nobody waits for longer than half a minute, and who has gone is not counted, however often it is said', () => {
  const readers = createReaders(lifetime().signal);
  const leaves = Array.from({ length: 10_000 }, () => readers.enter());
  expect([readers.helloWindowMs(), readers.byeWindowMs()]).toEqual([30_000, 30_000]);
  for (const leave of leaves) leave();
  leaves[0]?.();
  expect([readers.helloWindowMs(), readers.byeWindowMs()]).toEqual([2000, 2000]);
});

function bound(controller: AbortController) {
  return { signal: controller.signal, abort: () => controller.abort() };
}
