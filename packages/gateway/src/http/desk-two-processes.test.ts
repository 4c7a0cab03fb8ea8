import { permissions, type Conversation, type Profile, type Queue, type Tag } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { second } from '../clock.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { freshPostgres } from '../testbed/engines.ts';
import { readStream } from '../testbed/read-stream.ts';

/** Two gateways over one PostgreSQL: what is said at one holds at the other. */
let databases: readonly [Database, Database];
let here: TestDesk;
let there: TestDesk;
let workspace: TestWorkspace;
let ana: Caller;
let bia: Caller;
let ids: { readonly ana: string; readonly bia: string };
let conversation: Conversation;

beforeEach(async () => {
  const url = await freshPostgres();
  databases = [await openPostgres({ url }), await openPostgres({ url })];
  await migrate(databases[0]);
  [here, there] = [openDesk(databases[0]), openDesk(databases[1])];
  workspace = await here.workspace('Cacau');
  [ana, bia] = [await workspace.agent('ana', { name: 'Ana' }), await workspace.agent('bia', { name: 'Bia' })];
  ids = { ana: (await whoAmI(ana)).id, bia: (await whoAmI(bia)).id };
  await workspace.customerSays('+5583999142210', 'Oi');
  conversation = await oldestWaiting(ana);
  await ana.call('POST', `/v1/conversations/${conversation.id}/accept`);
});
afterEach(async () => {
  await Promise.all([here.gateway.close(), there.gateway.close()]);
  await Promise.all(databases.map((database) => database.close()));
});

/** The same caller, as a page that is connected to the other gateway. */
const elsewhere = ({ token }: Caller, method: string, path: string, body?: unknown) =>
  there.request(path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const listen = async (caller: Caller) => readStream(await elsewhere(caller, 'GET', '/v1/events'));
const of = (action: string) => `/v1/conversations/${conversation.id}/${action}`;

it('holds profiles and queues from the next request on, and ends the stream of a deactivated agent within 5 s', async () => {
  const { body: finance } = await workspace.server.call<Queue>('POST', '/v1/queues', {
    name: 'Financeiro',
    agentIds: [ids.ana],
  });
  const { body: profile } = await workspace.server.call<Profile>('POST', '/v1/profiles', {
    name: 'Só as suas filas',
    permissions: permissions.filter((one) => one !== 'conversations.view_all'),
  });
  const path = `/v1/conversations/${conversation.id}`;
  await ana.call('POST', of('transfer'), { to: { queueId: finance.id } });
  expect((await elsewhere(bia, 'GET', path)).status).toBe(200);
  await workspace.server.call('PATCH', `/v1/agents/${ids.bia}`, { profileId: profile.id });
  expect((await elsewhere(bia, 'GET', path)).status).toBe(404);
  await workspace.server.call('PATCH', `/v1/queues/${finance.id}`, { agentIds: [] });
  expect((await elsewhere(bia, 'GET', path)).status).toBe(200);

  const stream = await listen(bia);
  const since = Date.now();
  await workspace.server.call('PATCH', `/v1/agents/${ids.bia}`, { active: false });
  await stream.ended;
  expect(Date.now() - since).toBeLessThan(5 * second);
  expect(stream.frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'agent_deactivated' } });
  expect((await elsewhere(bia, 'GET', path)).status).toBe(401);
});

it('hands a conversation to one of two at once, and shows the guests and who is looking to the other gateway', async () => {
  const caio = await whoAmI(await workspace.agent('caio', { name: 'Caio' }));
  const transfers = await Promise.all([
    ana.call('POST', of('transfer'), { to: { agentId: ids.bia } }),
    elsewhere(ana, 'POST', of('transfer'), { to: { agentId: caio.id } }),
  ]);
  expect(transfers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await workspace.server.call('POST', of('transfer'), { to: { agentId: ids.ana } });

  const stream = await listen(bia);
  await ana.call('POST', of('participants'), { agentId: ids.bia });
  expect((await elsewhere(bia, 'POST', of('participants/join'))).status).toBe(200);
  await ana.call('POST', of('viewing'), { viewing: true });
  const heard = () => stream.frames.map(({ data }) => data.type);
  await expect
    .poll(heard)
    .toEqual(expect.arrayContaining(['participant.invited', 'participant.joined', 'viewing.changed']));
  await stream.stop();
});

it('takes the name of a tag once and keeps both of two changes of the settings', async () => {
  const tags = await Promise.all([
    workspace.server.call<Tag>('POST', '/v1/tags', { name: 'Cobrança' }),
    elsewhere(workspace.server, 'POST', '/v1/tags', { name: 'COBRANCA' }),
  ]);
  expect(tags.map(({ status }) => status).sort()).toEqual([200, 409]);
  await Promise.all([
    workspace.server.call('PATCH', '/v1/settings', { maxConcurrent: 4 }),
    elsewhere(workspace.server, 'PATCH', '/v1/settings', { retentionDays: 180 }),
  ]);
  expect((await workspace.server.call('GET', '/v1/settings')).body).toMatchObject({
    maxConcurrent: 4,
    retentionDays: 180,
    version: 3,
  });
});
