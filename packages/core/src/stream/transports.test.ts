import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { ScriptedLog } from '../testing/scripted-log.ts';
import { problem } from '../testing/scripted-server.ts';
import { nextState } from './connection-machine.ts';
// What the client loads when it needs it is here at once.
import './long-poll.ts';

/** What holds for the stream holds for the pages that replace it: one after the other, every behaviour over both. */
describe.each(['sse', 'poll'] as const)('over %s', (transport) => {
  function setUp(options: Parameters<typeof scriptedClient>[0] = {}) {
    const setup = scriptedClient(options);
    const { server, clock, client } = setup;
    const log = new ScriptedLog(server, clock);
    log.isHeldBack = transport === 'poll';
    const seen: string[] = [];
    const gaps: string[] = [];
    client.on('conversation.created', ({ cursor }) => seen.push(cursor));
    client.on('discontinuity', ({ reason }) => gaps.push(reason));
    const until = async (isSo: () => boolean, withinMs = 60_000) => {
      for (let passed = 0; !isSo() && passed < withinMs; passed += 250) await clock.advance(250);
      expect(isSo()).toBe(true);
    };
    const visits = () => log.visits.filter((visit) => visit.transport === transport);
    return {
      ...setup,
      log,
      seen,
      gaps,
      until,
      visits,
      isConnected: () => client.connection.current.state === 'connected',
    };
  }

  async function connected(options: Parameters<typeof scriptedClient>[0] = {}) {
    const setup = setUp(options);
    await setup.until(setup.isConnected, 8000);
    // A page is waited for.
    await settle();
    return setup;
  }

  it('is connected, and says by which way', async () => {
    const { client } = await connected();
    expect(client.connection.current).toMatchObject({
      state: 'connected',
      from: 'connecting',
      reason: 'hello',
      transport,
    });
  });

  it('tells what happens, in order, once', async () => {
    const { log, seen, clock } = await connected();
    for (let turn = 0; turn < 5; turn++) {
      log.push();
      log.push();
      await clock.advance(500);
    }
    expect(seen).toEqual(log.cursors);
  });

  it('stays connected while nothing happens', async () => {
    const { client, clock, gaps, log, seen } = await connected();
    await clock.advance(0);
    const states: string[] = [];
    client.on('connection.changed', ({ state }) => states.push(state));
    for (let passed = 0; passed < 120; passed += 10) {
      await clock.advance(10_000);
      // The heartbeat of a stream is a comment; here anything does.
      log.signal({ type: 'typing.changed', data: {} });
      await settle();
    }
    expect([states, gaps, seen]).toEqual([[], [], []]);
  });

  it('resumes from the greeting when there was no event yet', async () => {
    const { log, seen, until, isConnected, gaps } = await connected();
    await log.cut();
    log.push();
    await until(isConnected);
    await until(() => seen.length === 1);
    expect([seen, gaps]).toEqual([log.cursors, []]);
  });

  it('is told nothing again when it reconnects twice and nothing happened', async () => {
    const { log, seen, until, isConnected, visits } = await connected();
    log.push();
    await until(() => seen.length === 1);
    for (let times = 0; times < 2; times++) {
      await log.cut();
      await until(isConnected);
    }
    await settle();
    expect(visits().at(-1)).toMatchObject({ resumed: true, replayed: 0 });
    expect(seen).toEqual(log.cursors);
  });

  it.each([
    ['its place is not kept any more', 'forget'],
    ['the server began another epoch', 'startEpoch'],
  ] as const)('tells of the gap once when %s, goes on from there and keeps what was not sent', async (_, happens) => {
    const { client, server, log, seen, gaps, until, isConnected, clock } = await connected();
    const conversation = conversationOf(1);
    server.always(paths.messages.send, () => Promise.reject(new TypeError('fetch failed')));
    client.messages.send(conversation.id, { type: 'text', text: 'Ainda não foi' }).catch(() => undefined);
    const thread = client.live.thread(conversation.id);
    thread.subscribe(() => undefined);
    await clock.advance(0);
    await log.cut();
    log.push();
    log[happens]();
    await until(isConnected);
    await until(() => gaps.length > 0);
    const later = log.push();
    await until(() => seen.length > 0);
    await log.cut();
    await until(isConnected);
    expect(gaps).toHaveLength(1);
    expect(seen).toEqual([later]);
    expect(await client.messages.pending()).toMatchObject([{ conversationId: conversation.id }]);
    thread.destroy();
  });

  it('ignores what it does not know, and loses nothing that comes with it', async () => {
    const { client, log, seen, until } = await connected();
    log.pushFrame({ event: 'weather', data: { rain: true } });
    log.pushFrame({ event: 'event', data: { type: 'planet.created', data: {} } });
    log.pushFrame({ event: 'event', data: {} });
    log.pushFrame({ event: 'event', data: { type: 'message.created', data: { message: 7 } } });
    const known = log.push({ conversation: { ...conversationOf(1), mood: 'calm' }, planet: 'Terra' });
    await until(() => seen.length === 1);
    expect(seen).toEqual([known]);
    expect(client.connection.current.state).toBe('connected');
  });

  it('takes an event of a megabyte', async () => {
    const { log, seen, until } = await connected();
    log.push({ conversation: { ...conversationOf(1), subject: 'a'.repeat(1_000_000) } });
    await until(() => seen.length === 1);
    expect(seen).toEqual(log.cursors);
  });

  it('tells what is not kept to whoever listens', async () => {
    const { client, log, clock } = await connected();
    const names: (string | null)[] = [];
    client.on('typing.changed', ({ author }) => names.push(author.name));
    const { id: conversationId } = conversationOf(1);
    const author = { kind: 'customer', name: 'Marina' };
    log.signal({ type: 'typing.changed', data: { conversationId, author, typing: true, expiresInMs: 6000 } });
    await clock.advance(0);
    expect(names).toEqual(['Marina']);
  });

  it('gets another token when the one in use is over, and misses nothing', async () => {
    let tokens = 0;
    const { log, seen, until, isConnected, client, gaps, server } = await connected({
      token: () => `token-${++tokens}`,
    });
    log.bye('token_expired');
    await settle();
    expect(client.connection.current.state).toBe('reconnecting');
    log.push();
    await until(isConnected);
    await until(() => seen.length === 1);
    expect(server.requests.at(-1)?.headers.get('authorization')).toBe('Bearer token-2');
    expect([seen, gaps]).toEqual([log.cursors, []]);
  });

  it('knows at once that the agent was deactivated', async () => {
    const { client, server, log } = await connected();
    for (const route of [paths.events.stream, paths.events.poll])
      server.always(route, () => problem('agent_deactivated', 401));
    log.bye('agent_deactivated');
    await settle();
    expect(client.connection.current).toMatchObject({ state: 'needs_auth', reason: 'unauthorized', transport: null });
  });

  it('follows the goodbye of a server that shuts down', async () => {
    const { client, log, clock } = await connected();
    log.bye('shutdown', 20_000);
    await settle();
    expect(client.connection.current.state).toBe('reconnecting');
    expect(client.connection.current.nextTryAt! - clock.now()).toBe(10_000);
  });

  it('finds a connection dead within half a minute of which nothing comes any more', async () => {
    const { client, server, clock } = await connected();
    for (const route of [paths.events.stream, paths.events.poll])
      server.always(route, () => new Promise(() => undefined));
    await clock.advance(20_000);
    await clock.advance(32_000);
    expect(client.connection.current.state).not.toBe('connected');
  });

  it('is back within ten seconds of a laptop that slept, and misses nothing', async () => {
    const { log, seen, clock, client, until, gaps } = await connected();
    const changes: number[] = [];
    client.on('connection.changed', () => changes.push(clock.now()));
    clock.sleep(60 * 60_000);
    for (let times = 0; times < 30; times++) log.push();
    const woken = clock.now();
    await until(() => seen.length === 30, 10_000);
    expect(clock.now() - woken).toBeLessThan(10_000);
    expect([seen, gaps]).toEqual([log.cursors, []]);
    expect(changes.length).toBeLessThan(10);
  });

  it('ends with the client, and leaves no timer and no request behind', async () => {
    const { client, clock, log } = await connected();
    client.destroy();
    await settle();
    expect([clock.pending, log.readerCount]).toEqual([0, 0]);
  });

  it('loses nothing and repeats nothing wherever the connection is cut', async () => {
    const size = transport === 'sse' ? 900 : 1200;
    const { log, seen, until, gaps } = await connected();
    for (let byte = 0; byte < size; byte += 97) {
      await log.cut();
      log.cutAfter = byte;
      log.push();
      await until(() => log.visits.length > 0 && log.readerCount === 0, 4000);
      log.cutAfter = Infinity;
      await until(() => seen.length === log.cursors.length);
    }
    expect([seen, gaps]).toEqual([log.cursors, []]);
  });

  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), count: fc.integer({ min: 1, max: 6 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('cut' as const), after: fc.integer({ min: 0, max: 2500 }) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 5000 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('sleep' as const), ms: fc.constant(3_600_000) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('down' as const), ms: fc.integer({ min: 500, max: 9000 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('token' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('way' as const), isHeldBack: fc.boolean() }) },
  );

  it('equals the log of the server, whatever happens on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const { log, seen, gaps, server, clock, client, until } = await connected();
        const strange: unknown[] = [];
        client.on('connection.changed', ({ from, reason, state, transport: by }) => {
          if (nextState(from, reason) !== state || (by !== null) !== (state === 'connected')) {
            strange.push([from, reason, state, by]);
          }
        });
        for (const each of steps) {
          if (each.kind === 'push') for (let times = 0; times < each.count; times++) log.push();
          if (each.kind === 'cut') {
            log.cutAfter = each.after;
            await log.cut();
            await clock.advance(1500);
            log.cutAfter = Infinity;
          }
          if (each.kind === 'pass') await clock.advance(each.ms);
          if (each.kind === 'sleep') clock.sleep(each.ms);
          if (each.kind === 'down') {
            server.isUp = false;
            await log.cut();
            await clock.advance(each.ms);
            server.isUp = true;
          }
          if (each.kind === 'token') log.bye('token_expired');
          if (each.kind === 'way') log.isHeldBack = each.isHeldBack;
        }
        await until(() => seen.length >= log.cursors.length, 120_000);
        expect(seen).toEqual(log.cursors);
        expect([gaps, strange]).toEqual([[], []]);
        client.destroy();
      }),
      { numRuns: 25 },
    );
  }, 180_000);
});
