import { afterEach, describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { ConnectionSnapshot } from '../client/prosa-client.ts';
import { connectedClient as connected } from '../testing/connected-client.ts';
import { settle } from '../testing/manual-clock.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { problem } from '../testing/scripted-server.ts';

const eventsPath = paths.events.stream;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('reconnecting', () => {
  it('waits at random within the window of the server first, then longer and longer', async () => {
    const { client, server, clock } = await connected();
    await server.stream.hello('c0', true, { reconnectWindowMs: 8000 });
    server.always(eventsPath, () => Promise.reject(new TypeError('fetch failed')));
    const waits: number[] = [];
    client.on('connection.changed', ({ nextTryAt }) => {
      if (nextTryAt !== null) waits.push(nextTryAt - clock.now());
    });
    await server.stream.cut();
    for (let tries = 0; tries < 8; tries++) await clock.advance(waits.at(-1) ?? 0);
    expect(waits.slice(0, 8)).toEqual([4000, 1125, 2125, 4125, 8125, 15125, 15125, 15125]);
  });

  it('spreads over the window: no chance is left out', async () => {
    const { server, clock, client } = await connected();
    for (const [chance, wait] of [
      [0, 0],
      [0.999, 1998],
    ] as const) {
      clock.chances.push(chance);
      await clock.advance(2000);
      await server.stream.cut();
      expect(client.connection.current.nextTryAt! - clock.now()).toBe(wait);
      await clock.advance(wait);
      await server.stream.hello('c0', true);
    }
  });

  it('does not hammer a server whose streams die at once', async () => {
    const { server, clock } = await connected();
    const before = server.streams.length;
    for (let second = 0; second < 60; second++) {
      if (!server.stream.isOver) {
        await server.stream.hello('c0', true);
        await server.stream.close();
      }
      await clock.advance(1000);
    }
    expect(server.streams.length - before).toBeLessThan(14);
  });

  it('waits at least as long as the server asks', async () => {
    const { client, server, clock } = await connected();
    server.next(eventsPath, () => problem('unavailable', 503, {}, { 'retry-after': '40' }));
    await server.stream.cut();
    await clock.advance(1000);
    expect(client.connection.current.nextTryAt! - clock.now()).toBe(40_000);
  });

  it('is `offline` after two minutes, and keeps trying', async () => {
    const { client, server, clock } = await connected();
    server.always(eventsPath, () => Promise.reject(new TypeError('fetch failed')));
    await server.stream.cut();
    await clock.advance(119_000);
    expect(client.connection.current.state).toBe('reconnecting');
    await clock.advance(2000);
    expect(client.connection.current).toMatchObject({ state: 'offline', error: { code: 'connection_failed' } });
    const tries = server.requestsTo(eventsPath).length;
    await clock.advance(120_000);
    expect(server.requestsTo(eventsPath).length).toBeGreaterThan(tries + 2);
  });

  it('follows the goodbye of a server that shuts down', async () => {
    const { client, server, clock } = await connected();
    await server.stream.frame('bye', { reason: 'shutdown', reconnectWindowMs: 20_000 });
    expect(client.connection.current.state).toBe('reconnecting');
    expect(client.connection.current.nextTryAt! - clock.now()).toBe(10_000);
    expect(server.stream.isCancelled).toBe(true);
  });

  it('can be asked to try now', async () => {
    const { client, server } = await connected();
    await server.stream.cut();
    client.connection.retry();
    await settle();
    expect(server.streams).toHaveLength(2);
    expect(client.connection.current.nextTryAt).toBeNull();
  });

  it('treats an answer that is no stream as a failed try', async () => {
    const { client, server, clock } = await connected();
    server.next(eventsPath, () => new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    await server.stream.cut();
    await clock.advance(1000);
    expect(client.connection.current).toMatchObject({ state: 'reconnecting', error: { code: 'unexpected_response' } });
  });
});

describe('a silent stream', () => {
  it('is dead after 30 seconds, and a heartbeat keeps it alive', async () => {
    const { client, server, clock } = await connected();
    await clock.advance(25_000);
    await server.stream.write(': \n\n');
    await clock.advance(25_000);
    expect(client.connection.current.state).toBe('connected');
    await clock.advance(7000);
    expect(client.connection.current.state).toBe('reconnecting');
    expect(server.streams[0]?.isCancelled).toBe(true);
  });

  it('is given up too when it never says hello', async () => {
    const { client, server, clock } = scriptedClient();
    server.always(eventsPath, () => new Promise(() => undefined));
    client.connection.connect();
    await clock.advance(32_000);
    expect(client.connection.current.state).toBe('reconnecting');
  });

  it('is found soon after the device wakes up', async () => {
    const { client, clock, server } = await connected();
    clock.sleep(8 * 60 * 60 * 1000);
    await clock.advance(3000);
    expect(client.connection.current.state).not.toBe('connected');
    await clock.advance(2000);
    await server.stream.hello('c0', true);
    expect(client.connection.current.state).toBe('connected');
    expect(server.streams).toHaveLength(2);
  });
});

describe('in a browser', () => {
  function browser() {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    vi.stubGlobal('document', document);
    return { page, document };
  }

  it('tries at once when the network is back or the page is seen, at most every five seconds', async () => {
    const { page, document } = browser();
    const { server, clock } = await connected();
    server.always(eventsPath, () => Promise.reject(new TypeError('fetch failed')));
    clock.chances.push(0.99, 0.99, 0.99, 0.99, 0.99, 0.99);
    await server.stream.cut();
    const tries = () => server.requestsTo(eventsPath).length;
    await clock.advance(20_000);
    const before = tries();
    page.dispatchEvent(new Event('online'));
    await settle();
    expect(tries()).toBe(before + 1);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(tries()).toBe(before + 1);
    await clock.advance(5000);
    const later = tries();
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(tries()).toBe(later + 1);
  });

  it('leaves a good stream alone when the page is seen', async () => {
    const { page } = browser();
    const { server } = await connected();
    page.dispatchEvent(new Event('online'));
    await settle();
    expect(server.streams).toHaveLength(1);
  });

  it('says `offline` at once while the stream still looks open, and resumes when the browser was wrong', async () => {
    const { page } = browser();
    const { client, server, clock } = await connected();
    page.dispatchEvent(new Event('offline'));
    expect(client.connection.current).toMatchObject({ state: 'offline', error: { code: 'connection_lost' } });
    await clock.advance(2000);
    expect(server.streams).toHaveLength(2);
    await server.stream.hello('c0', true);
    expect(client.connection.current.state).toBe('connected');
  });

  it('replaces a dead stream at once when the page is seen after a sleep', async () => {
    const { document } = browser();
    const { server, clock } = await connected();
    clock.sleep(60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(server.streams).toHaveLength(2);
  });

  it('is connected again at once when a page comes back that was put aside', async () => {
    const { page } = browser();
    const { client, server, clock } = await connected();
    // What a browser does with the connections of such a page, while its timers stand still.
    await server.stream.cut();
    clock.sleep(10 * 60_000);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await settle();
    expect(server.streams).toHaveLength(2);
    await server.stream.hello('c0', true);
    expect(client.connection.current).toMatchObject({ state: 'connected', from: 'reconnecting' });
  });

  it('says `offline` when the browser does, while it keeps trying', async () => {
    const { page } = browser();
    const { client, server, clock } = await connected();
    await server.stream.cut();
    page.dispatchEvent(new Event('offline'));
    expect(client.connection.current.state).toBe('offline');
    await clock.advance(2000);
    expect(server.streams).toHaveLength(2);
  });

  it('stops listening when the stream is not needed', async () => {
    const added = vi.fn<(name: string) => void>();
    const removed = vi.fn<(name: string) => void>();
    vi.stubGlobal('addEventListener', added);
    vi.stubGlobal('removeEventListener', removed);
    const { client } = await connected();
    expect(added.mock.calls.map(([name]) => name)).toEqual(['online', 'pageshow', 'offline']);
    client.destroy();
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });
});

describe('the token of the stream', () => {
  it('is renewed when it has expired', async () => {
    let asked = 0;
    const { client, server, clock } = await connected({ token: () => `token-${++asked}` });
    await server.stream.frame('bye', { reason: 'token_expired', reconnectWindowMs: 0 });
    await clock.advance(0);
    expect(asked).toBe(2);
    expect(server.stream.request.headers.get('authorization')).toBe('Bearer token-2');
    await server.stream.hello('c0', true);
    expect(client.connection.current.state).toBe('connected');
  });

  it('that is refused shows as `needs_auth`, and is asked for again at most every five seconds', async () => {
    let asked = 0;
    const { client, server, clock } = scriptedClient({ token: () => `token-${++asked}` });
    server.always(eventsPath, () => problem('unauthenticated', 401));
    clock.chances.push(...Array.from({ length: 20 }, () => 0));
    client.connection.connect();
    await clock.advance(60_000);
    expect(client.connection.current.state).toBe('needs_auth');
    expect(asked).toBeGreaterThan(2);
    expect(asked).toBeLessThanOrEqual(13);
  });

  it('that cannot be had shows as `needs_auth` until it can', async () => {
    let isLoggedIn = false;
    const { client, server, clock } = scriptedClient({
      token: () => (isLoggedIn ? 'token-1' : Promise.reject(new Error('logged out'))),
    });
    client.connection.connect();
    await settle();
    expect(client.connection.current).toMatchObject({ state: 'needs_auth', error: { code: 'token_unavailable' } });
    await clock.advance(300_000);
    expect(client.connection.current.state).toBe('needs_auth');
    isLoggedIn = true;
    client.connection.retry();
    await settle();
    await server.stream.hello('c0');
    expect(client.connection.current).toMatchObject({ state: 'connected', error: null });
  });

  it('that never comes shows as `needs_auth`, and is asked for again at most every five seconds', async () => {
    let asked = 0;
    const { client, server, clock } = scriptedClient({
      token: () => {
        asked++;
        return new Promise<string>(() => undefined);
      },
    });
    client.connection.connect();
    await clock.advance(16_000);
    expect(client.connection.current).toMatchObject({ state: 'needs_auth', reason: 'unauthorized' });
    await clock.advance(104_000);
    expect(asked).toBeLessThanOrEqual(7);
    expect(server.requests).toHaveLength(0);
  });

  it('of an agent who was deactivated is not tried in a hurry', async () => {
    const { client, server, clock } = await connected();
    server.always(eventsPath, () => problem('agent_deactivated', 401));
    await server.stream.frame('bye', { reason: 'agent_deactivated', reconnectWindowMs: 0 });
    expect(client.connection.current.state).toBe('needs_auth');
    expect(client.connection.current.nextTryAt! - clock.now()).toBeGreaterThanOrEqual(5000);
  });
});

describe('a page that is not allowed', () => {
  it('is told so, and is tried again only when asked to', async () => {
    const { client, server, clock } = scriptedClient();
    server.next(eventsPath, () => problem('origin_not_allowed', 403));
    const states: ConnectionSnapshot['state'][] = [];
    client.on('connection.changed', ({ state }) => states.push(state));
    client.connection.connect();
    await clock.advance(600_000);
    expect(states).toEqual(['connecting', 'failed']);
    expect(client.connection.current.error).toMatchObject({ code: 'origin_not_allowed' });
    client.connection.retry();
    await settle();
    await server.stream.hello('c0');
    expect(client.connection.current.state).toBe('connected');
  });
});

describe('every change of the state', () => {
  it('tells where it came from, why, how events come, and how often it was tried', async () => {
    const { client, server, clock } = scriptedClient();
    const told: unknown[] = [];
    client.on('connection.changed', ({ state, from, reason, transport, attempt }) => {
      const change = [from, reason, state, transport, attempt];
      if (String(change) !== String(told.at(-1))) told.push(change);
    });
    client.connection.connect();
    await settle();
    await server.stream.hello('c0');
    await clock.advance(2000);
    server.next(eventsPath, () => problem('unavailable', 503));
    await server.stream.cut();
    await clock.advance(1000);
    await clock.advance(4000);
    await server.stream.hello('c0', true);
    await clock.advance(2000);
    await server.stream.frame('bye', { reason: 'agent_deactivated', reconnectWindowMs: 0 });
    client.connection.disconnect();
    client.destroy();
    expect(told).toEqual([
      ['idle', 'open', 'connecting', null, 0],
      ['connecting', 'hello', 'connected', 'sse', 0],
      ['connected', 'lost', 'reconnecting', null, 0],
      // The first wait is planned, the try failed, the second one is planned.
      ['connected', 'lost', 'reconnecting', null, 1],
      ['connected', 'lost', 'reconnecting', null, 2],
      ['reconnecting', 'hello', 'connected', 'sse', 2],
      ['connected', 'unauthorized', 'needs_auth', null, 0],
      ['connected', 'unauthorized', 'needs_auth', null, 1],
      ['needs_auth', 'release', 'idle', null, 1],
      ['idle', 'destroy', 'closed', null, 1],
    ]);
  });

  it('is frozen, and the same object until the next one', async () => {
    const { client, server } = await connected();
    const { current } = client.connection;
    expect(Object.isFrozen(current)).toBe(true);
    await server.stream.frame('skip', {}, 'c1');
    expect(client.connection.current).toBe(current);
  });
});
