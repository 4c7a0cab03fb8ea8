import type { Agent, Conversation, ConversationCounts, Page, Permission, Profile, Queue } from '@prosa/core/contract';
import { permissions } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { readStream, type StreamReading } from '../testbed/read-stream.ts';

/** Two queues with one agent each; the first one of the workspace is everybody's. Ana sees only what is hers. */
forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let bia: Caller;
  let anaId: string;
  let biaId: string;
  let sales: Queue;
  let finance: Queue;
  let serial = 0;
  const readings: StreamReading[] = [];

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    [ana, bia] = [await workspace.agent('ana', { name: 'Ana' }), await workspace.agent('bia', { name: 'Bia' })];
    [anaId, biaId] = [(await whoAmI(ana)).id, (await whoAmI(bia)).id];
    const queue = async (name: string, agentIds: string[]) =>
      (await workspace.server.call<Queue>('POST', '/v1/queues', { name, agentIds })).body;
    [sales, finance] = [await queue('Vendas', [anaId]), await queue('Financeiro', [biaId])];
    await allow(permissions.filter((one) => one !== 'conversations.view_all'));
  });
  afterEach(async () => {
    await Promise.all(readings.splice(0).map((reading) => reading.stop()));
    await desk.gateway.close();
    await opened.close();
  });

  async function allow(allowed: readonly Permission[]): Promise<void> {
    const { body } = await workspace.server.call<Profile>('POST', '/v1/profiles', {
      name: 'Só as suas filas',
      permissions: allowed,
    });
    await workspace.server.call<Agent>('PATCH', `/v1/agents/${anaId}`, { profileId: body.id });
  }

  /** A new conversation, in the queue that is everybody's or handed on from there. */
  async function conversation(to?: { queueId: string } | { agentId: string }): Promise<string> {
    await workspace.customerSays(`+55839991500${String(++serial % 100).padStart(2, '0')}`, `Oi ${String(serial)}`);
    const { body } = await workspace.server.call<Page<Conversation>>('GET', '/v1/conversations?limit=1');
    const id = body.data[0]?.id ?? '';
    if (to) await transfer(id, to);
    return id;
  }

  const transfer = (id: string, to: { queueId: string } | { agentId: string }) =>
    workspace.server.call('POST', `/v1/conversations/${id}/transfer`, { to });
  const statusOf = async (caller: Caller, path: string) => (await caller.call('GET', path)).status;
  const idsOf = async (query: string) =>
    (await ana.call<Page<Conversation>>('GET', `/v1/conversations${query}`)).body.data.map(({ id }) => id).sort();
  async function listen(caller: Caller): Promise<StreamReading> {
    const reading = await readStream(
      await desk.request('/v1/events', { headers: { authorization: `Bearer ${caller.token}` } }),
    );
    readings.push(reading);
    return reading;
  }
  const told = ({ frames }: StreamReading, id: string) =>
    frames
      .filter((frame) => frame.name === 'event' && JSON.stringify(frame.data).includes(id))
      .map(({ data }) => data.type);

  it('lists, counts, finds and shows what waits in their queues, in those of everybody, and what is theirs', async () => {
    const shown = [await conversation(), await conversation({ queueId: sales.id })];
    const hidden = [await conversation({ queueId: finance.id }), await conversation({ queueId: finance.id })];
    const own = hidden.pop() ?? '';
    await transfer(own, { agentId: anaId });
    const seen = [...shown, own].sort();
    expect(await idsOf('?tab=all')).toEqual(seen);
    expect(await idsOf(`?queueId=${finance.id}`)).toEqual([own]);
    expect(await idsOf('?tab=waiting')).toEqual([...shown].sort());
    expect((await ana.call<ConversationCounts>('GET', '/v1/conversations/counts')).body).toEqual({
      waiting: 2,
      unread: 1,
      mine: 1,
      all: 3,
    });
    expect((await bia.call<ConversationCounts>('GET', '/v1/conversations/counts')).body.all).toBe(4);

    const [secret = ''] = hidden;
    const { body } = await bia.call<Conversation>('GET', `/v1/conversations/${secret}`);
    for (const path of [
      `/v1/conversations/${secret}`,
      `/v1/conversations/${secret}/messages`,
      `/v1/conversations/${secret}/messages/${body.lastMessage?.id ?? ''}`,
      `/v1/conversations/${secret}/position`,
      `/v1/protocols/${body.protocol ?? ''}`,
      `/v1/protocols/${body.protocol ?? ''}/history`,
    ]) {
      expect([path, await statusOf(bia, path), await statusOf(ana, path)]).toEqual([path, 200, 404]);
    }
    for (const [action, value] of [
      ['accept', undefined],
      ['close', {}],
      ['transfer', { to: { agentId: anaId } }],
      ['messages', { type: 'text', text: 'Oi' }],
      ['viewing', { viewing: true }],
      ['discard', { reason: 'Engano' }],
    ] as const) {
      const { status } = await ana.call('POST', `/v1/conversations/${secret}/${action}`, value);
      expect([action, status]).toEqual([action, 404]);
    }
    expect((await bia.call<Conversation>('GET', `/v1/conversations/${secret}`)).body).toEqual(body);
  });

  it('shows an invited agent what they were invited to, while they are', async () => {
    const id = await conversation({ agentId: biaId });
    await transfer(id, { queueId: finance.id });
    await bia.call('POST', `/v1/conversations/${id}/accept`);
    expect(await statusOf(ana, `/v1/conversations/${id}`)).toBe(404);
    await bia.call('POST', `/v1/conversations/${id}/participants`, { agentId: anaId });
    expect(await idsOf('?tab=all')).toEqual([id]);
    expect((await ana.call('POST', `/v1/conversations/${id}/participants/join`)).status).toBe(200);
    expect(await statusOf(ana, `/v1/conversations/${id}/messages`)).toBe(200);
    expect((await ana.call('POST', `/v1/conversations/${id}/participants/leave`)).status).toBe(200);
    expect(await statusOf(ana, `/v1/conversations/${id}`)).toBe(404);
  });

  it('holds from the next request on when queues or profiles change, and answers again what was done', async () => {
    const id = await conversation({ queueId: finance.id });
    await workspace.server.call('PATCH', `/v1/queues/${finance.id}`, { agentIds: [biaId, anaId] });
    expect(await statusOf(ana, `/v1/conversations/${id}`)).toBe(200);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    await workspace.server.call('PATCH', `/v1/queues/${finance.id}`, { agentIds: [biaId] });
    const key = { 'idempotency-key': crypto.randomUUID() };
    const away = () => ana.call('POST', `/v1/conversations/${id}/transfer`, { to: { queueId: finance.id } }, key);
    const first = await away();
    expect([first.status, await statusOf(ana, `/v1/conversations/${id}`)]).toEqual([200, 404]);
    expect(await away()).toMatchObject({ status: 200, body: first.body });
    await allow(permissions);
    expect(await statusOf(ana, `/v1/conversations/${id}`)).toBe(200);
  });

  it('streams only that, moves on past the rest, and says when something goes out of sight', async () => {
    const stream = await listen(ana);
    const secret = await conversation({ queueId: finance.id });
    await bia.call('POST', `/v1/conversations/${secret}/accept`);
    await bia.call('POST', `/v1/conversations/${secret}/messages`, { type: 'text', text: 'Segredo' });
    const shown = await conversation({ queueId: sales.id });
    await expect.poll(() => told(stream, shown)).toContain('conversation.transferred');
    // It came in by the queue of everybody and left it: that much she saw, and nothing of where it went.
    expect(told(stream, secret).at(-1)).toBe('conversation.removed');
    expect(JSON.stringify(stream.frames)).not.toContain(finance.id);
    expect(JSON.stringify(stream.frames)).not.toContain('Segredo');

    await transfer(shown, { queueId: finance.id });
    await expect.poll(() => told(stream, shown)).toContain('conversation.removed');
    const last = stream.frames.findLast(({ name }) => name === 'event')?.data.cursor ?? '';
    await bia.call('POST', `/v1/conversations/${shown}/accept`);
    const resumed = await readStream(
      await desk.request(`/v1/events?cursor=${encodeURIComponent(last)}`, {
        headers: { authorization: `Bearer ${ana.token}` },
      }),
    );
    readings.push(resumed);
    expect(resumed.frames[0]?.data.resumed).toBe(true);
    const next = await conversation();
    await expect.poll(() => told(resumed, next)).toContain('conversation.created');
    expect(told(resumed, shown)).toEqual([]);
  });

  it('lets nobody hear who types or looks where they see nothing', async () => {
    const [ofAna, ofServer] = [await listen(ana), await listen(workspace.server)];
    const secret = await conversation({ queueId: finance.id });
    const shown = await conversation({ queueId: sales.id });
    await bia.call('POST', `/v1/conversations/${secret}/viewing`, { viewing: true });
    await bia.call('POST', `/v1/conversations/${shown}/viewing`, { viewing: true });
    const places = ({ frames }: StreamReading) =>
      frames.flatMap(({ name, data }) =>
        name === 'signal' ? [(data.data as { conversationId: string }).conversationId] : [],
      );
    await expect.poll(() => places(ofServer)).toEqual([secret, shown]);
    await expect.poll(() => places(ofAna)).toEqual([shown]);
  });

  it('tells who may not peek that there is something new in conversations of others, not what', async () => {
    await allow(permissions.filter((one) => one !== 'conversations.peek'));
    const stream = await listen(ana);
    const own = await conversation({ agentId: anaId });
    const other = await conversation({ agentId: biaId });
    await bia.call('POST', `/v1/conversations/${other}/messages`, { type: 'text', text: 'Boa tarde' });
    await expect.poll(() => told(stream, other)).toContain('conversation.updated');
    expect(told(stream, other)).not.toContain('message.created');
    expect(told(stream, own)).toContain('message.created');
    expect(await statusOf(ana, `/v1/conversations/${own}/messages`)).toBe(200);
    expect(await statusOf(ana, `/v1/conversations/${other}/messages`)).toBe(403);
    await bia.call('POST', `/v1/conversations/${other}/close`, {});
    expect(await statusOf(ana, `/v1/conversations/${other}/messages`)).toBe(200);
  });

  it('leaves out of the stream what the profile does not show, but not what is about the reader', async () => {
    await allow(['conversations.view_own_queues']);
    const stream = await listen(ana);
    await workspace.server.call('POST', '/v1/customers', { name: 'Marina Albuquerque' });
    await workspace.server.call('PATCH', `/v1/agents/${biaId}`, { maxConcurrent: 2 });
    await workspace.server.call('PATCH', `/v1/agents/${anaId}`, { maxConcurrent: 3 });
    await workspace.server.call('PATCH', '/v1/settings', { retentionDays: 100 });
    await workspace.server.call('PATCH', `/v1/agents/${anaId}`, { active: false });
    await stream.ended;
    const types = stream.frames.filter(({ name }) => name === 'event').map(({ data }) => data.type);
    expect(new Set(types)).toEqual(new Set(['agent.updated']));
    expect(JSON.stringify(stream.frames)).not.toContain(biaId);
    expect(stream.frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'agent_deactivated' } });
  });
});
