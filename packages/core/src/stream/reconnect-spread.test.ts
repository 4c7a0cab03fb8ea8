import { expect, it } from 'vitest';
import { settle } from '../testing/manual-clock.ts';
import { scriptedClient } from '../testing/scripted-client.ts';

/** Numbers that look like chance and are the same in every run (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** When each of the clients that lose the gateway at the same time tries again, in milliseconds from then, in order. */
async function returnsOf(windows: readonly number[], lose: 'cut' | 'bye', seed: number): Promise<number[]> {
  const chance = chanceFrom(seed);
  const setups = windows.map(() => scriptedClient());
  for (const { client, clock } of setups) {
    clock.chances.push(chance());
    client.connection.connect();
  }
  await settle();
  const returns: number[] = [];
  for (const [index, { client, clock, server }] of setups.entries()) {
    await server.stream.hello('c0', false, { reconnectWindowMs: windows[index] });
    const lostAt = clock.now();
    if (lose === 'cut') await server.stream.cut();
    else await server.stream.frame('bye', { reason: 'shutdown', reconnectWindowMs: windows[index] });
    returns.push(client.connection.current.nextTryAt! - lostAt);
    client.destroy();
  }
  return returns.sort((a, b) => a - b);
}

/** The most that begin within any second. */
function peakPerSecond(times: readonly number[]): number {
  return Math.max(...times.map((from, index) => times.slice(index).filter((time) => time < from + 1000).length));
}

it.each(['cut', 'bye'] as const)(
  'a thousand clients that lose the gateway at once (%s) come back spread over its window, by full jitter',
  async (lose) => {
    const returns = await returnsOf(new Array(1000).fill(5000), lose, 7);
    expect(returns[0]).toBeLessThan(100);
    expect(returns.at(-1)).toBeGreaterThan(4900);
    expect(returns.at(-1)).toBeLessThanOrEqual(5000);
    expect(peakPerSecond(returns)).toBeLessThan(250);
    // Every part of the window gets its share.
    const tenths = Array.from({ length: 10 }, (_, i) => returns.filter((at) => Math.floor(at / 500) === i).length);
    for (const share of tenths) expect(share).toBeGreaterThan(60);
  },
);

it('those who try again and again do not fall into step', async () => {
  const chance = chanceFrom(11);
  const setups = Array.from({ length: 200 }, () => scriptedClient());
  const tries: number[] = [];
  for (const { client, clock, server } of setups) {
    clock.chances.push(...Array.from({ length: 20 }, chance));
    server.isUp = false;
    client.on('connection.changed', ({ nextTryAt, attempt }) => {
      if (nextTryAt !== null && attempt === 6) tries.push(nextTryAt - startedAt);
    });
    const startedAt = clock.now();
    client.connection.connect();
    await clock.advance(120_000);
    client.destroy();
  }
  const times = tries.sort((a, b) => a - b);
  expect(times.length).toBeGreaterThanOrEqual(200);
  expect(peakPerSecond(times)).toBeLessThan(30);
});
