import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { Message } from '../contract/index.ts';
import { created } from '../testing/connected-client.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, messageOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { problem } from '../testing/scripted-server.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Reads in the background, until the events end. */
async function cursorsOf(events: AsyncIterable<{ readonly cursor: string }>, into: string[]): Promise<void> {
  for await (const { cursor } of events) into.push(cursor);
}

async function connected() {
  const setup = scriptedClient();
  setup.client.connection.connect();
  await settle();
  await setup.server.stream.hello('c0');
  return setup;
}

describe('events that are read one after the other', () => {
  it('throw when the signal is aborted, with its reason, and are listened to no longer', async () => {
    const { client, server, clock } = scriptedClient();
    const giveUp = new AbortController();
    const seen: string[] = [];
    const reading = cursorsOf(client.events({ signal: giveUp.signal }), seen);
    const rejected = expect(reading).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
    await settle();
    await server.stream.hello('c0');
    giveUp.abort('enough');
    await rejected;
    await server.stream.event('conversation.created', 'c1', created(1));
    await clock.advance(6000);
    expect([seen, client.connection.current.state]).toEqual([[], 'idle']);
  });

  it('throw at once when the signal was aborted before, and open nothing', async () => {
    const { client, server } = scriptedClient();
    await expect(client.events({ signal: AbortSignal.abort() }).next()).rejects.toMatchObject({ code: 'aborted' });
    await settle();
    expect(server.streams).toHaveLength(0);
  });

  it.each(['before', 'while', 'after'])('end when the client is destroyed %s they are read', async (when) => {
    const { client } = await connected();
    if (when === 'before') client.destroy();
    const events = client.events();
    const reading = cursorsOf(events, []);
    await settle();
    if (when === 'after') await events.return?.();
    client.destroy();
    await expect(reading).resolves.toBeUndefined();
  });

  it('are all there, also those that come before the loop and while it is at work', async () => {
    const { client, server } = await connected();
    const events = client.events();
    for (const cursor of ['c1', 'c2']) await server.stream.event('conversation.created', cursor, created(1));
    const seen: string[] = [];
    for await (const { cursor } of events) {
      seen.push(cursor);
      if (seen.length < 3) await server.stream.event('conversation.created', `c${seen.length + 2}`, created(1));
      if (seen.length === 4) break;
    }
    expect(seen).toEqual(['c1', 'c2', 'c3', 'c4']);
  });

  it('are of the types that were named, and typed by them', async () => {
    const { client, server } = await connected();
    const events = client.events({ types: ['message.created', 'conversation.closed'] });
    const conversation = conversationOf(1);
    await server.stream.event('conversation.created', 'c1', { conversation });
    await server.stream.event('message.created', 'c2', { message: messageOf(1), conversation });
    for await (const event of events) {
      expect(event).toMatchObject({ type: 'message.created', cursor: 'c2' });
      expectTypeOf(event.type).toEqualTypeOf<'message.created' | 'conversation.closed'>();
      if (event.type === 'message.created') expectTypeOf(event.data.message).toEqualTypeOf<Message>();
      break;
    }
  });

  it('let the stream go when the loop is left', async () => {
    const { client, server, clock } = scriptedClient();
    const events = client.events();
    await settle();
    await server.stream.hello('c0');
    await server.stream.event('conversation.created', 'c1', created(1));
    for await (const { cursor } of events) {
      expect(cursor).toBe('c1');
      break;
    }
    await clock.advance(6000);
    expect(client.connection.current.state).toBe('idle');
  });
});

describe('a connection that is waited for', () => {
  it('says why it does not come where the server refuses for good', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.events.stream, () => problem('forbidden', 403));
    await expect(client.connection.ready()).rejects.toMatchObject({ code: 'forbidden' });
    await expect(client.connection.ready()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('says so where the token is refused', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.events.stream, () => problem('unauthenticated', 401));
    await expect(client.connection.ready()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is given up with the signal, its client, or when it is closed', async () => {
    for (const way of ['signal', 'destroy', 'disconnect'] as const) {
      const { client, server } = scriptedClient();
      server.isUp = false;
      const giveUp = new AbortController();
      const ready = expect(client.connection.ready({ signal: giveUp.signal })).rejects.toMatchObject({
        code: 'aborted',
      });
      await settle();
      if (way === 'signal') giveUp.abort();
      else if (way === 'destroy') client.destroy();
      else client.connection.disconnect();
      await ready;
      await expect(client.connection.ready({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    }
  });

  it('is there for whoever listens next: what happens from then on is told', async () => {
    const { client, server, clock } = scriptedClient();
    server.isUp = false;
    let isReady = false;
    const ready = client.connection.ready().then(() => (isReady = true));
    await clock.advance(5000);
    expect(isReady).toBe(false);
    server.isUp = true;
    await clock.advance(8000);
    await server.stream.hello('c0');
    await ready;
    const seen: string[] = [];
    client.on('conversation.created', ({ cursor }) => seen.push(cursor));
    await server.stream.event('conversation.created', 'c1', created(1));
    expect(seen).toEqual(['c1']);
    await client.connection.ready();
    expect(server.streams).toHaveLength(1);
  });
});

describe('a listener with a signal', () => {
  it('is told no more once it is aborted, and keeps no stream', async () => {
    const { client, server, clock } = scriptedClient();
    const giveUp = new AbortController();
    const seen: string[] = [];
    const listen = () =>
      client.on('conversation.created', ({ cursor }) => seen.push(cursor), { signal: giveUp.signal });
    listen();
    await settle();
    await server.stream.hello('c0');
    await server.stream.event('conversation.created', 'c1', created(1));
    giveUp.abort();
    listen();
    await server.stream.event('conversation.created', 'c2', created(1));
    await clock.advance(6000);
    expect([seen, client.connection.current.state]).toEqual([['c1'], 'idle']);
  });
});
