import type { Conversation, Message, Page, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { readStream, type StreamReading } from '../testbed/read-stream.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let bia: Caller;
  let biaId: string;
  let id: string;
  const readings: StreamReading[] = [];

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    bia = await workspace.agent('bia', { name: 'Bia' });
    biaId = (await whoAmI(bia)).id;
    await workspace.customerSays('+5583999142210', 'Oi');
    ({ id } = await oldestWaiting(ana));
    await ana.call('POST', `/v1/conversations/${id}/accept`);
  });
  afterEach(async () => {
    await Promise.all(readings.splice(0).map((reading) => reading.stop()));
    await desk.gateway.close();
    await opened.close();
  });

  const post = (caller: Caller, action: string, body?: object) =>
    caller.call<Conversation & Omit<Problem, 'status'>>('POST', `/v1/conversations/${id}/${action}`, body);
  const invite = (caller: Caller, agentId = biaId) => post(caller, 'participants', { agentId });
  const join = (caller: Caller) => post(caller, 'participants/join');
  const leave = (caller: Caller) => post(caller, 'participants/leave');
  const write = (caller: Caller) => post(caller, 'messages', { type: 'text', text: 'Vou ver' });
  const participants = async () =>
    (await ana.call<Conversation>('GET', `/v1/conversations/${id}`)).body.participants.map(({ name, joined }) => [
      name,
      joined,
    ]);
  const rows = () => opened.database.read.selectFrom('participants').selectAll().execute();
  async function listen(caller: Caller): Promise<StreamReading> {
    const reading = await readStream(
      await desk.request('/v1/events', { headers: { authorization: `Bearer ${caller.token}` } }),
    );
    readings.push(reading);
    return reading;
  }

  it('invites nobody who is not there, offline, deactivated or in it already, and only where it is allowed', async () => {
    const caio = await workspace.agent('caio', { name: 'Caio' });
    const { id: caioId } = await whoAmI(caio);
    expect((await invite(bia, caioId)).body.code).toBe('conversation_not_yours');
    const self = await invite(ana, (await whoAmI(ana)).id);
    expect([self.status, self.body.code]).toEqual([409, 'transfer_target_invalid']);
    expect((await invite(ana, biaId.replace(/.{4}$/, '0000'))).body.code).toBe('transfer_target_invalid');
    await bia.call('PUT', '/v1/agents/me/presence', { state: 'offline' });
    expect((await invite(ana)).body.detail).toBe('That agent is offline.');
    await workspace.server.call('PATCH', `/v1/agents/${caioId}`, { active: false });
    expect((await invite(ana, caioId)).body.detail).toBe('That agent has been deactivated.');
    expect((await post(ana, 'participants', { agentId: 'Bia' })).body.errors?.[0]?.path).toBe('body.agentId');
    await bia.call('PUT', '/v1/agents/me/presence', { state: 'online' });
    await workspace.server.call('PATCH', '/v1/settings', { origins: { whatsapp: { invite: false } } });
    expect((await invite(ana)).body.code).toBe('transition_not_allowed');
    expect(await rows()).toEqual([]);
  });

  it('lets in only whoever was invited, who may write and type then, but not finish it', async () => {
    for (const refused of [await join(bia), await leave(bia)]) expect(refused.body.code).toBe('not_invited');
    expect((await invite(ana)).body.participants).toEqual([{ id: biaId, name: 'Bia', joined: false }]);
    const { version } = (await invite(ana)).body;
    expect((await write(bia)).body.code).toBe('conversation_not_yours');
    expect((await post(bia, 'typing', { typing: true })).body.code).toBe('conversation_not_yours');

    const joined = await join(bia);
    expect(joined.body.participants).toEqual([{ id: biaId, name: 'Bia', joined: true }]);
    expect((await join(bia)).body.version).toBe(joined.body.version);
    expect(joined.body.version).toBeGreaterThan(version);
    expect((await write(bia)).status).toBe(200);
    expect((await post(bia, 'typing', { typing: true })).status).toBe(204);
    for (const action of ['close', 'park', 'transfer']) {
      const body = action === 'transfer' ? { to: { agentId: biaId } } : action === 'close' ? {} : undefined;
      expect([action, (await post(bia, action, body)).body.code]).toEqual([action, 'conversation_not_yours']);
    }
    // What the customer writes stays unread until the assignee looks.
    await workspace.customerSays('+5583999142210', 'Obrigada');
    expect((await post(bia, 'read')).body.unreadCount).toBe(2);

    expect((await leave(bia)).body.participants).toEqual([]);
    expect((await write(bia)).body.code).toBe('conversation_not_yours');
  });

  it('tells every step, in the stream and in the timeline', async () => {
    const stream = await listen(bia);
    await invite(ana);
    await join(bia);
    await leave(bia);
    await invite(ana);
    await leave(bia);
    await stream.until(11);
    expect(stream.frames.slice(1).map(({ data }) => data.type)).toEqual([
      'participant.invited',
      'message.created',
      'participant.joined',
      'message.created',
      'participant.left',
      'message.created',
      'participant.invited',
      'message.created',
      'participant.declined',
      'message.created',
    ]);
    const { body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?limit=5`);
    const person = { id: biaId, name: 'Bia' };
    expect(body.data.map(({ content }) => content.type === 'event' && content.event)).toMatchObject([
      { name: 'invitation_declined', agent: person },
      { name: 'invited' },
      { name: 'left', agent: person },
      { name: 'joined', agent: person },
      { name: 'invited', by: { name: 'Ana' }, agent: person },
    ]);
  });

  it('has no guests when it is over, and no guest who attends it', async () => {
    const caio = await workspace.agent('caio', { name: 'Caio' });
    await invite(ana);
    await invite(ana, (await whoAmI(caio)).id);
    await join(bia);
    expect(await participants()).toEqual([
      ['Bia', true],
      ['Caio', false],
    ]);
    await post(ana, 'transfer', { to: { agentId: biaId } });
    expect(await participants()).toEqual([['Caio', false]]);
    await post(bia, 'close', {});
    expect(await rows()).toEqual([]);
    expect((await join(caio)).body.code).toBe('conversation_closed');
    expect((await invite(bia)).body.code).toBe('conversation_closed');
  });

  it('tells other agents who is looking, and keeps it nowhere', async () => {
    const [ofAna, ofBia] = [await listen(ana), await listen(bia)];
    const before = await opened.database.read.selectFrom('events').select('seq').execute();
    expect((await post(bia, 'viewing', { viewing: true })).status).toBe(204);
    const signals = ({ frames }: StreamReading) =>
      frames.filter(({ name }) => name === 'signal').map(({ data }) => data);
    const looking = { conversationId: id, agent: { id: biaId, name: 'Bia' }, viewing: true, expiresInMs: 30_000 };
    await expect.poll(() => signals(ofAna)).toEqual([{ type: 'viewing.changed', data: looking }]);
    expect((await workspace.server.call('POST', `/v1/conversations/${id}/viewing`, { viewing: true })).status).toBe(
      403,
    );
    await post(ana, 'viewing', { viewing: false });
    // One does not hear of oneself.
    await expect.poll(() => signals(ofBia)).toMatchObject([{ data: { agent: { name: 'Ana' }, viewing: false } }]);
    expect(await opened.database.read.selectFrom('events').select('seq').execute()).toEqual(before);
  });
});
