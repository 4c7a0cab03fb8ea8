import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openRoutingDesk, type RoutingDesk, type TestAgent } from '../testbed/routing-desk.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let at: RoutingDesk;

  beforeEach(async () => {
    opened = await open();
    at = await openRoutingDesk(opened.database, { routing: 'auto' });
  });
  afterEach(async () => {
    await at.close();
    await opened.close();
  });

  const assigneeOf = async (customer: number) => (await at.ofCustomer(customer)).assignee?.name ?? null;
  const assignees = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => assigneeOf(i)));
  const arrive = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await at.says(i);
      at.desk.clock.advance(second);
    }
  };
  const presence = (agent: TestAgent, state: string) => agent.call('PUT', '/v1/agents/me/presence', { state });
  const limit = (agent: TestAgent, maxConcurrent: number | null) =>
    at.workspace.server.call('PATCH', `/v1/agents/${agent.id}`, { maxConcurrent });

  it('gives to nobody who is paused, offline, or has no page open, and leaves pull queues alone', async () => {
    const ana = await at.online('Ana');
    await at.workspace.agent('bruno').then((bruno) => bruno.call('GET', '/v1/agents/me'));
    await presence(ana, 'paused');
    await arrive(1);
    await at.route();
    expect(await assigneeOf(0)).toBe(null);
    await presence(ana, 'offline');
    await at.route();
    expect(await assigneeOf(0)).toBe(null);
    await at.setQueue({ routing: 'pull' });
    await presence(ana, 'online');
    await at.route();
    expect(await assigneeOf(0)).toBe(null);
    await at.setQueue({ routing: 'auto' });
    await at.route();
    expect(await assigneeOf(0)).toBe('Ana');
  });

  it('shares equally among those who are there, longest idle first, and tells it in timeline and stream', async () => {
    const ana = await at.online('Ana');
    at.desk.clock.advance(second);
    await at.online('Bruno');
    at.desk.clock.advance(second);
    await at.online('Carla');
    for (let i = 0; i < 7; i++) {
      await at.says(i);
      at.desk.clock.advance(second);
      await at.route();
    }
    expect(await assignees(7)).toEqual(['Ana', 'Bruno', 'Carla', 'Ana', 'Bruno', 'Carla', 'Ana']);
    const first = await at.ofCustomer(0);
    expect(first).toMatchObject({ status: 'active', waitingSince: null });
    expect(first.answeredAt).not.toBe(null);
    expect((await at.timeline(first.id)).at(-1)).toEqual({ name: 'assigned', to: { id: ana.id, name: 'Ana' } });
    await expect
      .poll(() => ana.stream.frames.filter(({ data }) => data.type === 'conversation.assigned').length)
      .toBe(7);
  });

  it('keeps the limits of agent, queue, workspace and origin; who does not fit waits in order', async () => {
    const ana = await at.online('Ana');
    const bruno = await at.online('Bruno');
    const { server } = at.workspace;
    await server.call('PATCH', '/v1/settings', { maxConcurrent: 1 });
    await limit(bruno, 0);
    await arrive(6);
    await at.route();
    expect(await assignees(6), 'the workspace allows one').toEqual(['Ana', null, null, null, null, null]);
    await at.setQueue({ maxConcurrent: 2 });
    await at.route();
    expect(await assignees(6), 'the queue two').toEqual(['Ana', 'Ana', null, null, null, null]);
    await limit(ana, 3);
    await at.route();
    expect(await assignees(6), 'the agent three').toEqual(['Ana', 'Ana', 'Ana', null, null, null]);
    await ana.post(await at.ofCustomer(1), 'close', {});
    await at.route();
    expect(await assigneeOf(3)).toBe('Ana');
    await limit(bruno, null);
    await server.call('PATCH', '/v1/settings', {
      maxConcurrent: null,
      origins: { whatsapp: { maxConcurrent: 1 } },
    });
    await at.setQueue({ maxConcurrent: null });
    await at.route();
    expect([await assigneeOf(4), await assigneeOf(5)], 'the origin one').toEqual(['Bruno', null]);
  });

  it('counts what is parked only where the queue says so', async () => {
    const ana = await at.online('Ana');
    await at.setQueue({ maxConcurrent: 1, pendingFreesSlot: false });
    await arrive(2);
    await at.route();
    expect((await ana.post(await at.ofCustomer(0), 'park')).status).toBe(200);
    await at.route();
    expect(await assigneeOf(1)).toBe(null);
    await at.setQueue({ pendingFreesSlot: true });
    await at.route();
    expect(await assigneeOf(1)).toBe('Ana');
  });

  it('gives to members of the queue only, in its order when all else is equal', async () => {
    await at.online('Ana');
    const bruno = await at.online('Bruno');
    const carla = await at.online('Carla');
    await at.setQueue({ agentIds: [carla.id, bruno.id] });
    await arrive(3);
    await at.route();
    expect(await assignees(2)).toEqual(['Carla', 'Bruno']);
    expect(await assigneeOf(2)).not.toBe('Ana');
  });

  it('does not lose the place by writing again: who waits longest is first', async () => {
    await arrive(3);
    const { waitingSince } = await at.ofCustomer(0);
    at.desk.clock.advance(minute);
    expect((await at.says(0, 'Alguém?')).waitingSince).toBe(waitingSince);
    await at.setQueue({ maxConcurrent: 1 });
    await at.online('Ana');
    await at.route();
    expect(await assignees(3)).toEqual(['Ana', null, null]);
  });

  it('prefers whoever attended the customer last, where the queue says so and they have room', async () => {
    const ana = await at.online('Ana');
    await arrive(1);
    await at.route();
    await ana.post(await at.ofCustomer(0), 'close', {});
    const bruno = await at.online('Bruno');
    await presence(bruno, 'paused');
    await at.says(1);
    await at.route();
    await presence(bruno, 'online');
    const again = async () => {
      await at.workspace.customerSays('+5583988010000', 'Voltei');
      await at.route();
      const open = await at.workspace.server.call<{ data: { id: string; assignee: { name: string } | null }[] }>(
        'GET',
        `/v1/conversations?tab=all&contactId=${(await at.ofCustomer(0)).contact.id}`,
      );
      return open.body.data[0];
    };
    const given = await again();
    expect(given?.assignee?.name, 'least loaded').toBe('Bruno');
    await bruno.post({ id: given?.id ?? '' }, 'close', {});
    await at.setQueue({ prefer: 'last_agent' });
    await at.says(2);
    await at.route();
    expect(await assigneeOf(2)).toBe('Bruno');
    await at.says(3);
    await at.route();
    const known = await again();
    expect(known?.assignee?.name, 'who knows the customer').toBe('Bruno');
    await bruno.post({ id: known?.id ?? '' }, 'close', {});
    await presence(bruno, 'paused');
    expect((await again())?.assignee?.name, 'not when paused').toBe('Ana');
  });

  describe('taking by oneself', () => {
    it('ends at the limit, except for supervisors', async () => {
      await at.setQueue({ routing: 'pull', maxConcurrent: 1 });
      const ana = await at.online('Ana');
      const chief = await at.online('Chefe', 'supervisor');
      await arrive(4);
      const of = (customer: number) => at.ofCustomer(customer);
      expect((await ana.post(await of(0), 'accept')).status).toBe(200);
      const refused = await ana.post(await of(1), 'accept');
      expect([refused.status, refused.body.code]).toEqual([409, 'agent_at_limit']);
      expect(await of(1)).toMatchObject({ status: 'queued', assignee: null });
      expect((await ana.post(await of(0), 'accept')).status, 'her own again').toBe(200);
      expect((await chief.post(await of(1), 'accept')).status).toBe(200);
      expect((await chief.post(await of(2), 'accept')).status).toBe(200);
      await ana.post(await of(0), 'close', {});
      expect((await ana.post(await of(3), 'accept')).status).toBe(200);
    });

    it('two at once does not exceed it either', async () => {
      await at.setQueue({ routing: 'pull', maxConcurrent: 1 });
      const ana = await at.online('Ana');
      await arrive(6);
      const all = await Promise.all(Array.from({ length: 6 }, (_, i) => at.ofCustomer(i)));
      const answers = await Promise.all(all.map((one) => ana.post(one, 'accept')));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    });
  });

  it('goes on by itself in a gateway that was started', async () => {
    const silence: typeof fetch = () => Promise.resolve(new Response('{}', { status: 503 }));
    const running = await openRoutingDesk(opened.database, { routing: 'offer', offerSeconds: 20 }, { fetch: silence });
    running.desk.gateway.start();
    try {
      const ana = await running.online('Ana');
      const { id } = await running.says(0);
      const state = async () => {
        const { status, offer } = await running.conversation(id);
        return [status, offer?.agent.id, (await running.timeline(id)).filter(({ name }) => name === 'offered').length];
      };
      await expect.poll(state, { timeout: 20_000 }).toEqual(['offered', ana.id, 1]);
      // The deadline is looked at without anything having happened.
      running.desk.clock.advance(20 * second);
      await expect.poll(state, { timeout: 20_000 }).toEqual(['queued', undefined, 1]);
      running.desk.clock.advance(60 * second);
      await expect.poll(state, { timeout: 20_000 }).toEqual(['offered', ana.id, 2]);
    } finally {
      await running.close();
    }
  });
});
