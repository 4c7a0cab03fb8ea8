import { eventSchemas, framePageSchema, helloSchema, type EventType, type FramePage } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { startNewEpoch } from '../admin/new-epoch.ts';
import { hour } from '../clock.ts';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openWebchat, type TestVisitor } from '../testbed/visitor.ts';
import { appendEvents } from './append.ts';

const marina = '+5583999142210';
const soon = () => new Promise((resolve) => setTimeout(resolve, 80));

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let listeners: MockInstance;

  beforeEach(async () => {
    opened = await open();
    listeners = vi.spyOn(opened.database, 'onWake');
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    await whoAmI(ana);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  async function poll(caller: Pick<Caller, 'call'>, cursor?: string, waitSeconds = 0, at = '/v1/events/poll') {
    const query = new URLSearchParams({ waitSeconds: String(waitSeconds), ...(cursor !== undefined && { cursor }) });
    const { status, body } = await caller.call<FramePage>('GET', `${at}?${query}`);
    expect([status, framePageSchema.safeParse(body).error]).toEqual([200, undefined]);
    return body;
  }
  /** Asks for a page and waits until the gateway waits for what is in it. */
  async function begun(ask: () => Promise<FramePage>): Promise<{ asked: Promise<FramePage> }> {
    const before = listeners.mock.calls.length;
    const asked = ask();
    await expect.poll(() => listeners.mock.calls.length).toBeGreaterThan(before);
    return { asked };
  }
  const names = ({ frames }: FramePage) => frames.slice(1).map(({ event, data }) => data['type'] ?? event);
  const isResumed = ({ frames }: FramePage) => helloSchema.parse(frames[0]?.data).resumed;
  it('greets at once with a cursor to wait from, also when there is something to wait for', async () => {
    const page = await poll(ana, undefined, 20);
    expect(isResumed(page)).toBe(false);
    expect(page.frames).toHaveLength(1);
    expect(isResumed(await poll(ana, page.cursor))).toBe(true);
  });

  it('tells what happens as soon as it happens, each event valid by the contract', async () => {
    const { cursor } = await poll(ana);
    const asked = poll(ana, cursor, 20);
    await workspace.customerSays(marina, 'Oi');
    const page = await asked;
    const rest = await poll(ana, page.cursor);
    const told = [...page.frames.slice(1), ...rest.frames.slice(1)];
    expect(told.map(({ data }) => data['type'])).toEqual([
      'conversation.created',
      'message.created',
      'conversation.queued',
      'message.created',
      'protocol.assigned',
      'message.created',
      'message.created',
    ]);
    for (const { id, event, data } of told) {
      expect([event, id]).toEqual(['event', data['cursor']]);
      expect(eventSchemas[data['type'] as EventType].safeParse(data['data']).success).toBe(true);
    }
  });

  it('goes on from the page and from any event in it, and tells nothing a second time', async () => {
    const { cursor } = await poll(ana);
    await workspace.customerSays(marina, 'Oi');
    const page = await poll(ana, cursor);
    expect(names(page)).toHaveLength(7);
    expect(names(await poll(ana, page.cursor))).toEqual([]);
    expect(names(await poll(ana, page.frames[3]?.id))).toEqual(names(page).slice(3));
    expect(names(await poll(ana, page.cursor))).toEqual([]);
  });

  it('starts anew when the cursor is of another reader, of another epoch, no longer kept, or none at all', async () => {
    const bruno = await workspace.agent('bruno');
    await whoAmI(bruno);
    const { cursor } = await poll(ana);
    expect(isResumed(await poll(bruno, cursor))).toBe(false);
    expect(isResumed(await poll(ana, 'AAAA'))).toBe(false);
    await workspace.customerSays(marina, 'Oi');
    await opened.database.transaction((tx) => tx.deleteFrom('events').execute());
    expect(isResumed(await poll(ana, cursor))).toBe(false);
    await desk.gateway.close();
    await startNewEpoch({ db: opened.database, clock: desk.clock });
    const later = openDesk(opened.database, { clock: desk.clock });
    const { cursor: before } = await poll(later.caller(ana.token));
    expect(isResumed(await poll(later.caller(ana.token), cursor))).toBe(false);
    expect(isResumed(await poll(later.caller(ana.token), before))).toBe(true);
    await later.gateway.close();
  });

  it('gives a long log in pages, each event once and in order', async () => {
    const { cursor } = await poll(ana);
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    const conversation = (await ana.call('GET', `/v1/conversations/${id}`)).body;
    await opened.database.transaction((tx) => {
      const event = { type: 'conversation.updated' as const, data: { conversation }, conversationId: id };
      return appendEvents(tx, workspace.id, desk.clock.now(), new Array(500).fill(event));
    });
    const ids: (string | undefined)[] = [];
    const sizes: number[] = [];
    for (let at = cursor; ;) {
      const page = await poll(ana, at);
      if (page.frames.length === 1) break;
      sizes.push(page.frames.length - 1);
      ids.push(...page.frames.slice(1).map((frame) => frame.id));
      at = page.cursor;
    }
    expect(sizes).toEqual([200, 200, 107]);
    expect(new Set(ids).size).toBe(507);
  });

  it('says nothing of other workspaces, and moves on past what is not for the reader', async () => {
    const other = await desk.workspace('Outra');
    const { cursor } = await poll(ana);
    await other.customerSays(marina, 'Segredo');
    const page = await poll(ana, cursor);
    expect(names(page)).toEqual([]);
    expect(isResumed(await poll(ana, page.cursor))).toBe(true);
    expect(names(await poll(workspace.server, (await poll(workspace.server)).cursor))).toEqual([]);
  });

  it('is told while it waits that the agent is deactivated, and is refused from then on', async () => {
    const { id } = await whoAmI(ana);
    const { cursor } = await poll(ana);
    const asked = poll(ana, cursor, 20);
    await workspace.server.call('PATCH', `/v1/agents/${id}`, { active: false });
    expect((await asked).frames.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'agent_deactivated' } });
    for (const at of [cursor, undefined]) {
      const query = at === undefined ? '' : `?cursor=${at}`;
      const { status, body } = await ana.call('GET', `/v1/events/poll${query}`);
      expect([status, body]).toMatchObject([401, { code: 'agent_deactivated' }]);
    }
  });

  it('is told while it waits that its token has ended, and is refused from then on', async () => {
    const { cursor } = await poll(ana);
    const { asked } = await begun(() => poll(ana, cursor, 20));
    desk.clock.advance(2 * hour);
    await workspace.customerSays(marina, 'Oi');
    const { frames } = await asked;
    expect(frames.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'token_expired' } });
    expect((await ana.call('GET', `/v1/events/poll?cursor=${cursor}`)).status).toBe(401);
  });

  it('is sent away when the gateway closes', async () => {
    const { cursor } = await poll(ana);
    const { asked } = await begun(() => poll(ana, cursor, 20));
    await desk.gateway.close();
    expect((await asked).frames.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'shutdown' } });
  });

  it('is told what is not kept, while it waits', async () => {
    const visitor = await (await openWebchat(desk, workspace)).visitor();
    const { id } = await visitor.says('Oi');
    const { cursor } = await poll(ana);
    const { asked } = await begun(() => poll(ana, cursor, 20));
    await visitor.call('POST', `/conversations/${id}/typing`, { typing: true });
    expect(names(await asked)).toEqual(['typing.changed']);
  });

  it('takes waits of none to 25 seconds, and names what is wrong with others', async () => {
    for (const waitSeconds of ['-1', '26', '1.5', 'x']) {
      const { status, body } = await ana.call('GET', `/v1/events/poll?waitSeconds=${waitSeconds}`);
      expect([status, body]).toMatchObject([422, { errors: [{ path: 'query.waitSeconds' }] }]);
    }
  });

  it('counts the agent as connected from one page to the next', async () => {
    const rows = () => opened.database.read.selectFrom('agentStreams').select('agentId').execute();
    const { cursor } = await poll(ana);
    await poll(ana, cursor);
    expect(await rows()).toEqual([{ agentId: (await whoAmI(ana)).id }]);
    expect(await whoAmI(ana)).toMatchObject({ presence: { connected: true } });
    await desk.gateway.close();
    expect(await rows()).toEqual([]);
  });

  describe('of a visitor', () => {
    let visitor: TestVisitor;
    const polling = (cursor?: string, waitSeconds?: number) => poll(visitor, cursor, waitSeconds, '/events/poll');

    beforeEach(async () => {
      visitor = await (await openWebchat(desk, workspace)).visitor();
    });

    it('tells what happens in their conversations, and of no other', async () => {
      const { id } = await visitor.says('Oi');
      const { cursor } = await polling();
      const asked = polling(cursor, 20);
      await workspace.customerSays(marina, 'Segredo');
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      const page = await asked;
      expect(names(page).length).toBeGreaterThan(0);
      expect(JSON.stringify(page)).not.toContain('Segredo');
      expect(isResumed(await polling(page.cursor))).toBe(true);
    });

    it('ends with the session', async () => {
      const { cursor } = await polling();
      const { asked } = await begun(() => polling(cursor, 20));
      await visitor.call('DELETE', '/session');
      expect((await asked).frames.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'token_expired' } });
      expect((await visitor.call('GET', '/events/poll')).status).toBe(401);
    });

    it('takes one of the places that the visitor has for streams, while it waits', async () => {
      const { cursor } = await polling();
      const waits: Promise<number>[] = [];
      let answered: number | undefined;
      while (answered === undefined && waits.length < 40) {
        const wait = visitor.call('GET', `/events/poll?waitSeconds=20&cursor=${cursor}`).then(({ status }) => status);
        waits.push(wait);
        answered = await Promise.race([wait, soon().then(() => undefined)]);
      }
      expect(answered).toBe(429);
      await visitor.says('Oi');
      expect((await Promise.all(waits)).filter((status) => status === 200)).toHaveLength(20);
      expect((await visitor.call('GET', `/events/poll?waitSeconds=0&cursor=${cursor}`)).status).toBe(200);
    });
  });
});
