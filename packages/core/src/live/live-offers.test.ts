import { expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { liveDesk, numbersOf } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { agentOf, conversationOf, idOf } from '../testing/samples.ts';
import { pageOf, problem } from '../testing/scripted-server.ts';
import { liveOffers } from './live-offers.ts';

const me = { id: agentOf().id, name: 'Ana' };
const start = Date.parse('2026-11-20T12:00:00.000Z');
const card = (number: number, seconds: number, agent = me, version = 1) =>
  conversationOf(number, {
    status: 'offered',
    version,
    offer: { agent, expiresAt: new Date(start + seconds * 1000).toISOString(), from: null },
  });

async function desk(rows = [card(1, 30)]) {
  const setup = await liveDesk(rows);
  const offers = liveOffers(setup.client, { clock: setup.clock });
  const numbers = () => numbersOf(offers.value.map(({ conversation }) => conversation));
  const seconds = () => offers.value.map(({ remainingSeconds }) => remainingSeconds);
  return { ...setup, offers, numbers, seconds };
}

it('says why it has none', async () => {
  const { server, offers } = await desk();
  server.always(paths.agents.me, () => problem('forbidden', 403));
  offers.subscribe(() => undefined);
  await settle();
  expect(offers).toMatchObject({ status: 'error', error: { code: 'forbidden' }, value: [] });
});

it('has the cards of the agent only, the most urgent first', async () => {
  const carla = { id: idOf('agt', 2), name: 'Carla' };
  const { offers, numbers, seconds, tell } = await desk([card(1, 30), card(2, 10), card(3, 5, carla)]);
  offers.subscribe(() => undefined);
  expect(offers.status).toBe('loading');
  await settle();
  expect([offers.status, numbers(), seconds()]).toEqual(['ready', [2, 1], [10, 30]]);
  await tell(card(4, 20));
  expect(numbers()).toEqual([2, 4, 1]);
  await tell(card(2, 40, carla, 2));
  await tell(conversationOf(4, { version: 2, status: 'active', assignee: me }));
  expect(numbers()).toEqual([1]);
});

it('counts down, once a second for all cards, and keeps what did not change', async () => {
  const { clock, offers, seconds } = await desk([card(1, 30), card(2, 10.4)]);
  const listener = vi.fn();
  offers.subscribe(listener);
  await settle();
  expect(seconds()).toEqual([11, 30]);
  const before = offers.value;
  listener.mockClear();
  await clock.advance(300);
  expect(offers.value).toBe(before);
  expect(listener).not.toHaveBeenCalled();
  await clock.advance(200);
  expect(seconds()).toEqual([10, 30]);
  expect(offers.value[1]).toBe(before[1]);
  expect(listener).toHaveBeenCalledOnce();
  await clock.advance(9600);
  expect(seconds()).toEqual([1, 20]);
});

it('leaves a card at 0 until the gateway takes it away: the clock of the device may be wrong', async () => {
  const { clock, offers, numbers, seconds, event } = await desk([card(1, 10)]);
  offers.subscribe(() => undefined);
  await clock.advance(12_000);
  expect(seconds()).toEqual([0]);
  await event('offer.timed_out', { conversation: conversationOf(1, { version: 2 }) });
  expect(numbers()).toEqual([]);
});

it('knows what is left after the device slept, and holds no timer when nobody listens', async () => {
  const { client, clock, offers, seconds } = await desk();
  // Keeps the stream, so that nothing waits to close it.
  client.on('tag.created', () => undefined);
  const off = offers.subscribe(() => undefined);
  await settle();
  clock.sleep(12_000);
  expect(seconds()).toEqual([18]);
  const held = clock.pending;
  off();
  await settle();
  expect(clock.pending).toBe(held - 1);
});

it('finds a card behind many others', async () => {
  const carla = { id: idOf('agt', 2), name: 'Carla' };
  const { server, offers, numbers } = await desk();
  server.always(paths.conversations.list, ({ query }) =>
    query.has('cursor') ? pageOf([card(1, 30)]) : pageOf([card(3, 30, carla), card(2, 30, carla)], 'p2'),
  );
  offers.subscribe(() => undefined);
  await settle();
  expect(numbers()).toEqual([1]);
});
