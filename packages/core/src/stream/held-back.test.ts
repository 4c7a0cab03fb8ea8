import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import { record } from '../testing/connected-client.ts';
import { settle } from '../testing/manual-clock.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { ScriptedLog } from '../testing/scripted-log.ts';
import { problem, ScriptedStream } from '../testing/scripted-server.ts';
// What the client loads when it needs it is here at once.
import './long-poll.ts';

const { stream: streamPath, poll: pollPath } = paths.events;
const minute = 60_000;

function setUp(options: Parameters<typeof scriptedClient>[0] = {}) {
  const setup = scriptedClient(options);
  const log = new ScriptedLog(setup.server, setup.clock);
  const { client, server } = setup;
  const states: string[] = [];
  client.on('connection.changed', ({ state, transport }) => {
    const told = `${state} ${transport ?? '-'}`;
    if (told !== states.at(-1)) states.push(told);
  });
  const seen = record(client);
  const gaps: string[] = [];
  client.on('discontinuity', ({ reason }) => gaps.push(reason));
  return {
    ...setup,
    log,
    seen,
    gaps,
    states,
    tries: () => ({ sse: server.requestsTo(streamPath).length, poll: server.requestsTo(pollPath).length }),
  };
}

/** An answer that begins, and of which nothing comes: a proxy that passes the headers on and keeps the rest. */
function headersOnly(): Response {
  return new Response(new ReadableStream<Uint8Array>(), { headers: { 'content-type': 'text/event-stream' } });
}

describe('a stream of which no byte comes', () => {
  it.each([
    ['not even its headers', () => new Promise<Response>(() => undefined)],
    ['nothing but its headers', headersOnly],
  ])('is given up after five seconds for pages, when there is %s', async (_, answer) => {
    const { server, client, clock, seen, log, states, tries } = setUp();
    server.always(streamPath, answer);
    await clock.advance(4900);
    expect(states).toEqual(['connecting -']);
    await clock.advance(200);
    expect(states).toEqual(['connecting -', 'connected poll']);
    log.push();
    await clock.advance(1000);
    expect(seen).toEqual(log.cursors);
    expect(tries().sse).toBe(1);
    expect(server.requestsTo(streamPath)[0]?.signal?.aborted).toBe(true);
    expect(client.connection.current.transport).toBe('poll');
  });

  it('is no such stream when a comment came', async () => {
    const { server, clock, tries, client } = setUp();
    server.streamAt(streamPath);
    await clock.advance(4500);
    await server.stream.write(':\n\n');
    await clock.advance(20_000);
    await server.stream.hello('c0');
    expect(tries()).toEqual({ sse: 1, poll: 0 });
    expect(client.connection.current.transport).toBe('sse');
  });

  it('is no such stream while the host takes its time for a token', async () => {
    let give: (token: string) => void = () => undefined;
    const { clock, client, tries } = setUp({ token: () => new Promise((resolve) => (give = resolve)) });
    await clock.advance(9000);
    expect(tries()).toEqual({ sse: 0, poll: 0 });
    give('token-1');
    await settle();
    expect(tries()).toEqual({ sse: 1, poll: 0 });
    expect(client.connection.current).toMatchObject({ state: 'connected', transport: 'sse' });
  });

  it('is waited for again when the pages cannot be had either', async () => {
    const { server, clock, tries, log, client } = setUp();
    log.isHeldBack = true;
    server.always(pollPath, () => Promise.reject(new TypeError('fetch failed')));
    await clock.advance(5500);
    expect(tries()).toEqual({ sse: 1, poll: 1 });
    expect(client.connection.current.state).toBe('reconnecting');
    log.isHeldBack = false;
    await clock.advance(4000);
    expect(client.connection.current).toMatchObject({ state: 'connected', transport: 'sse' });
  });

  it('is tried on and on where the gateway has no pages, and never refused for good', async () => {
    const { server, clock, states, log, client } = setUp();
    log.isHeldBack = true;
    server.always(pollPath, () => problem('not_found', 404));
    await clock.advance(3 * minute);
    expect(states).not.toContain('failed -');
    expect(client.connection.current.error).toMatchObject({ code: 'connection_lost', message: /too old/ as never });
    log.isHeldBack = false;
    await clock.advance(minute);
    expect(client.connection.current.state).toBe('connected');
  });
});

describe('streams that end at once', () => {
  it('are given up for pages after the third', async () => {
    const { server, clock, client, tries, log, seen, gaps } = setUp();
    server.always(streamPath, (request) => {
      const stream = new ScriptedStream(request);
      clock.setTimeout(() => void stream.close(), 900);
      return stream.response;
    });
    await clock.advance(3000);
    expect(tries().poll).toBe(0);
    await clock.advance(7000);
    expect(tries().sse).toBe(3);
    expect(client.connection.current).toMatchObject({ state: 'connected', transport: 'poll' });
    log.push();
    await clock.advance(1000);
    expect([seen, gaps]).toEqual([log.cursors, []]);
  });

  it('count only when they come one after the other', async () => {
    const { clock, log, tries } = setUp();
    for (let times = 0; times < 4; times++) {
      for (const livesMs of [100, 100, 1500]) {
        while (log.readerCount === 0) await clock.advance(250);
        await clock.advance(livesMs);
        await log.cut();
      }
    }
    expect(tries().poll).toBe(0);
  });

  it('do not count when the server said goodbye, when it was not there, or when the page left', async () => {
    const { server, clock, log, tries, client } = setUp();
    await settle();
    for (let times = 0; times < 5; times++) {
      log.bye('shutdown', 0);
      await settle();
      server.isUp = false;
      await clock.advance(500);
      server.isUp = true;
      while (log.readerCount === 0) await clock.advance(250);
    }
    for (let times = 0; times < 5; times++) {
      client.connection.disconnect();
      client.connection.connect();
      await settle();
    }
    expect(tries().poll).toBe(0);
  });
});

describe('the pages', () => {
  async function polling() {
    const setup = setUp();
    setup.log.isHeldBack = true;
    await setup.clock.advance(5500);
    expect(setup.client.connection.current.transport).toBe('poll');
    return setup;
  }

  it('are left for the stream after ten minutes, without a gap and without a blink', async () => {
    const { clock, log, seen, gaps, states, tries } = await polling();
    log.isHeldBack = false;
    const before = states.length;
    for (let passed = 0; passed < 9.5 * minute; passed += 10_000) {
      log.push();
      await clock.advance(10_000);
    }
    expect(tries().sse).toBe(1);
    for (let passed = 0; passed < minute; passed += 10_000) {
      log.push();
      await clock.advance(10_000);
    }
    expect(tries().sse).toBe(2);
    expect(states.slice(before)).toEqual(['connected sse']);
    expect([seen, gaps]).toEqual([log.cursors, []]);
  });

  it('go on when the stream is still held back then', async () => {
    const { clock, log, seen, gaps, states, tries } = await polling();
    for (let passed = 0; passed < 21 * minute; passed += 20_000) {
      log.push();
      await clock.advance(20_000);
    }
    expect(tries().sse).toBe(3);
    expect(new Set(states)).toEqual(new Set(['connecting -', 'connected poll']));
    expect([seen, gaps]).toEqual([log.cursors, []]);
  });

  it('are asked for at once after a loss within these ten minutes', async () => {
    const { clock, log, client, tries } = await polling();
    await log.cut();
    expect(client.connection.current.state).toBe('reconnecting');
    await clock.advance(2000);
    expect(client.connection.current.transport).toBe('poll');
    expect(tries().sse).toBe(1);
  });

  it('are asked for once a second at most where the answer comes at once with nothing', async () => {
    const { server, clock, tries } = await polling();
    const hello = { cursor: 'x', resumed: true, heartbeatSeconds: 20, reconnectWindowMs: 2000 };
    const page = JSON.stringify({ cursor: 'x', frames: [{ event: 'hello', id: 'x', data: hello }] });
    server.always(pollPath, () => new Response(page, { headers: { 'content-type': 'application/json' } }));
    await clock.advance(20_000);
    const before = tries().poll;
    await clock.advance(20_000);
    expect(tries().poll - before).toBeLessThanOrEqual(21);
  });

  it.each([
    ['a page of something else', '<html>Login</html>'],
    ['JSON of something else', '{"ok":true}'],
    ['nothing', ''],
  ])('that are %s are a loss, not the end', async (_, text) => {
    const { server, clock, client, log } = await polling();
    server.always(pollPath, () => new Response(text));
    await clock.advance(25_000);
    expect(client.connection.current.state).toBe('reconnecting');
    log.serve();
    await clock.advance(20_000);
    expect(client.connection.current).toMatchObject({ state: 'connected', transport: 'poll' });
  });

  it('are not asked for any more once nobody listens', async () => {
    const { client, clock, tries, log } = await polling();
    client.connection.connect();
    client.connection.disconnect();
    await settle();
    const { poll } = tries();
    await clock.advance(5 * minute);
    expect([tries().poll, log.readerCount]).toEqual([poll, 0]);
  });
});
