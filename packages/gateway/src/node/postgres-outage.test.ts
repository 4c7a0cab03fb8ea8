import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation, Message, Page } from '@prosa/core/contract';
import { startPostgres, type TestPostgres } from '@prosa/test-postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { startProcess, type GatewayProcess } from '../testbed/gateway-process.ts';
import { openGraphServer, type GraphServer } from '../testbed/graph-server.ts';
import { readStream } from '../testbed/read-stream.ts';
import { openPostgres } from './postgres/open-postgres.ts';

/** Two gateway processes on a PostgreSQL server of their own, which crashes beneath them. */
let folder: string;
let server: TestPostgres;
let gateways: readonly GatewayProcess[];
let graph: GraphServer;
let database: Database;
let desk: TestDesk;
let workspace: TestWorkspace;
let ana: Caller;

const customers = 24;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-outage-'));
  server = await startPostgres();
  const url = await server.createDatabase();
  database = await openPostgres({ url, poolSize: 3 });
  await migrate(database);
  graph = await openGraphServer();
  const start = (name: string) => startProcess({ PROSA_DATA_DIR: join(folder, name), DATABASE_URL: url });
  gateways = await Promise.all([start('a'), start('b')]);
  // Its wake-ups reach nobody: only by looking can the processes find out what happens here.
  desk = openDesk(unheard(database), { graphUrl: graph.url });
  workspace = await desk.workspace('Cacau');
  ana = await workspace.agent('ana', { name: 'Ana' });
  for (let index = 0; index < customers; index++) {
    await workspace.customerSays(`+55839914221${10 + index}`, 'Oi');
  }
}, 180_000);

afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.kill()));
  await Promise.all([desk.gateway.close(), graph.close()]);
  await database.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function unheard(heard: Database): Database {
  return new Proxy(heard, {
    get(target, name) {
      if (name === 'wake') return () => undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const at = (index: number): GatewayProcess => gateways[index % 2]!;

async function conversations(): Promise<readonly Conversation[]> {
  return (await at(0).as(ana).call<Page<Conversation>>('GET', '/v1/conversations?limit=100')).body.data;
}

/** How often a text has left for WhatsApp. */
const timesSent = (text: string) => graph.sent.filter((one) => one.text === text).length;

async function streamAt(gateway: GatewayProcess, cursor?: string) {
  const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const headers = { authorization: `Bearer ${workspace.server.token}` };
  return await readStream(await gateway.request(`/v1/events${query}`, { headers }));
}

it('tells and sends within five seconds what no notification told', async () => {
  const [conversation] = await conversations();
  const stream = await streamAt(at(1));
  await ana.call('POST', `/v1/conversations/${conversation?.id}/accept`);
  const begin = performance.now();
  const path = `/v1/conversations/${conversation?.id}/messages`;
  const { body } = await ana.call<Message>('POST', path, { type: 'text', text: 'Sem aviso' });
  const told = () => JSON.stringify(stream.frames).includes(body.id);
  await expect.poll(() => told() && timesSent('Sem aviso') === 1, { timeout: 20_000 }).toBe(true);
  expect(performance.now() - begin).toBeLessThan(5000);
  await stream.stop();
});

it('answers 503 while the server is away, works within ten seconds after, and loses and repeats no job', async () => {
  const all = await conversations();
  expect(all).toHaveLength(customers);
  await Promise.all(all.map(({ id }, index) => at(index).as(ana).call('POST', `/v1/conversations/${id}/accept`)));
  const stream = await streamAt(at(1));
  // The crash cuts it off.
  void stream.ended.catch(() => undefined);
  const cursor = stream.frames[0]?.data.cursor;
  // The one who writes does what a client does: the same again until it is answered.
  const send = async ({ id }: Conversation, index: number): Promise<Message | null> => {
    const body = { type: 'text', text: `Resposta ${index}`, clientId: `client-${index}` };
    const key = { 'idempotency-key': `send-message-${index}` };
    const path = `/v1/conversations/${id}/messages`;
    const answer = await at(index).as(ana).call<Message>('POST', path, body, key);
    expect([200, 503]).toContain(answer.status);
    return answer.status === 200 ? answer.body : null;
  };
  const underWay = all.map(send);
  await Promise.race(underWay);
  let back = 0;
  await server.crash(async () => {
    for (const gateway of gateways) {
      const answer = await gateway.as(ana).call('GET', '/v1/conversations');
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(answer.headers.get('retry-after')).toBe('5');
      expect((await gateway.request('/health')).status).toBe(200);
      expect((await gateway.request('/ready')).status).toBe(503);
    }
    back = performance.now();
  });
  const first = await Promise.all(underWay);
  for (const gateway of gateways) {
    await expect
      .poll(async () => (await gateway.request('/ready')).status, { timeout: 20_000, interval: 50 })
      .toBe(200);
  }
  const messages: Message[] = [];
  for (const [index, conversation] of all.entries()) {
    const sent = first[index] ?? (await send(conversation, index));
    expect(sent, 'is taken once the server is back').not.toBeNull();
    if (sent) messages.push(sent);
  }
  const texts = all.map((_, index) => `Resposta ${index}`);
  await expect.poll(() => texts.filter((text) => timesSent(text) === 0), { timeout: 20_000 }).toEqual([]);
  const statuses = async () => {
    const rows = await database.read.selectFrom('jobs').select('state').where('kind', '=', 'send_message').execute();
    return new Set(rows.map(({ state }) => state));
  };
  await expect.poll(statuses, { timeout: 20_000 }).toEqual(new Set(['done']));
  expect(performance.now() - back).toBeLessThan(20_000);
  expect(texts.map(timesSent)).toEqual(texts.map(() => 1));

  // Who was listening misses nothing, either, once they are connected again.
  await stream.stop();
  const resumed = await streamAt(at(0), cursor);
  const created = () =>
    resumed.frames.flatMap(({ data }) =>
      data.type === 'message.created' ? [(data.data as { message: Message }).message.id] : [],
    );
  await expect.poll(() => messages.filter(({ id }) => !created().includes(id)).length).toBe(0);
  expect(resumed.frames[0]?.data.resumed).toBe(true);
  expect(new Set(created()).size).toBe(created().length);
  await resumed.stop();
}, 180_000);
