import { expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { liveDesk, numbersOf } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf } from '../testing/samples.ts';
import { problem } from '../testing/scripted-server.ts';
import { Observed } from './observed.ts';
import { until } from './until.ts';

it('rejects with why a live value cannot be loaded', async () => {
  const { client, server } = await liveDesk();
  server.always(paths.conversations.list, () => problem('forbidden', 403));
  await expect(until(client.live.conversations())).rejects.toMatchObject({ code: 'forbidden' });
});

it('is given up with its signal, and watches no longer', async () => {
  const stop = vi.fn();
  const source = new Observed({ count: 0 }, { start: () => stop });
  const giveUp = new AbortController();
  const waiting = expect(until(source, ({ count }) => count > 0, { signal: giveUp.signal })).rejects;
  giveUp.abort('enough');
  await waiting.toMatchObject({ code: 'aborted', cause: 'enough' });
  expect(stop).toHaveBeenCalledOnce();
});

it('rejects with what the question itself throws', async () => {
  const broken = new Error('broken');
  const asked = until(new Observed({ count: 0 }), () => {
    throw broken;
  });
  await expect(asked).rejects.toBe(broken);
});

it('gives the first value that is as wanted: the one that is there, or one that comes', async () => {
  const source = new Observed({ count: 1 });
  await expect(until(source, ({ count }) => count === 1)).resolves.toEqual({ count: 1 });
  const later = until(source, ({ count }) => count > 2);
  for (const count of [2, 3]) {
    source.update({ count });
    await settle();
  }
  await expect(later).resolves.toEqual({ count: 3 });
});

it('asks of a live value once it is loaded, and keeps it going only for as long', async () => {
  const { client, clock, tell } = await liveDesk([conversationOf(1)]);
  const list = client.live.conversations({ tab: 'waiting' });
  expect(numbersOf(await until(list))).toEqual([1]);
  const two = until(list, ({ length }) => length === 2);
  await settle();
  await tell(conversationOf(2));
  expect(numbersOf(await two)).toEqual([1, 2]);
  client.connection.disconnect();
  await clock.advance(6000);
  expect(client.connection.current.state).toBe('idle');
});
