import type { Agent, Conversation, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Background } from '../background.ts';
import { silentLog } from '../log.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openDesk, type TestDesk } from '../testbed/desk.ts';
import { freshPostgres } from '../testbed/engines.ts';
import { openRoutingDesk, type RoutingDesk, type TestAgent } from '../testbed/routing-desk.ts';
import { routeAll, router } from './router.ts';

let databases: readonly [Database, Database];
let at: RoutingDesk;
let elsewhere: TestDesk;
let routers: readonly Background[];

beforeEach(async () => {
  const url = await freshPostgres();
  databases = [await openPostgres({ url }), await openPostgres({ url })];
  await migrate(databases[0]);
  at = await openRoutingDesk(databases[0], { routing: 'auto', maxConcurrent: 3 });
  elsewhere = openDesk(databases[1]);
  routers = databases.map((db) => router({ db, clock: at.desk.clock }, silentLog));
});
afterEach(async () => {
  await Promise.all(routers.map((one) => one.stop()));
  await Promise.all([at.close(), elsewhere.gateway.close()]);
  await Promise.all(databases.map((db) => db.close()));
});

const start = () => routers.forEach((one) => one.start());
const team = (...names: string[]) => Promise.all(names.map((name) => at.online(name)));
const all = async () =>
  (await at.workspace.server.call<Page<Conversation>>('GET', '/v1/conversations?limit=100')).body.data;
const arrive = (from: number, count: number) => Promise.all(Array.from({ length: count }, (_, i) => at.says(from + i)));

/** As a page that is connected to the other gateway. */
const postElsewhere = (agent: TestAgent, id: string, command: string) =>
  elsewhere.request(`/v1/conversations/${id}/${command}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${agent.token}`,
      'idempotency-key': crypto.randomUUID(),
      'content-type': 'application/json',
    },
    body: '{}',
  });

function loads(conversations: readonly Conversation[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, assignee, offer } of conversations) {
    const name = status === 'active' ? assignee?.name : offer?.agent.name;
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

it('gives each conversation once and keeps the limits, with a router in each of two processes', async () => {
  await team('Ana', 'Bia', 'Caio', 'Davi');
  start();
  await arrive(0, 20);
  const full = { Ana: 3, Bia: 3, Caio: 3, Davi: 3 };
  await expect.poll(async () => loads(await all()), { timeout: 20_000 }).toEqual(full);
  const given = await all();
  expect(given.filter(({ status }) => status === 'queued')).toHaveLength(8);
  for (const { id, status } of given) {
    const assigned = (await at.timeline(id)).filter(({ name }) => name === 'assigned');
    expect(assigned).toHaveLength(status === 'active' ? 1 : 0);
  }

  // Whoever finishes gets the next.
  const served = given.filter(({ status }) => status === 'active').slice(0, 5);
  await Promise.all(served.map(({ id }) => at.workspace.server.call('POST', `/v1/conversations/${id}/close`, {})));
  await expect.poll(async () => loads(await all()), { timeout: 20_000 }).toEqual(full);
});

it('gives none twice and exceeds no limit while agents take, both routers route, and all at once', async () => {
  const agents = await team('Ana', 'Bia', 'Caio');
  const waiting = await arrive(0, 15);
  const rounds = databases.flatMap((db) =>
    Array.from({ length: 3 }, () => routeAll({ db, clock: at.desk.clock }, silentLog)),
  );
  const takes = waiting.flatMap(({ id }, i) => {
    const agent = agents[i % agents.length] as TestAgent;
    return [agent.post({ id }, 'accept'), postElsewhere(agents[(i + 1) % agents.length] as TestAgent, id, 'accept')];
  });
  await Promise.all(rounds);
  const statuses = new Set((await Promise.all(takes)).map(({ status }) => status));
  expect([...statuses].every((status) => status === 200 || status === 409)).toBe(true);
  await at.route();
  expect(loads(await all())).toEqual({ Ana: 3, Bia: 3, Caio: 3 });
  for (const { id } of waiting) {
    const begun = (await at.timeline(id)).filter(({ name }) => name === 'assigned' || name === 'accepted');
    expect(begun.length).toBeLessThanOrEqual(1);
  }
});

it('offers each card to one agent at a time, and of all who race for it that one wins', async () => {
  await at.setQueue({ routing: 'offer', maxConcurrent: 2 });
  const agents = await team('Ana', 'Bia', 'Caio', 'Davi', 'Eva', 'Fábio', 'Gil', 'Hugo');
  start();
  await arrive(0, 8);
  const offered = async () => (await all()).filter(({ status }) => status === 'offered');
  await expect.poll(async () => (await offered()).length, { timeout: 20_000 }).toBe(8);
  const cards = await offered();
  expect(Object.values(loads(cards)).sort()).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  for (const { id, offer } of cards) {
    const answers = await Promise.all(
      agents.map(async (agent, i) => {
        const { status } = i % 2 === 0 ? await agent.post({ id }, 'accept') : await postElsewhere(agent, id, 'accept');
        return { agent, status };
      }),
    );
    expect(answers.filter(({ status }) => status === 200).map(({ agent }) => agent.id)).toEqual([offer?.agent.id]);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  }
});

it('hears in one process of an agent who comes online in the other', async () => {
  start();
  const { id } = await at.says(0);
  await at.online('Ana');
  await expect.poll(async () => (await at.conversation(id)).assignee?.name, { timeout: 20_000 }).toBe('Ana');
  const ana = (await at.workspace.server.call<Page<Agent>>('GET', '/v1/agents')).body.data[0];
  expect(ana?.presence.connected).toBe(true);
});
