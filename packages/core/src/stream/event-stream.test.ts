import { afterEach, describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { connectedClient as connected, created, record } from '../testing/connected-client.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, messageOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { problem } from '../testing/scripted-server.ts';

const eventsPath = paths.events.stream;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('opening and closing', () => {
  it('opens when somebody listens, and closes a few seconds after nobody does', async () => {
    const { client, server, clock } = scriptedClient();
    const off = client.on('message.created', () => undefined);
    expect(client.connection.current.state).toBe('connecting');
    await settle();
    await server.stream.hello('c0');
    expect(client.connection.current.state).toBe('connected');
    off();
    off();
    await clock.advance(4000);
    expect(client.connection.current.state).toBe('connected');
    await clock.advance(2000);
    expect(client.connection.current.state).toBe('idle');
    expect(server.stream.isCancelled).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('stays open for whoever comes next', async () => {
    const { client, server, clock } = await connected();
    const off = client.on('message.created', () => undefined);
    off();
    await clock.advance(10_000);
    expect(server.streams).toHaveLength(1);
  });

  it('watching the connection does not open it', async () => {
    const { client, server } = scriptedClient();
    client.on('connection.changed', () => undefined);
    client.connection.subscribe(() => undefined);
    await settle();
    expect(server.requests).toHaveLength(0);
  });

  it('starts anew, without a gap to tell of, when it was closed because nobody listened', async () => {
    const { client, server, clock } = scriptedClient();
    const gaps: string[] = [];
    const first = client.on('discontinuity', ({ reason }) => gaps.push(reason));
    await settle();
    await server.stream.hello('c0');
    first();
    await clock.advance(6000);
    client.on('discontinuity', ({ reason }) => gaps.push(reason));
    await settle();
    expect(server.stream.cursor).toBeNull();
    await server.stream.hello('c9');
    expect(gaps).toEqual([]);
  });

  it('goes on where it stopped after disconnect and connect', async () => {
    const { client, server, seen } = await connected();
    client.connection.disconnect();
    expect(client.connection.current.state).toBe('idle');
    client.connection.connect();
    await settle();
    expect(server.stream.cursor).toBe('c0');
    await server.stream.hello('c5', true);
    await server.stream.event('conversation.created', 'c1', created(1));
    expect(seen).toEqual(['c1']);
  });

  it('ends for good with the client', async () => {
    const { client, server, clock } = await connected();
    client.destroy();
    expect(client.connection.current.state).toBe('closed');
    client.on('message.created', () => undefined);
    client.connection.connect();
    await clock.advance(120_000);
    expect(server.streams).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

describe('resuming', () => {
  it('asks for what came after the last event, and after the hello when there was none', async () => {
    const { server, clock, seen } = await connected();
    await server.stream.cut();
    await clock.advance(2000);
    expect(server.stream.cursor).toBe('c0');
    await server.stream.hello('c0', true);
    await server.stream.event('conversation.created', 'c1', created(1));
    await server.stream.cut();
    await clock.advance(2000);
    expect(server.stream.cursor).toBe('c1');
    await server.stream.hello('c1', true);
    expect(seen).toEqual(['c1']);
  });

  it('keeps its own cursor while a replay is under way', async () => {
    const { server, clock, seen } = await connected();
    await server.stream.cut();
    await clock.advance(2000);
    await server.stream.hello('c3', true);
    await server.stream.event('conversation.created', 'c1', created(1));
    await server.stream.cut();
    await clock.advance(2500);
    expect(server.stream.cursor).toBe('c1');
    await server.stream.hello('c3', true);
    await server.stream.event('conversation.created', 'c2', created(2));
    await server.stream.event('conversation.created', 'c3', created(3));
    expect(seen).toEqual(['c1', 'c2', 'c3']);
  });

  it('moves past events that it may not see', async () => {
    const { server, clock } = await connected();
    await server.stream.frame('skip', {}, 'c7');
    await server.stream.cut();
    await clock.advance(2000);
    expect(server.stream.cursor).toBe('c7');
  });

  it('tells an event once when the server replays from the cursor, not after it', async () => {
    const { server, clock, seen } = await connected();
    await server.stream.event('conversation.created', 'c1', created(1));
    await server.stream.cut();
    await clock.advance(2000);
    await server.stream.hello('c1', true);
    await server.stream.event('conversation.created', 'c1', created(1));
    expect(seen).toEqual(['c1']);
  });

  it('has moved the cursor before it calls back', async () => {
    const { client, server, clock } = scriptedClient();
    const seen: string[] = [];
    client.on('conversation.created', ({ cursor }) => {
      seen.push(cursor);
      client.connection.disconnect();
      client.connection.connect();
    });
    await settle();
    await server.stream.hello('c0');
    await server.stream.event('conversation.created', 'c1', created(1));
    await clock.advance(0);
    expect(server.stream.cursor).toBe('c1');
    expect(seen).toEqual(['c1']);
  });

  it('ignores what still comes from a stream that is over', async () => {
    const { client, server, clock, seen } = await connected();
    const [old] = server.streams;
    client.connection.disconnect();
    client.connection.connect();
    await clock.advance(0);
    await server.stream.hello('c0', true);
    old!.isCancelled = false;
    await old!.event('conversation.created', 'c8', created(8)).catch(() => undefined);
    await server.stream.event('conversation.created', 'c1', created(1));
    await server.stream.cut();
    await clock.advance(2000);
    expect(seen).toEqual(['c1']);
    expect(server.stream.cursor).toBe('c1');
  });

  it('drops the rest of a chunk when a callback ended the stream in its middle', async () => {
    const { client, server } = scriptedClient();
    const seen: string[] = [];
    client.on('conversation.created', ({ cursor }) => {
      seen.push(cursor);
      client.connection.disconnect();
    });
    await settle();
    await server.stream.hello('c0');
    const frame = (cursor: string) =>
      `event: event\nid: ${cursor}\ndata: ${JSON.stringify({ type: 'conversation.created', cursor, data: {} })}\n\n`;
    await server.stream.write(frame('c1') + frame('c2'));
    expect(seen).toEqual(['c1']);
  });

  it('tells once of a gap that the server cannot fill', async () => {
    const { client, server, clock } = await connected();
    const gaps: string[] = [];
    client.on('discontinuity', ({ reason }) => gaps.push(reason));
    await server.stream.cut();
    await clock.advance(2000);
    await server.stream.hello('e2.c0', false);
    expect(gaps).toHaveLength(1);
    await server.stream.cut();
    await clock.advance(2000);
    expect(server.stream.cursor).toBe('e2.c0');
  });

  it('starts anew when the server does not know the cursor', async () => {
    const { client, server, clock } = await connected();
    const gaps: string[] = [];
    client.on('discontinuity', ({ reason }) => gaps.push(reason));
    server.next(eventsPath, () => problem('cursor_invalid', 400));
    await server.stream.cut();
    await clock.advance(2000);
    expect(client.connection.current.state).toBe('reconnecting');
    await clock.advance(3000);
    expect(server.stream.cursor).toBeNull();
    await server.stream.hello('c9');
    expect(gaps).toHaveLength(1);
  });

  it('equals what the server sent, however often and wherever the stream is cut', async () => {
    const { server, clock, seen } = await connected();
    const log = Array.from({ length: 60 }, (_, index) => `c${index + 1}`);
    const text = (cursor: string) =>
      `event: event\nid: ${cursor}\ndata: ${JSON.stringify({ type: 'conversation.created', cursor, data: {} })}\n\n`;
    let at = 7;
    while (seen.length < log.length) {
      const from = log.indexOf(server.stream.cursor ?? '') + 1;
      const replay = log.slice(from).map(text).join('');
      at = (at * 31 + 17) % 977;
      await server.stream.write(replay.slice(0, Math.min(replay.length, 40 + at)));
      await server.stream.cut();
      while (server.stream.isOver) await clock.advance(1000);
      await server.stream.hello('c60', server.stream.cursor !== null);
    }
    expect(seen).toEqual(log);
  });
});

describe('frames', () => {
  it.each([
    ['an unknown frame', 'event: weather\nid: x1\ndata: {"rain":true}\n\n'],
    ['an unknown event', 'event: event\nid: x1\ndata: {"type":"planet.created","cursor":"x1","data":{}}\n\n'],
    ['broken JSON', 'event: event\nid: x1\ndata: {"type":\n\n'],
    ['an event without a type', 'event: event\nid: x1\ndata: {}\n\n'],
    ['an event that is a list', 'event: event\nid: x1\ndata: []\n\n'],
    ['an event that is null', 'event: event\nid: x1\ndata: null\n\n'],
    [
      'an entity without a shape',
      'event: event\nid: x1\ndata: {"type":"message.created","data":{"message":{"id":"m","version":1},"conversation":7}}\n\n',
    ],
    ['a skip without a cursor', 'event: skip\ndata: {}\n\n'],
    ['a field that is none', 'wind: strong\n\n'],
    ['an empty hello', 'event: hello\ndata: {}\n\n'],
    ['a comment', ': still here\n\n'],
  ])('that are %s do not end the stream', async (_, text) => {
    const { client, server, seen } = await connected();
    const thread = client.live.thread(conversationOf(1).id);
    thread.subscribe(() => undefined);
    await server.stream.write(text);
    await server.stream.event('conversation.created', 'c1', created(1));
    expect(seen).toEqual(['c1']);
    expect(client.connection.current.state).toBe('connected');
    thread.destroy();
  });

  it('of one megabyte are read', async () => {
    const { client, server } = scriptedClient();
    const lengths: number[] = [];
    client.on('message.created', ({ data }) => {
      if (data.message.content.type === 'text') lengths.push(data.message.content.text.length);
    });
    await settle();
    await server.stream.hello('c0');
    const message = messageOf(1, { content: { type: 'text', text: 'a'.repeat(1_000_000) } });
    await server.stream.event('message.created', 'c1', { message, conversation: conversationOf(1) });
    expect(lengths).toEqual([1_000_000]);
  });

  it('larger than anything can be make it start anew', async () => {
    const { server, clock, client } = await connected();
    await server.stream.event('conversation.created', 'c1', created(1));
    await server.stream.write('data: ' + 'x'.repeat(9 * 1024 * 1024));
    await server.stream.write('y');
    expect(client.connection.current.state).toBe('reconnecting');
    await clock.advance(2000);
    expect(server.stream.cursor).toBeNull();
  });

  it('reach other listeners though one throws', async () => {
    const { client, server, seen } = await connected();
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    client.on('conversation.created', () => {
      throw new Error('a mistake of the host');
    });
    client.on('conversation.created', ({ cursor }) => seen.push(`again ${cursor}`));
    await server.stream.event('conversation.created', 'c1', created(1));
    expect(seen).toEqual(['c1', 'again c1']);
    expect(reported).toHaveBeenCalledOnce();
  });

  it('before the hello are ignored', async () => {
    const { client, server } = scriptedClient();
    const seen = record(client);
    await settle();
    await server.stream.event('conversation.created', 'c1', created(1));
    expect(seen).toEqual([]);
    expect(client.connection.current.state).toBe('connecting');
  });
});
