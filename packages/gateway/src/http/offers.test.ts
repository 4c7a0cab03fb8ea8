import { conversationSchema, eventSchemas, type Conversation, type Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { second } from '../clock.ts';
import { openConversation, saveConversation } from '../commands/conversation-draft.ts';
import { offerTo } from '../commands/offer.ts';
import { runUnit } from '../store/unit.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openRoutingDesk, type RoutingDesk, type TestAgent } from '../testbed/routing-desk.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let at: RoutingDesk;

  beforeEach(async () => {
    opened = await open();
    at = await openRoutingDesk(opened.database, { routing: 'offer', offerSeconds: 20 });
  });
  afterEach(async () => {
    await at.close();
    await opened.close();
  });

  const names = async (id: string) => (await at.timeline(id)).map(({ name }) => name);
  const offeredTo = async (id: string) => (await at.conversation(id)).offer?.agent.name ?? null;
  const pass = async (ms: number) => {
    at.desk.clock.advance(ms);
    await at.route();
  };
  const presence = (agent: TestAgent, body: unknown) => agent.call('PUT', '/v1/agents/me/presence', body);

  it('offers a card with a deadline, which only that agent can accept', async () => {
    const ana = await at.online('Ana');
    at.desk.clock.advance(second);
    const bruno = await at.online('Bruno');
    const chief = await at.online('Chefe', 'supervisor');
    const { id, waitingSince } = await at.says(0);
    await at.route();
    const offered = await at.conversation(id);
    expect(conversationSchema.parse(offered)).toEqual(offered);
    expect(offered).toMatchObject({
      status: 'offered',
      assignee: null,
      waitingSince,
      offer: {
        agent: { id: ana.id, name: 'Ana' },
        from: null,
        expiresAt: new Date(at.desk.clock.now() + 20 * second).toISOString(),
      },
    });
    for (const other of [bruno, chief]) {
      const taken = await other.post({ id }, 'accept');
      expect([taken.status, taken.body.code, taken.body.owner]).toEqual([
        409,
        'conversation_taken',
        { id: ana.id, name: 'Ana' },
      ]);
      const declined = await other.post({ id }, 'decline');
      expect([declined.status, declined.body.code]).toEqual([409, 'offer_not_yours']);
    }
    expect(await at.conversation(id)).toEqual(offered);

    const accepted = await ana.post({ id }, 'accept');
    expect(accepted.body).toMatchObject({ status: 'active', assignee: { name: 'Ana' }, offer: null });
    expect((await names(id)).slice(-2)).toEqual(['offered', 'accepted']);
    await bruno.stream.until(1);
    const wanted = ['offer.created', 'offer.accepted', 'conversation.assigned'] as const;
    const told = () => bruno.stream.frames.filter(({ data }) => (wanted as readonly unknown[]).includes(data.type));
    await expect.poll(() => told().map(({ data }) => data.type)).toEqual(wanted);
    for (const { data } of told()) {
      expect(eventSchemas[data.type as (typeof wanted)[number]].safeParse(data.data).success).toBe(true);
    }
    const late = await ana.post({ id }, 'decline');
    expect([late.status, late.body.code]).toEqual([409, 'offer_not_yours']);
    await ana.post({ id }, 'close', {});
    expect((await ana.post({ id }, 'decline')).body.code).toBe('conversation_closed');
  });

  it('goes on to the next who was not asked when it is declined or runs out, and starts anew when all were', async () => {
    const ana = await at.online('Ana');
    at.desk.clock.advance(second);
    const bruno = await at.online('Bruno');
    const { id, waitingSince } = await at.says(0);
    await at.route();
    const declined = await ana.post({ id }, 'decline');
    expect(declined.body).toMatchObject({ status: 'queued', offer: null, waitingSince });
    await at.route();
    expect(await offeredTo(id)).toBe('Bruno');
    await pass(19 * second);
    expect(await offeredTo(id), 'a second before the deadline').toBe('Bruno');
    at.desk.clock.advance(second);
    const late = await bruno.post({ id }, 'accept');
    expect([late.status, late.body.code]).toEqual([409, 'offer_not_yours']);
    await at.route();
    expect(await offeredTo(id), 'the next round').toBe('Ana');
    await pass(20 * second);
    expect(await offeredTo(id)).toBe('Bruno');
    expect((await bruno.post({ id }, 'accept')).status).toBe(200);
    expect((await names(id)).slice(3)).toEqual([
      'offer_declined',
      'offered',
      'offer_timed_out',
      'offered',
      'offer_timed_out',
      'offered',
      'accepted',
    ]);
    expect(await at.conversation(id)).toMatchObject({ waitingSince: null });
  });

  it('waits in the queue when the only one there declines or lets it pass, and is asked again later', async () => {
    const ana = await at.online('Ana');
    const { id, waitingSince } = await at.says(0);
    await at.route();
    await ana.post({ id }, 'decline');
    await pass(59 * second);
    expect(await at.conversation(id), 'a second too early').toMatchObject({ status: 'queued', waitingSince });
    await pass(second);
    expect(await offeredTo(id)).toBe('Ana');
    await pass(20 * second);
    expect(await at.conversation(id), 'it ran out').toMatchObject({ status: 'queued', offer: null });
    await pass(59 * second);
    expect(await offeredTo(id)).toBe(null);
    // Whoever comes meanwhile has not been asked yet.
    const bruno = await at.online('Bruno');
    await at.route();
    expect(await offeredTo(id)).toBe('Bruno');
    await bruno.post({ id }, 'decline');
    await bruno.call('PUT', '/v1/agents/me/presence', { state: 'offline' });
    expect((await ana.post({ id }, 'accept')).body, 'Atender').toMatchObject({ status: 'active', offer: null });
  });

  it('does not keep those behind it waiting, of whatever origin, when it is declined', async () => {
    const ana = await at.online('Ana');
    const first = await at.says(0);
    await at.route();
    at.desk.clock.advance(second);
    const behind = await at.says(1);
    await ana.post(first, 'decline');
    await at.setQueue({ maxConcurrent: 1 });
    await at.route();
    expect([await offeredTo(first.id), await offeredTo(behind.id)]).toEqual([null, 'Ana']);
    await at.setQueue({ offerAgainSeconds: 0, maxConcurrent: 2 });
    await at.route();
    expect(await offeredTo(first.id)).toBe('Ana');
  });

  it.each([-1, 3601, 1.5, null])('refuses %j as the time after which to ask again', async (offerAgainSeconds) => {
    const { server } = at.workspace;
    const before = await server.call('GET', `/v1/queues/${at.queue.id}`);
    const { status, body } = await server.call<Problem>('PATCH', `/v1/queues/${at.queue.id}`, { offerAgainSeconds });
    expect([status, body.errors?.[0]?.path]).toEqual([422, 'body.offerAgainSeconds']);
    expect(await server.call('GET', `/v1/queues/${at.queue.id}`)).toMatchObject({ body: before.body });
  });

  it('waits for nobody who pauses or is deactivated meanwhile', async () => {
    const ana = await at.online('Ana');
    at.desk.clock.advance(second);
    const bruno = await at.online('Bruno');
    const { id } = await at.says(0);
    await at.route();
    expect(await offeredTo(id)).toBe('Ana');
    await presence(ana, { state: 'paused', pauseReason: 'Almoço' });
    await at.route();
    expect(await offeredTo(id)).toBe('Bruno');
    await presence(ana, { state: 'online' });
    await at.workspace.server.call('PATCH', `/v1/agents/${bruno.id}`, { active: false });
    await at.route();
    expect(await offeredTo(id)).toBe('Ana');
  });

  it('counts a card against the limit, so that nobody gets more cards than they may attend', async () => {
    await at.setQueue({ maxConcurrent: 2 });
    const ana = await at.online('Ana');
    const all: Conversation[] = [];
    for (let i = 0; i < 4; i++) {
      all.push(await at.says(i));
      at.desk.clock.advance(second);
    }
    const statuses = () => Promise.all(all.map(async ({ id }) => (await at.conversation(id)).status));
    await at.route();
    expect(await statuses()).toEqual(['offered', 'offered', 'queued', 'queued']);
    await ana.post(all[1] as Conversation, 'accept');
    await ana.post(all[0] as Conversation, 'accept');
    await at.route();
    expect(await statuses()).toEqual(['active', 'active', 'queued', 'queued']);
  });

  it('is won by exactly one of eight who race for it', async () => {
    const agents = await Promise.all(
      ['Ana', 'Bia', 'Caio', 'Davi', 'Eva', 'Fábio', 'Gil', 'Hugo'].map((name) => at.online(name)),
    );
    const { id } = await at.says(0);
    await at.route();
    const owner = (await at.conversation(id)).offer?.agent;
    const answers = await Promise.all(
      agents.flatMap((agent) => [agent.post({ id }, 'accept'), agent.post({ id }, 'accept')]),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(2);
    for (const { body } of won) expect(body.assignee).toEqual(owner);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200)) {
      expect([status, body.code, body.owner]).toEqual([409, 'conversation_taken', owner]);
    }
    expect((await names(id)).filter((name) => name === 'accepted')).toHaveLength(1);
  });

  it('that races with its own refusal ends in one of the two', async () => {
    const ana = await at.online('Ana');
    const { id } = await at.says(0);
    await at.route();
    const [accepted, declined] = await Promise.all([ana.post({ id }, 'accept'), ana.post({ id }, 'decline')]);
    // Refused first, it waits in the queue, where she may take it after all.
    expect(accepted.status).toBe(200);
    expect([200, 409]).toContain(declined.status);
    expect(await at.conversation(id)).toMatchObject({ status: 'active', assignee: { name: 'Ana' }, offer: null });
  });

  describe('handed over by a colleague', () => {
    async function handedOver(): Promise<{ ana: TestAgent; bruno: TestAgent; id: string }> {
      await at.setQueue({ routing: 'pull' });
      const [ana, bruno] = [await at.online('Ana'), await at.online('Bruno')];
      const { id } = await at.says(0);
      await ana.post({ id }, 'accept');
      await runUnit({ db: opened.database, clock: at.desk.clock }, at.workspace.id, async (unit) => {
        const draft = await openConversation(unit, id);
        const [from, to] = [
          { id: ana.id, name: 'Ana' },
          { id: bruno.id, name: 'Bruno' },
        ];
        await offerTo(unit, draft, to, { from, seconds: 30 });
        await saveConversation(unit, draft);
      });
      return { ana, bruno, id };
    }

    it('is accepted by the colleague', async () => {
      const { ana, bruno, id } = await handedOver();
      expect(await at.conversation(id)).toMatchObject({ status: 'offered', offer: { from: { name: 'Ana' } } });
      expect((await ana.post({ id }, 'accept')).body.code).toBe('conversation_taken');
      expect((await bruno.post({ id }, 'accept')).body).toMatchObject({
        status: 'active',
        assignee: { name: 'Bruno' },
      });
    });

    it('returns to the sender when it is declined, or runs out', async () => {
      const { bruno, id } = await handedOver();
      expect((await bruno.post({ id }, 'decline')).body).toMatchObject({ status: 'active', assignee: { name: 'Ana' } });
      expect((await names(id)).slice(-3)).toEqual(['offered', 'offer_declined', 'offer_returned']);
    });

    it('is the colleague’s until the deadline, pause or not, and then the sender’s again', async () => {
      const { bruno, id } = await handedOver();
      await presence(bruno, { state: 'paused' });
      await pass(29 * second);
      expect(await offeredTo(id)).toBe('Bruno');
      await pass(second);
      expect(await at.conversation(id)).toMatchObject({ status: 'active', assignee: { name: 'Ana' } });
      expect((await names(id)).slice(-2)).toEqual(['offer_timed_out', 'offer_returned']);
    });

    it('waits in the queue when there is no sender any more', async () => {
      const { ana, id } = await handedOver();
      await at.workspace.server.call('PATCH', `/v1/agents/${ana.id}`, { active: false });
      await pass(30 * second);
      const waits = await at.conversation(id);
      expect(waits).toMatchObject({ status: 'queued', assignee: null, offer: null });
      expect(waits.waitingSince).not.toBe(null);
    });
  });
});
