import { permissions, type Profile } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hour, minute, second } from '../clock.ts';
import { createAgentStreams } from '../events/agent-streams.ts';
import { silentLog } from '../log.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openRoutingDesk, type RoutingDesk, type TestAgent } from '../testbed/routing-desk.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let at: RoutingDesk;

  beforeEach(async () => {
    opened = await open();
    at = await openRoutingDesk(opened.database, { routing: 'pull' });
  });
  afterEach(async () => {
    await at.close();
    await opened.close();
  });

  const pass = async (ms: number) => {
    at.desk.clock.advance(ms);
    await at.route();
  };
  const attended = async (agent: TestAgent, customer: number) => {
    const { id } = await at.says(customer);
    at.desk.clock.advance(second);
    await agent.post({ id }, 'accept');
    return id;
  };
  async function lose(agent: TestAgent): Promise<void> {
    await agent.stream.stop();
    const rows = () =>
      opened.database.read.selectFrom('agentStreams').select('id').where('agentId', '=', agent.id).execute();
    await expect.poll(rows).toEqual([]);
    await createAgentStreams({ db: opened.database, clock: at.desk.clock }, silentLog).sweep();
  }

  it('gives whoever waits for an answer back to the front of the queue, and the rest when they write', async () => {
    const ana = await at.online('Ana');
    const unread = await attended(ana, 0);
    const answered = await attended(ana, 1);
    await ana.post({ id: answered }, 'read');
    await ana.post({ id: answered }, 'messages', { type: 'text', text: 'Resolvido' });
    const seen = await attended(ana, 2);
    await ana.post({ id: seen }, 'read');
    await at.says(3);
    await lose(ana);

    await pass(119 * second);
    expect(await at.conversation(unread)).toMatchObject({ status: 'active', assignee: { name: 'Ana' } });
    await pass(second);
    for (const id of [unread, seen]) {
      expect(await at.conversation(id)).toMatchObject({ status: 'queued', assignee: null });
      expect((await at.timeline(id)).at(-1)).toEqual({
        name: 'requeued',
        from: { id: ana.id, name: 'Ana' },
        reason: 'disconnected',
      });
    }
    expect(await at.conversation(answered)).toMatchObject({ status: 'active', assignee: { name: 'Ana' } });
    await at.says(1, 'Mais uma coisa');
    await at.route();
    expect(await at.conversation(answered)).toMatchObject({ status: 'queued', assignee: null });

    // The front of the queue: before who had been waiting there.
    await at.setQueue({ routing: 'auto', maxConcurrent: 3 });
    await at.online('Bruno');
    await at.route();
    const owners = await Promise.all(
      [0, 1, 2, 3].map(async (one) => (await at.ofCustomer(one)).assignee?.name ?? null),
    );
    expect(owners).toEqual(['Bruno', 'Bruno', 'Bruno', null]);
  });

  it('takes nothing from whoever is back in time, never held a stream, or works where nothing is taken', async () => {
    const ana = await at.online('Ana');
    const first = await attended(ana, 0);
    await lose(ana);
    at.desk.clock.advance(100 * second);
    const again = await at.online('Ana');
    await pass(hour);
    expect((await at.conversation(first)).assignee?.name).toBe('Ana');

    const { server } = at.workspace;
    await server.call('PATCH', '/v1/settings', { disconnectGraceSeconds: null });
    await lose(again);
    await pass(hour);
    expect((await at.conversation(first)).assignee?.name).toBe('Ana');
    await server.call('PATCH', '/v1/settings', { disconnectGraceSeconds: 30 });
    await at.route();
    expect((await at.conversation(first)).assignee).toBe(null);

    const bruno = await at.workspace.agent('bruno', { name: 'Bruno' });
    await bruno.call('POST', `/v1/conversations/${first}/accept`);
    await pass(hour);
    expect((await at.conversation(first)).assignee?.name, 'without a page').toBe('Bruno');
  });

  it('tells whoever sees only their own queues that it is theirs no more', async () => {
    const { server } = at.workspace;
    const ana = await at.online('Ana');
    const bruno = await at.online('Bruno');
    await at.setQueue({ agentIds: [bruno.id] });
    const profile = await server.call<Profile>('POST', '/v1/profiles', {
      name: 'Só as suas filas',
      permissions: permissions.filter((one) => one !== 'conversations.view_all'),
    });
    await server.call('PATCH', `/v1/agents/${ana.id}`, { profileId: profile.body.id });
    const { id } = await at.says(0);
    await server.call('POST', `/v1/conversations/${id}/transfer`, { to: { agentId: ana.id } });
    expect((await ana.call('GET', `/v1/conversations/${id}`)).status).toBe(200);
    await ana.call('PUT', '/v1/agents/me/presence', { state: 'offline' });
    const { version } = await at.conversation(id);
    await pass(2 * minute);
    expect((await ana.call('GET', `/v1/conversations/${id}`)).status).toBe(404);
    // Whatever it is called, it is newer than what she has of the conversation.
    await expect.poll(() => JSON.stringify(ana.stream.frames.at(-1)?.data)).toContain(id);
    const newest = ana.stream.frames
      .map(({ data }) => JSON.stringify(data))
      .filter((text) => text.includes(id) && text.includes(`"version":${String(version + 1)}`));
    expect(newest).not.toEqual([]);
  });

  it('takes them from a deactivated agent at once', async () => {
    const ana = await at.online('Ana');
    const id = await attended(ana, 0);
    await at.workspace.server.call('PATCH', `/v1/agents/${ana.id}`, { active: false });
    await at.route();
    expect(await at.conversation(id)).toMatchObject({ status: 'queued', assignee: null });
    expect((await at.timeline(id)).at(-1)).toMatchObject({ name: 'requeued', reason: 'deactivated' });
  });

  it('takes them from whoever logged out, after the same time, and whatever is written to them later', async () => {
    const ana = await at.online('Ana');
    const unread = await attended(ana, 0);
    const answered = await attended(ana, 1);
    await ana.post({ id: answered }, 'messages', { type: 'text', text: 'Resolvido' });
    await ana.post({ id: answered }, 'read');
    await ana.call('PUT', '/v1/agents/me/presence', { state: 'offline' });
    await pass(119 * second);
    expect((await at.conversation(unread)).assignee?.name, 'within the grace period').toBe('Ana');
    await pass(second);
    expect(await at.conversation(unread)).toMatchObject({ status: 'queued', assignee: null });
    expect((await at.timeline(unread)).at(-1)).toMatchObject({ name: 'requeued', reason: 'offline' });
    expect((await at.conversation(answered)).assignee?.name).toBe('Ana');
    await at.says(1, 'Mais uma coisa');
    await at.route();
    expect((await at.conversation(answered)).assignee).toBe(null);

    await ana.post({ id: unread }, 'accept');
    await ana.call('PUT', '/v1/agents/me/presence', { state: 'paused' });
    await pass(hour);
    expect((await at.conversation(unread)).assignee?.name, 'a pause takes nothing').toBe('Ana');
  });

  it('is given to an agent who has just lost the connection, but not after the grace period', async () => {
    await at.setQueue({ routing: 'auto' });
    const ana = await at.online('Ana');
    await lose(ana);
    const { id } = await at.says(0);
    await pass(2 * minute);
    expect(await at.conversation(id)).toMatchObject({ status: 'queued' });
    await lose(await at.online('Ana'));
    await at.route();
    expect(await at.conversation(id)).toMatchObject({ status: 'active', assignee: { name: 'Ana' } });
  });
});
