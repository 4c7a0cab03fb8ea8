import type { Conversation, Page, Queue, QueuePosition } from '@prosa/core/contract';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Caller } from '../testbed/desk.ts';
import type { GatewayProcess } from '../testbed/gateway-process.ts';
import { openProcesses, type Listening, type Processes, type ProcessWorkspace } from '../testbed/processes.ts';
import { setQueue, threadOf, type Outcome } from '../testbed/queues.ts';

const phoneOf = (customer: number) => `+55839880${String(10_000 + customer)}`;

/** The routers of both processes look at the same queues at the same time; agents are connected to either. */
describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 180_000 }, (engine) => {
  let at: Processes;
  beforeAll(async () => {
    at = await openProcesses(engine);
  });
  afterAll(() => at.close());

  const list = async ({ server }: ProcessWorkspace, query: string) =>
    (await at.b.as(server).call<Page<Conversation>>('GET', `/v1/conversations?limit=100${query}`)).body.data;
  const post = (process: GatewayProcess, caller: Caller, id: string, action: string, body?: object) =>
    process.as(caller).call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);
  const place = (index: number) => (index % 2 === 0 ? at.a : at.b);
  const arrive = (workspace: ProcessWorkspace, customers: readonly number[]) =>
    Promise.all(customers.map((customer) => workspace.says(place(customer), phoneOf(customer), 'Oi')));
  const four = async (workspace: ProcessWorkspace) => {
    const agents: Listening[] = [];
    for (const [index, name] of ['Ana', 'Bia', 'Caio', 'Davi'].entries()) {
      agents.push(await workspace.online(place(index), name));
    }
    return agents;
  };

  it.concurrent(
    'auto: gives to the agents of both, each once, within the limits and in the order of arrival',
    async ({ expect }) => {
      const workspace = await at.workspace('Cacau');
      const agents = await four(workspace);
      await arrive(workspace, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      const order = (await list(workspace, '&tab=waiting')).map(({ id }) => id);
      expect(order).toHaveLength(10);
      await setQueue(workspace, { routing: 'auto', maxConcurrent: 2 });
      const attended = () => list(workspace, '&status=active');
      await expect.poll(async () => (await attended()).length, { timeout: 20_000 }).toBe(8);
      const given = await attended();
      expect(given.map(({ id }) => id).sort()).toEqual(order.slice(0, 8).sort());
      for (const { id } of agents) expect(given.filter(({ assignee }) => assignee?.id === id)).toHaveLength(2);
      for (const { id } of given) {
        expect(
          (await threadOf(at.a.as(workspace.server), id)).happened.filter((name) => name === 'assigned'),
        ).toHaveLength(1);
      }

      // Whoever writes again while waiting keeps the place.
      const [ninth = '', tenth = ''] = order.slice(8);
      const [waiting] = (await list(workspace, '&tab=waiting')).filter(({ id }) => id === ninth);
      await workspace.says(at.b, waiting?.contact.phone ?? '', 'Alguém?');
      const position = async (id: string) =>
        (await at.b.as(workspace.server).call<QueuePosition>('GET', `/v1/conversations/${id}/position`)).body.position;
      expect([await position(ninth), await position(tenth)]).toEqual([1, 2]);
      const [first, second] = [agents[0], agents[1]];
      if (!first || !second) throw new Error('four were made');
      // Paused at one process, not given anything by the other.
      await at.b.as(first).call('PUT', '/v1/agents/me/presence', { state: 'paused', pauseReason: 'Almoço' });
      const mine = (agent: Listening) => given.find(({ assignee }) => assignee?.id === agent.id)?.id ?? '';
      expect((await post(at.b, first, mine(first), 'close', {})).status).toBe(200);
      expect((await post(at.a, second, mine(second), 'close', {})).status).toBe(200);
      const ownerOf = async (id: string) => (await threadOf(at.a.as(workspace.server), id)).conversation.assignee?.id;
      await expect.poll(() => ownerOf(ninth), { timeout: 20_000 }).toBe(second.id);
      expect(await ownerOf(tenth)).toBeUndefined();
      await at.a.as(first).call('PUT', '/v1/agents/me/presence', { state: 'online' });
      await expect.poll(() => ownerOf(tenth), { timeout: 20_000 }).toBe(first.id);
    },
  );

  it.concurrent(
    'offer: one card at a time, answered at either process, to the next one when it is declined',
    async ({ expect }) => {
      const workspace = await at.workspace('Cacau');
      const agents = await four(workspace);
      await setQueue(workspace, { routing: 'offer', offerSeconds: 60 });
      const [card] = await arrive(workspace, [0]);
      if (!card) throw new Error('one wrote');
      const now = async () => (await threadOf(at.b.as(workspace.server), card.id)).conversation;
      const offeredTo = async () => {
        const { offer } = await now();
        return agents.find(({ id }) => id === offer?.agent.id)?.id;
      };
      await expect.poll(offeredTo, { timeout: 20_000 }).toBeDefined();
      const first = await offeredTo();
      const owner = (id: string | undefined) => agents.find((agent) => agent.id === id) as Listening;
      for (const other of agents.filter(({ id }) => id !== first)) {
        const answers = await Promise.all([
          post(at.a, other, card.id, 'accept'),
          post(at.b, other, card.id, 'decline'),
        ]);
        expect(answers.map(({ body }) => body.code)).toEqual(['conversation_taken', 'offer_not_yours']);
      }
      const declined = await Promise.all(
        [at.a, at.b].map((process) => post(process, owner(first), card.id, 'decline')),
      );
      // On one process or two: the card is refused once, and then it is somebody else's.
      expect(declined.map(({ status }) => status).sort()).toEqual([200, 409]);
      await expect.poll(offeredTo, { timeout: 20_000 }).not.toBeOneOf([undefined, first]);
      const second = await offeredTo();
      const answers = await Promise.all(
        agents.flatMap((agent) => [post(at.a, agent, card.id, 'accept'), post(at.b, agent, card.id, 'accept')]),
      );
      for (const { status, body } of answers) {
        expect(status === 200 ? body.assignee?.id : body.owner?.id).toBe(second);
      }
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
      const { happened } = await threadOf(at.a.as(workspace.server), card.id);
      expect(happened.slice(2)).toEqual(['offered', 'offer_declined', 'offered', 'accepted']);
    },
  );

  it.concurrent('pull: a limit that holds in both, also for one who takes at both at once', async ({ expect }) => {
    const workspace = await at.workspace('Cacau');
    const ana = await workspace.agent('Ana');
    const bia = await workspace.agent('Bia');
    await setQueue(workspace, { maxConcurrent: 3 });
    const waiting = await arrive(workspace, [0, 1, 2, 3, 4, 5, 6, 7]);
    const answers = await Promise.all(
      waiting.flatMap(({ id }, index) => [
        post(place(index), ana, id, 'accept'),
        post(place(index + 1), bia, id, 'accept'),
      ]),
    );
    const codes = new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code));
    expect([...codes].filter((code) => code !== 'agent_at_limit' && code !== 'conversation_taken')).toEqual([]);
    const active = await list(workspace, '&status=active');
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(active.length);
    for (const { id } of [ana, bia]) {
      expect(active.filter(({ assignee }) => assignee?.id === id).length).toBeLessThanOrEqual(3);
    }
    for (const { id } of await list(workspace, '&tab=waiting')) {
      for (const caller of [ana, bia]) await post(at.b, caller, id, 'accept');
    }
    expect(await list(workspace, '&status=active')).toHaveLength(6);
    const { body: queues } = await at.b.as(workspace.server).call<Page<Queue>>('GET', '/v1/queues');
    await at.b.as(workspace.server).call('PATCH', `/v1/queues/${queues.data[0]?.id ?? ''}`, { maxConcurrent: 4 });
    const [next] = await list(workspace, '&tab=waiting');
    expect((await post(at.a, ana, next?.id ?? '', 'accept')).status).toBe(200);
  });
});
