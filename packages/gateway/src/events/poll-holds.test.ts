import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPollHolds } from './poll-holds.ts';

const ana = { workspaceId: 'wsp_1', agentId: 'agt_1' };
const bruno = { workspaceId: 'wsp_1', agentId: 'agt_2' };
let held: string[];
let opened: number;
let shutdown: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  [held, opened] = [[], 0];
  shutdown = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});

const holds = () =>
  createPollHolds(
    {
      open({ agentId }) {
        opened++;
        held.push(agentId);
        return Promise.resolve(() => void (held = held.filter((id) => id !== agentId)));
      },
    },
    shutdown.signal,
  );

it('holds an agent from one page to the next, and for ten seconds after the last', async () => {
  const hold = holds();
  for (let times = 0; times < 5; times++) {
    const leave = await hold(ana);
    await vi.advanceTimersByTimeAsync(20_000);
    leave();
    await vi.advanceTimersByTimeAsync(9000);
    expect(held).toEqual(['agt_1']);
  }
  expect(opened).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(held).toEqual([]);
});

it('holds an agent once for several pages of theirs, until the last of them, and others by themselves', async () => {
  const hold = holds();
  const [first, second, other] = await Promise.all([hold(ana), hold(ana), hold(bruno)]);
  expect(opened).toBe(2);
  first?.();
  other?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(held).toEqual(['agt_1']);
  second?.();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(held).toEqual([]);
});

it('begins anew after one that was refused', async () => {
  let isRefused = true;
  const hold = createPollHolds(
    {
      open: () => (isRefused ? Promise.reject(new Error('deactivated')) : Promise.resolve(() => undefined)),
    },
    shutdown.signal,
  );
  await expect(hold(ana)).rejects.toThrow('deactivated');
  isRefused = false;
  await expect(hold(ana)).resolves.toBeTypeOf('function');
});

it('leaves no timer behind when the gateway closes', async () => {
  const hold = holds();
  (await hold(ana))();
  expect(vi.getTimerCount()).toBe(1);
  const late = await hold(bruno);
  shutdown.abort();
  late();
  expect(vi.getTimerCount()).toBe(0);
});
