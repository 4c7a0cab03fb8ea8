import {
  helloSchema,
  visitorEventSchemas,
  type Conversation,
  type VisitorConversation,
  type VisitorEventType,
} from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { migrate } from '../store/migrate.ts';
import type { Wake } from '../store/database.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, freshPostgres, type OpenDatabase } from '../testbed/engines.ts';
import { readStream, type StreamReading } from '../testbed/read-stream.ts';
import { openWebchat, type TestVisitor, type TestWebchat } from '../testbed/visitor.ts';
import { visitorView } from './visitor-view.ts';

const readings: StreamReading[] = [];

async function read(desk: TestDesk, path: string, token: string, cursor?: string): Promise<StreamReading> {
  const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const response = await desk.request(`${path}${query}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reading = await readStream(response);
  readings.push(reading);
  return reading;
}

const types = (reading: StreamReading) => reading.frames.slice(1).map(({ name, data }) => data.type ?? name);

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let webchat: TestWebchat;
  let visitor: TestVisitor;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    webchat = await openWebchat(desk, workspace);
    visitor = await webchat.visitor();
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
    await whoAmI(ana);
  });
  afterEach(async () => {
    await Promise.all(readings.splice(0).map((reading) => reading.stop()));
    await desk.gateway.close();
    await opened.close();
  });

  const listen = (who: TestVisitor, cursor?: string) => read(desk, '/v1/webchat/events', who.session.token, cursor);

  it('tells the visitor what happens in their conversations, each event valid by their own contract', async () => {
    const reading = await listen(visitor);
    expect(helloSchema.parse(reading.frames[0]?.data)).toMatchObject({ resumed: false });
    const { id } = await visitor.says('Oi');
    await reading.until(3);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    await reading.until(4);
    await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Olá' });
    await reading.until(5);
    await ana.call('POST', `/v1/conversations/${id}/read`);
    await reading.until(6);
    await ana.call('POST', `/v1/conversations/${id}/close`, {});
    await reading.until(7);
    const told = reading.frames.slice(1);
    expect(told.map(({ data }) => data.type).slice(0, 5)).toEqual([
      'message.created',
      'message.created',
      'message.created',
      'message.created',
      'conversation.updated',
    ]);
    for (const { id: frameId, data } of told) {
      expect(frameId).toBe(data.cursor);
      const type = data.type as VisitorEventType;
      expect(visitorEventSchemas[type].parse(data.data)).toEqual(data.data);
    }
    const last = told.at(-1)?.data.data as { conversation: VisitorConversation };
    expect(last.conversation.status).toBe('ended');
  });

  it('says nothing of anybody else, and its cursor moves on all the same', async () => {
    const reading = await listen(visitor);
    const other = await webchat.visitor();
    await other.says('Segredo');
    await workspace.customerSays('+5583999142210', 'Segredo');
    await visitor.says('Oi');
    await reading.until(3);
    expect(JSON.stringify(reading.frames)).not.toContain('Segredo');
    const cursor = reading.frames.at(-1)?.data.cursor;
    await reading.stop();
    await other.sends((await other.says('Mais')).id, 'Mais segredo');
    const again = await listen(visitor, cursor);
    expect(again.frames[0]?.data.resumed).toBe(true);
    await visitor.says('Ainda estou aqui');
    await again.until(2);
    expect(types(again)).toEqual(['message.created']);
  });

  it('is not woken by what happens elsewhere, and is by what may be its own', async () => {
    const { id } = await visitor.says('Oi');
    const { visitor: seen } = visitor.session;
    const principal = {
      kind: 'visitor' as const,
      workspaceId: workspace.id,
      channelId: webchat.channel.id,
      contactId: seen.id,
      sessionId: '',
    };
    const rows = await opened.database.read.selectFrom('visitorSessions').selectAll().execute();
    const view = visitorView(
      { db: opened.database, clock: desk.clock },
      { ...principal, sessionId: rows[0]?.id ?? '' },
      null,
    );
    const wakes: Wake[] = [];
    opened.database.onWake((wake) => void (wake.topic === 'events' && wakes.push(wake)));
    // Before it has looked, anything may be its own.
    expect(view.concerns({ topic: 'events', workspaceId: workspace.id, conversationIds: ['cnv_x'] })).toBe(true);
    await view.read(0);
    const other = await webchat.visitor();
    const { id: theirs } = await other.says('Oi');
    await other.sends(theirs, 'Mais');
    await visitor.sends(id, 'Mais');
    expect(wakes.map((wake) => [wake.conversationIds, view.concerns(wake)])).toEqual([
      [undefined, true],
      [[theirs], false],
      [[id], true],
    ]);
    expect(view.concerns({ topic: 'events', workspaceId: 'wsp_other' })).toBe(false);
  });

  it('takes no cursor of somebody else', async () => {
    const other = await webchat.visitor();
    const theirs = (await listen(other)).frames[0]?.data.cursor;
    const ofAna = (await read(desk, '/v1/events', ana.token)).frames[0]?.data.cursor;
    for (const cursor of [theirs, ofAna, 'AAAA']) {
      expect((await listen(visitor, cursor)).frames[0]?.data.resumed).toBe(false);
    }
  });

  it('resumes without loss or repetition while many write at once', async () => {
    const { id } = await visitor.says('Oi');
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const texts = Array.from({ length: 24 }, (_, i) => `Mensagem ${i}`);
    const noise = Array.from({ length: 8 }, (_, i) => workspace.customerSays(`+55839991400${10 + i}`, 'Oi'));
    const heard: string[] = [];
    let reading = await listen(visitor);
    const writing = Promise.all([
      ...noise,
      ...texts.map((text) => ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text })),
    ]);
    // Cut off again and again after a few frames, and each time resumed from the last of them.
    while (heard.length < texts.length) {
      const [hello, ...told] = (await reading.until(2)).slice(0, 6);
      await reading.stop();
      for (const { name, data } of told) {
        expect([name, data.type]).toEqual(['event', 'message.created']);
        heard.push((data.data as { message: { content: { text: string } } }).message.content.text);
      }
      reading = await listen(visitor, told.at(-1)?.id ?? hello?.id);
      expect(reading.frames[0]?.data.resumed).toBe(true);
    }
    await writing;
    expect([...heard].sort()).toEqual([...texts].sort());
  });

  it('ends with logout, and when the visitor becomes somebody whom the website names', async () => {
    const reading = await listen(visitor);
    const tab = await webchat.visitor({ anonymousToken: visitor.session.token });
    const other = await listen(tab);
    await visitor.call('DELETE', '/session');
    await reading.ended;
    expect(reading.frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'token_expired' } });
    expect(other.frames).toHaveLength(1);
    const { id } = await tab.says('Oi');
    await webchat.startSession({ identity: await webchat.identity('u-77'), anonymousToken: tab.session.token });
    await other.ended;
    expect(other.frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'token_expired' } });
    expect((await tab.call('GET', `/conversations/${id}`)).status).toBe(401);
  });

  it('hears of a receipt of another tab by the count of what is unread', async () => {
    const { id } = await visitor.says('Oi');
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const sent = await ana.call<{ position: number }>('POST', `/v1/conversations/${id}/messages`, {
      type: 'text',
      text: 'Olá',
    });
    const reading = await listen(visitor);
    const { position } = sent.body;
    await visitor.call('POST', `/conversations/${id}/receipts`, { position, status: 'read' });
    await reading.until(2);
    expect(reading.frames[1]?.data).toMatchObject({
      type: 'conversation.updated',
      data: { conversation: { unreadCount: 0 } },
    });
  });

  describe('typing', () => {
    it('reaches the other side, only there, and is not kept', async () => {
      const { id } = await visitor.says('Oi', { name: 'Marina' });
      const stranger = await webchat.visitor();
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      const [ofVisitor, ofStranger] = [await listen(visitor), await listen(stranger)];
      const ofAna = await read(desk, '/v1/events', ana.token);
      const typing = { typing: true };
      expect((await ana.call('POST', `/v1/conversations/${id}/typing`, typing)).status).toBe(204);
      await ofVisitor.until(2);
      expect(ofVisitor.frames[1]).toMatchObject({
        name: 'signal',
        id: undefined,
        data: {
          type: 'typing.changed',
          data: { conversationId: id, author: { kind: 'agent', name: 'Ana Prado' }, typing: true },
        },
      });
      expect((await visitor.call('POST', `/conversations/${id}/typing`, { typing: false })).status).toBe(204);
      await ofAna.until(2);
      expect(ofAna.frames[1]).toMatchObject({
        name: 'signal',
        data: { data: { conversationId: id, author: { kind: 'customer', name: 'Marina' }, typing: false } },
      });
      await stranger.says('Oi');
      await ofStranger.until(3);
      expect(types(ofStranger)).not.toContain('typing.changed');
      expect(types(ofVisitor)).toEqual(['typing.changed']);
    });

    it('is only for who attends, and says nothing once it is over', async () => {
      const { id } = await visitor.says('Oi');
      const bruno = await workspace.agent('bruno');
      const typing = (caller: Caller) => caller.call('POST', `/v1/conversations/${id}/typing`, { typing: true });
      expect(await typing(bruno)).toMatchObject({ status: 409, body: { code: 'conversation_not_yours', owner: null } });
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      expect(await typing(bruno)).toMatchObject({ status: 409, body: { owner: { name: 'Ana Prado' } } });
      await ana.call('POST', `/v1/conversations/${id}/close`, {});
      const ofVisitor = await listen(visitor);
      expect((await typing(ana)).status).toBe(204);
      await visitor.says('De novo');
      await ofVisitor.until(3);
      expect(types(ofVisitor)).not.toContain('typing.changed');
    });

    it('on a phone goes nowhere', async () => {
      await workspace.customerSays('+5583999142210', 'Oi');
      const { body } = await ana.call<{ data: Conversation[] }>('GET', '/v1/conversations?tab=waiting');
      const id = body.data[0]?.id ?? '';
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      expect((await ana.call('POST', `/v1/conversations/${id}/typing`, { typing: true })).status).toBe(204);
    });

    it('without end is slowed down', async () => {
      const { id } = await visitor.says('Oi');
      const statuses = [];
      for (let i = 0; i < 31; i++) {
        statuses.push((await visitor.call('POST', `/conversations/${id}/typing`, { typing: true })).status);
      }
      expect(statuses.at(-1)).toBe(429);
    });
  });
});

describe('two processes on one PostgreSQL', () => {
  it('tell each other’s readers what is written, and who types', async () => {
    const url = await freshPostgres();
    const [one, two] = [await openPostgres({ url }), await openPostgres({ url })];
    await migrate(one);
    const [desk, elsewhere] = [openDesk(one), openDesk(two)];
    const workspace = await desk.workspace('Cacau');
    const webchat = await openWebchat(desk, workspace);
    const visitor = await webchat.visitor();
    const ana = await workspace.agent('ana', { name: 'Ana Prado' });
    const { id } = await visitor.says('Oi');
    await ana.call('POST', `/v1/conversations/${id}/accept`);

    const ofVisitor = await read(elsewhere, '/v1/webchat/events', visitor.session.token);
    const ofAna = await read(elsewhere, '/v1/events', ana.token);
    await ana.call('POST', `/v1/conversations/${id}/typing`, { typing: true });
    await ofVisitor.until(2);
    await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Olá' });
    await ofVisitor.until(3);
    expect(types(ofVisitor)).toEqual(['typing.changed', 'message.created']);
    await ofAna.until(2);
    await visitor.call('POST', `/conversations/${id}/typing`, { typing: true });
    await ofAna.until(3);
    expect(types(ofAna)).toEqual(['message.created', 'typing.changed']);

    await Promise.all(readings.splice(0).map((reading) => reading.stop()));
    await Promise.all([desk.gateway.close(), elsewhere.gateway.close()]);
    await Promise.all([one.close(), two.close()]);
  });
});
