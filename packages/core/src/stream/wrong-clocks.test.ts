import { afterEach, describe, expect, it, vi } from 'vitest';
import { paths } from '../contract/paths.ts';
import { gatewayNow } from '../client/clock.ts';
import { createComposers } from '../composer/composers.ts';
import { liveOffers } from '../live/live-offers.ts';
import { select } from '../live/select.ts';
import { createThreadView } from '../live/thread-view.ts';
import { serviceWindowCountdown } from '../service-window/service-window-countdown.ts';
import { connectedClient } from '../testing/connected-client.ts';
import { liveDesk } from '../testing/live-desk.ts';
import { settle } from '../testing/manual-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { pretendBrowser } from '../testing/pretend-browser.ts';
import { agentOf, conversationOf, idOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, pageOf } from '../testing/scripted-server.ts';
import '../tabs/open-tabs.ts';

const hour = 60 * 60_000;
const id = idOf('cnv', 1);
const me = { id: agentOf().id, name: 'Ana' };

/** A desk at a device whose clock is an hour ahead of the gateway's. */
async function lateDesk(rows = [conversationOf(1)]) {
  const desk = await liveDesk(rows);
  const gatewayTime = (afterMs = 0) => new Date(desk.clock.now() - hour + afterMs).toISOString();
  await desk.server.stream.hello('c0', true, { serverTime: gatewayTime() });
  return { ...desk, gatewayTime };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a device whose clock is wrong', () => {
  it('says by how much, and what time it is at the gateway', async () => {
    const { client, clock } = await lateDesk();
    expect(client.clockAheadMs).toBe(hour);
    expect(gatewayNow(client)).toBe(clock.now() - hour);
  });

  it('says nothing of a difference that the way to the gateway explains, nor of a gateway that tells no time', async () => {
    const { client, server, clock } = await lateDesk();
    await server.stream.hello('c0', true, { serverTime: new Date(clock.now() - 1900).toISOString() });
    expect(client.clockAheadMs).toBe(0);
    await server.stream.hello('c0', true, { serverTime: undefined });
    expect(client.clockAheadMs).toBe(0);
  });

  it('counts an offer down by the clock of the gateway', async () => {
    const { client, server, clock, gatewayTime } = await lateDesk();
    const offer = { agent: me, expiresAt: gatewayTime(30_000), from: null };
    server.always(paths.conversations.list, () => pageOf([conversationOf(1, { status: 'offered', offer })]));
    const offers = liveOffers(client);
    offers.subscribe(() => undefined);
    await settle();
    expect(offers.value[0]?.remainingSeconds).toBe(30);
    await clock.advance(10_001);
    expect(offers.value[0]?.remainingSeconds).toBe(20);
  });

  it('closes the service window when the gateway does', async () => {
    const { client, server, clock, gatewayTime } = await lateDesk();
    const windowExpiresAt = gatewayTime(90_000);
    const open = conversationOf(1, { status: 'active', assignee: me, windowExpiresAt });
    server.always(paths.conversations.get, () => json(open));
    server.always(paths.messages.list, () => pageOf([]));
    const thread = createThreadView(client, id);
    const countdowns = [thread, client.live.thread(id), select(thread, ({ conversation }) => ({ conversation }))].map(
      (of) => serviceWindowCountdown(of),
    );
    for (const countdown of countdowns) countdown.subscribe(() => undefined);
    const composer = createComposers(client, { owner: me.id }).of(id);
    composer.setContext({ conversation: open, customer: null, agent: agentOf() });
    composer.setText('Olá');
    const listener = vi.fn();
    composer.subscribe(listener);
    await settle();
    expect(countdowns.map(({ value }) => value)).toEqual(countdowns.map(() => ({ state: 'closing', minutes: 1 })));
    expect(composer.value.canSend).toBe(true);
    await clock.advance(89_000);
    expect(composer.value.canSend).toBe(true);
    await clock.advance(1000);
    expect(countdowns.map(({ value }) => value.state)).toEqual(['closed', 'closed', 'closed']);
    expect(composer.value.blockedBy).toBe('needs_template');
    expect(listener).toHaveBeenCalled();
  });

  it('tells each tab, whenever that joins', async () => {
    pretendBrowser();
    const tab = () => scriptedClient({ storage: new MemoryStorage() });
    const [first, second] = [tab(), tab()];
    first.client.connection.connect();
    await settle();
    await first.server.stream.hello('c0', false, { serverTime: new Date(first.clock.now() + hour).toISOString() });
    // One device, one time.
    await first.clock.advance(10_000);
    await first.server.stream.write(': \n\n');
    await second.clock.advance(10_000);
    second.client.connection.connect();
    await settle();
    expect(second.client.connection.current).toMatchObject({ state: 'connected', transport: 'tab' });
    expect([first.client.clockAheadMs, second.client.clockAheadMs]).toEqual([-hour, -hour]);
  });
});

describe('a clock that somebody sets back', () => {
  it('hides no stream that has died', async () => {
    const { client, clock, server } = await connectedClient();
    clock.set(-hour);
    await clock.advance(4000);
    expect(client.connection.current.state).not.toBe('connected');
    await clock.advance(2000);
    await server.stream.hello('c0', true);
    expect(client.connection.current.state).toBe('connected');
  });

  it('does not keep a page that is looked at from trying', async () => {
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    vi.stubGlobal('document', document);
    const { client, clock, server } = await connectedClient();
    server.isUp = false;
    await server.stream.cut();
    const look = async () => {
      document.dispatchEvent(new Event('visibilitychange'));
      await settle();
    };
    await look();
    const { attempt } = client.connection.current;
    clock.set(-hour);
    await look();
    expect(client.connection.current.attempt).toBe(attempt + 1);
  });

  it('does not hold up the numbers on the tabs', async () => {
    const { client, server, clock, tell } = await liveDesk();
    server.always(paths.conversations.counts, () => json({ waiting: 1, unread: 0, mine: 0, all: 1 }));
    client.live.counts().subscribe(() => undefined);
    await settle();
    clock.set(-hour);
    await tell(conversationOf(1));
    await clock.advance(1500);
    expect(server.requestsTo(paths.conversations.counts)).toHaveLength(2);
  });
});
