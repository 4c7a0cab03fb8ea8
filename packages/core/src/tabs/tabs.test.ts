import { afterEach, describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { settle } from '../testing/manual-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { pretendBrowser } from '../testing/pretend-browser.ts';
import { conversationOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { problem } from '../testing/scripted-server.ts';
// Loaded before they are needed: how long that takes is not what is tested.
import '../store/durable-rows.ts';
import './open-tabs.ts';

const created = (number: number) => ({ conversation: conversationOf(number) });

/** One tab of the agent, which listens. */
async function openTab(options: Parameters<typeof scriptedClient>[0] = {}) {
  const tab = scriptedClient({ storage: new MemoryStorage(), ...options });
  const seen: string[] = [];
  const gaps: string[] = [];
  tab.client.on('conversation.created', ({ cursor }) => seen.push(cursor));
  tab.client.on('discontinuity', ({ reason }) => gaps.push(reason));
  await settle();
  return { ...tab, seen, gaps, state: () => tab.client.connection.current.state };
}

async function openTwo() {
  const first = await openTab();
  await first.server.stream.hello('c0');
  const second = await openTab();
  return { first, second };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('tabs of one agent', () => {
  it('share the stream of the first', async () => {
    pretendBrowser();
    const { first, second } = await openTwo();
    expect(second.server.streams).toEqual([]);
    expect(second.state()).toBe('connected');
    await first.server.stream.event('conversation.created', 'c1', created(1));
    expect([first.seen, second.seen]).toEqual([['c1'], ['c1']]);
    expect(Object.isFrozen(second.client.connection.current)).toBe(true);
  });

  it('have streams of their own when they keep nothing in the browser', async () => {
    pretendBrowser();
    const tabs = [await openTab({ storage: null }), await openTab({ storage: null })];
    expect(tabs.map(({ server }) => server.streams.length)).toEqual([1, 1]);
  });

  it('have streams of their own when nobody knows whose they are', async () => {
    pretendBrowser();
    const tab = scriptedClient({ storage: new MemoryStorage() });
    tab.server.always(paths.agents.me, () => problem('forbidden', 403));
    tab.client.connection.connect();
    await settle();
    await tab.server.stream.hello('c0');
    expect(tab.client.connection.current.state).toBe('connected');
  });

  it('go on with the next when the first ends, from where it was', async () => {
    pretendBrowser();
    const { first, second } = await openTwo();
    await first.server.stream.event('conversation.created', 'c1', created(1));
    first.client.destroy();
    await settle();
    expect(second.server.stream.cursor).toBe('c1');
    await second.server.stream.hello('c1', true);
    await second.server.stream.event('conversation.created', 'c2', created(2));
    expect(second.seen).toEqual(['c1', 'c2']);
    expect(second.gaps).toEqual([]);
    expect(second.state()).toBe('connected');
  });

  it('lose the connection together and get it back together, with what was missed', async () => {
    pretendBrowser();
    const { first, second } = await openTwo();
    await first.server.stream.cut();
    expect([first.state(), second.state()]).toEqual(['reconnecting', 'reconnecting']);
    await Promise.all([first.clock.advance(2000), second.clock.advance(2000)]);
    await first.server.stream.hello('c0', true);
    await first.server.stream.event('conversation.created', 'c1', created(1));
    await settle();
    expect([first.state(), second.state()]).toEqual(['connected', 'connected']);
    expect([first.seen, second.seen]).toEqual([['c1'], ['c1']]);
    expect(second.server.streams).toEqual([]);
    expect(second.gaps).toEqual([]);
  });

  it('are all told when the server could not resume', async () => {
    pretendBrowser();
    const { first, second } = await openTwo();
    await first.server.stream.cut();
    await Promise.all([first.clock.advance(2000), second.clock.advance(2000)]);
    await first.server.stream.hello('d0', false);
    await first.server.stream.event('conversation.created', 'd1', created(1));
    await settle();
    expect([first.gaps.length, second.gaps.length]).toEqual([1, 1]);
    expect([first.seen, second.seen]).toEqual([['d1'], ['d1']]);
  });

  it('get what a tab missed from the leader, once and in order', async () => {
    const { channels } = pretendBrowser();
    const { first, second } = await openTwo();
    const [, channel] = [...channels];
    if (!channel) throw new Error('the second tab has no channel');
    await first.server.stream.event('conversation.created', 'c1', created(1));
    channel.isDeaf = true;
    await first.server.stream.event('conversation.created', 'c2', created(2));
    await first.server.stream.event('conversation.created', 'c3', created(3));
    channel.isDeaf = false;
    await first.server.stream.event('conversation.created', 'c4', created(4));
    await settle();
    expect(second.seen).toEqual(['c1', 'c2', 'c3', 'c4']);
    expect(second.gaps).toEqual([]);
  });

  it('are out together when the agent is deactivated', async () => {
    pretendBrowser();
    const { first, second } = await openTwo();
    await first.server.stream.frame('bye', { reason: 'agent_deactivated' });
    expect([first.state(), second.state()]).toEqual(['needs_auth', 'needs_auth']);
  });

  it('need no new token when that of the leader is over', async () => {
    pretendBrowser();
    const first = await openTab();
    await first.server.stream.hello('c0');
    const token = vi.fn(() => Promise.resolve('token-2'));
    const second = await openTab({ token });
    const asked = token.mock.calls.length;
    await first.server.stream.frame('bye', { reason: 'token_expired' });
    await Promise.all([first.clock.advance(2000), second.clock.advance(2000)]);
    await first.server.stream.hello('c0', true);
    await settle();
    expect(second.state()).toBe('connected');
    expect(token.mock.calls.length).toBe(asked);
  });

  it('are led by one whose token is taken, when that of the leader is refused', async () => {
    pretendBrowser();
    const { first, second } = await openTwo();
    first.server.always(paths.events.stream, () => problem('unauthenticated', 401));
    await first.server.stream.cut();
    await first.clock.advance(2000);
    await settle();
    await second.server.stream.hello('c0', true);
    await second.server.stream.event('conversation.created', 'c1', created(1));
    await first.clock.advance(60_000);
    expect([first.state(), second.state()]).toEqual(['connected', 'connected']);
    expect([first.seen, second.seen]).toEqual([['c1'], ['c1']]);
    expect(first.server.requestsTo(paths.events.stream).length).toBeLessThan(4);
  });

  it('do not ask again and again when no token is taken', async () => {
    pretendBrowser();
    const { first, second } = await openTwo();
    for (const { server } of [first, second]) {
      server.always(paths.events.stream, () => problem('unauthenticated', 401));
    }
    await first.server.stream.cut();
    for (let second5 = 0; second5 < 12; second5++) {
      await Promise.all([first.clock.advance(5000), second.clock.advance(5000)]);
    }
    expect([first.state(), second.state()]).toEqual(['needs_auth', 'needs_auth']);
    const tries = [first, second].flatMap(({ server }) => server.requestsTo(paths.events.stream)).length;
    expect(tries).toBeLessThan(16);
  });

  it('replace a leader that is silent within five seconds, when somebody looks', async () => {
    const { channels, show } = pretendBrowser();
    const { first, second } = await openTwo();
    const [channel] = [...channels];
    if (!channel) throw new Error('the first tab has no channel');
    show('hidden');
    channel.isDeaf = true;
    await second.clock.advance(15_000);
    expect(second.server.streams).toEqual([]);
    show('visible');
    await second.clock.advance(5000);
    expect(second.server.stream.cursor).toBe('c0');
    await second.server.stream.hello('c0', true);
    channel.isDeaf = false;
    await first.clock.advance(1000);
    // The robbed one has closed its stream and follows.
    expect(first.server.stream.isCancelled).toBe(true);
    await second.server.stream.event('conversation.created', 'c1', created(1));
    await settle();
    expect([first.seen, second.seen]).toEqual([['c1'], ['c1']]);
    expect([first.state(), second.state()]).toEqual(['connected', 'connected']);
  });

  it('leave a leader that answers alone, however long nothing happens', async () => {
    pretendBrowser();
    const { second } = await openTwo();
    await second.clock.advance(60_000);
    expect(second.server.streams).toEqual([]);
    expect(second.state()).toBe('connected');
  });

  it('give the lead up when the page is put aside, and come back by themselves', async () => {
    const { leavePage } = pretendBrowser();
    const first = await openTab();
    await first.server.stream.hello('c0');
    leavePage();
    await settle();
    expect(first.server.stream.isCancelled).toBe(true);
    await first.clock.advance(3000);
    expect(first.server.stream.cursor).toBe('c0');
    await first.server.stream.hello('c0', true);
    expect(first.state()).toBe('connected');
  });

  it('leave the group when the stream is not needed any more', async () => {
    const { channels } = pretendBrowser();
    const { first, second } = await openTwo();
    first.client.connection.disconnect();
    await settle();
    expect(channels.size).toBe(1);
    await second.server.stream.hello('c0', true);
    expect(second.state()).toBe('connected');
  });
});

describe('without Web Locks', () => {
  it('each tab has its stream, which pauses while nobody sees the page', async () => {
    const { show } = pretendBrowser({ locks: false });
    const { first, second } = await openTwo();
    await second.server.stream.hello('c0');
    show('hidden');
    await first.server.stream.write(': heartbeat\n\n');
    for (let minute = 0; minute < 6; minute++) {
      for (let half = 0; half < 3; half++) {
        await first.clock.advance(20_000);
        await first.server.stream.write(': heartbeat\n\n');
      }
    }
    expect(first.server.stream.isCancelled).toBe(true);
    expect(first.server.streams).toHaveLength(1);
    await first.clock.advance(5 * 60_000);
    expect(first.server.streams).toHaveLength(1);
    show('visible');
    await first.clock.advance(2000);
    expect(first.server.stream.cursor).toBe('c0');
    await first.server.stream.hello('c0', true);
    expect(first.state()).toBe('connected');
  });
});
