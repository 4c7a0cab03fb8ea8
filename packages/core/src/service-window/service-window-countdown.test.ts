import { expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { select } from '../live/select.ts';
import { createThreadView } from '../live/thread-view.ts';
import { Observed } from '../observed/observed.ts';
import { liveDesk } from '../testing/live-desk.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf } from '../testing/samples.ts';
import { json, pageOf } from '../testing/scripted-server.ts';
import { serviceWindowCountdown } from './service-window-countdown.ts';

function countdownFor(leftMs: number | null) {
  const clock = new ManualClock();
  const expiring = (ms: number | null) => ({
    conversation: { windowExpiresAt: ms === null ? null : new Date(clock.now() + ms).toISOString() },
  });
  const thread = new Observed<{ conversation: { windowExpiresAt: string | null } | null }>(expiring(leftMs));
  const countdown = serviceWindowCountdown(thread, { clock });
  const listener = vi.fn();
  return { clock, thread, countdown, listener, expiring };
}

it('holds no timer for a channel without a window, and none once it is closed', async () => {
  const { clock, countdown, thread, listener, expiring } = countdownFor(null);
  countdown.subscribe(listener);
  expect(countdown.value).toEqual({ state: 'none', minutes: null });
  expect(clock.pending).toBe(0);
  thread.update(expiring(500));
  await clock.advance(500);
  expect(countdown.value).toEqual({ state: 'closed', minutes: 0 });
  expect(clock.pending).toBe(0);
});

it('changes with the minute that is shown, and only then', async () => {
  const { clock, countdown, listener } = countdownFor(2 * 60 * 60_000 + 30_000);
  countdown.subscribe(listener);
  const first = countdown.value;
  expect(first).toEqual({ state: 'open', minutes: 120 });
  await clock.advance(30_000);
  expect(countdown.value).toBe(first);
  expect(listener).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(countdown.value).toEqual({ state: 'closing', minutes: 119 });
  await clock.advance(10 * 60_000);
  expect(listener).toHaveBeenCalledTimes(11);
});

it('shows the last minute as one, then closes', async () => {
  const { clock, countdown, listener } = countdownFor(61_000);
  countdown.subscribe(listener);
  await clock.advance(60_999);
  expect(countdown.value).toEqual({ state: 'closing', minutes: 1 });
  await clock.advance(1);
  expect(countdown.value).toEqual({ state: 'closed', minutes: 0 });
  expect(listener).toHaveBeenCalledTimes(1);
});

it('opens again when the customer writes', async () => {
  const { clock, countdown, thread, listener, expiring } = countdownFor(0);
  countdown.subscribe(listener);
  thread.update(expiring(24 * 60 * 60_000));
  await clock.advance(0);
  expect(countdown.value).toEqual({ state: 'open', minutes: 1440 });
  expect(listener).toHaveBeenCalledTimes(1);
});

it('is right after a sleep, and without listeners', () => {
  const { clock, countdown } = countdownFor(60 * 60_000);
  expect(countdown.value.minutes).toBe(60);
  clock.sleep(59 * 60_000 + 30_000);
  expect(countdown.value).toEqual({ state: 'closing', minutes: 1 });
  expect(clock.pending).toBe(0);
});

it('lets go of thread and timer with the last listener', () => {
  const { clock, thread, countdown, listener } = countdownFor(60 * 60_000);
  const stop = countdown.subscribe(listener);
  expect([thread.isWatched, clock.pending]).toEqual([true, 1]);
  stop();
  expect([thread.isWatched, clock.pending]).toEqual([false, 0]);
});

it('goes by the clock of the client that the thread is of', async () => {
  const { client, server, clock } = await liveDesk();
  const windowExpiresAt = new Date(clock.now() + 90_000).toISOString();
  server.always(paths.conversations.get, () => json(conversationOf(1, { windowExpiresAt })));
  server.always(paths.messages.list, () => pageOf([]));
  for (const thread of [
    client.live.thread(idOf('cnv', 1)),
    createThreadView(client, idOf('cnv', 1)),
    select(client.live.thread(idOf('cnv', 1)), (value) => value),
  ]) {
    expect(thread.clock).toBe(clock);
    const countdown = serviceWindowCountdown(thread);
    const stop = countdown.subscribe(() => undefined);
    await settle();
    expect(countdown.value).toEqual({ state: 'closing', minutes: 1 });
    stop();
  }
  await clock.advance(90_000);
  const countdown = serviceWindowCountdown(client.live.thread(idOf('cnv', 1)));
  countdown.subscribe(() => undefined);
  await settle();
  expect(countdown.value).toEqual({ state: 'closed', minutes: 0 });
});
