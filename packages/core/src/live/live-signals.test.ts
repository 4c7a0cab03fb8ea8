import { expect, it, vi } from 'vitest';
import { liveDesk } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { liveTyping, liveViewing } from './live-signals.ts';

const id = idOf('cnv', 1);
const bruno = { kind: 'customer', name: 'Bruno' } as const;
const carla = { id: idOf('agt', 2), name: 'Carla' };

async function desk() {
  const setup = await liveDesk();
  const { server, client, clock } = setup;
  const signal = (type: string, data: object) => server.stream.frame('signal', { type, data });
  return {
    ...setup,
    clock,
    types: (typing: boolean, conversationId = id, author: object = bruno) =>
      signal('typing.changed', { conversationId, author, typing, expiresInMs: 6000 }),
    looks: (viewing: boolean, agent = carla, conversationId = id) =>
      signal('viewing.changed', { conversationId, agent, viewing, expiresInMs: 30_000 }),
    typing: liveTyping(client, id, { clock }),
    viewing: liveViewing(client, id, { clock }),
  };
}

it('shows who types in this conversation until they stop, and hears nobody while it is not watched', async () => {
  const { typing, types } = await desk();
  await types(true);
  expect(typing.value).toEqual([]);
  const off = typing.subscribe(() => undefined);
  await types(true, idOf('cnv', 2));
  expect(typing.value).toEqual([]);
  await types(true);
  expect(typing.value).toEqual([bruno]);
  await types(false);
  expect(typing.value).toEqual([]);
  await types(true);
  off();
  expect(typing.value).toEqual([]);
});

it('ends by itself, later when it is said again, and is no news then', async () => {
  const { clock, typing, types } = await desk();
  const listener = vi.fn();
  typing.subscribe(listener);
  await types(true);
  const before = typing.value;
  await clock.advance(5000);
  await types(true);
  await clock.advance(5000);
  expect(typing.value).toBe(before);
  expect(listener).toHaveBeenCalledOnce();
  await clock.advance(1000);
  expect(typing.value).toEqual([]);
  expect(listener).toHaveBeenCalledTimes(2);
});

it('is over for whoever looks after the device slept, though no timer rang', async () => {
  const { clock, typing, types } = await desk();
  typing.subscribe(() => undefined);
  await types(true);
  clock.sleep(3_600_000);
  expect(typing.value).toEqual([]);
});

it('ends with what was written', async () => {
  const { typing, types, say } = await desk();
  typing.subscribe(() => undefined);
  await types(true);
  await say(messageOf(1, { author: { kind: 'agent', id: carla.id, name: 'Carla' } }));
  await say(messageOf(1, { conversationId: idOf('cnv', 2) }), conversationOf(2));
  expect(typing.value).toEqual([bruno]);
  await say(messageOf(2));
  expect(typing.value).toEqual([]);
});

it('holds no timer once nobody watches', async () => {
  const { client, clock, typing, types } = await desk();
  // Keeps the stream, so that nothing waits to close it.
  client.on('tag.created', () => undefined);
  const before = clock.pending;
  const off = typing.subscribe(() => undefined);
  await types(true);
  expect(clock.pending).toBeGreaterThan(before);
  off();
  await settle();
  expect(clock.pending).toBe(before);
});

it('shows every agent who looks, in the order in which they came', async () => {
  const { clock, viewing, looks } = await desk();
  viewing.subscribe(() => undefined);
  const bia = { id: idOf('agt', 3), name: 'Bia' };
  await looks(true);
  await clock.advance(20_000);
  await looks(true, bia);
  await looks(true, bia, idOf('cnv', 2));
  expect(viewing.value).toEqual([carla, bia]);
  await clock.advance(10_000);
  expect(viewing.value).toEqual([bia]);
  await looks(false, bia);
  expect(viewing.value).toEqual([]);
});
