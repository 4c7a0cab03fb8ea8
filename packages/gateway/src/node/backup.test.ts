import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Conversation, Message, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { callerAt, openDesk, type Caller, type TestDesk } from '../testbed/desk.ts';
import { freshPostgres } from '../testbed/engines.ts';
import { startProcess, type GatewayProcess } from '../testbed/gateway-process.ts';
import { openGraphServer } from '../testbed/graph-server.ts';
import { readStream } from '../testbed/read-stream.ts';
import { contactOf, envelopeOf, postWebhook, textMessage } from '../testbed/webhooks.ts';
import { main } from './main.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { startGateway } from './start-gateway.ts';

let folder: string;
let undo: (() => Promise<unknown>)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-backup-'));
  undo = [];
});

afterEach(async () => {
  for (const step of undo.reverse()) await step();
  await rm(folder, { recursive: true, force: true });
});

/** What the command says; rejects when it does not end well. */
async function run(line: string, env: Record<string, string>): Promise<string> {
  const said: string[] = [];
  const keep = (text: string) => void said.push(text);
  const code = await main(line.split(' '), { env, print: keep, note: keep, stop: AbortSignal.abort() });
  if (code !== 0) throw new Error(said.join('\n'));
  return said.join('\n');
}

async function start(dataDir: string): Promise<GatewayProcess> {
  const child = await startProcess({ PROSA_DATA_DIR: dataDir });
  undo.push(() => child.kill());
  return child;
}

async function greeting(request: TestDesk['request'], { token }: Caller, cursor?: string) {
  const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const stream = await readStream(
    await request(`/v1/events${query}`, { headers: { authorization: `Bearer ${token}` } }),
  );
  await stream.stop();
  const { cursor: given = '', resumed } = stream.frames[0]?.data ?? {};
  return { cursor: given, resumed };
}

/** Meta, asking to be called later: what is sent waits. */
async function openBusyGraph(): Promise<string> {
  const error = { message: 'Too many calls', code: 130429 };
  const server = createServer((_request, response) =>
    response.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify({ error })),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  undo.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A desk for what no route does, beside the gateway of the same database. */
async function workspaceIn(database: Database, graphUrl: string) {
  const desk = openDesk(database, { graphUrl });
  undo.push(() => desk.gateway.close());
  return await desk.workspace('Cacau');
}

async function conversationsOf(server: Caller): Promise<readonly Conversation[]> {
  return (await server.call<Page<Conversation>>('GET', '/v1/conversations?limit=100')).body.data;
}

it('copies the database under load; the copy is whole, and readers of before start anew on it', async () => {
  const source = join(folder, 'source');
  const child = await start(source);
  const database = await openSqlite({ path: join(source, 'prosa.db'), lock: 'none' });
  undo.push(() => database.close());
  const workspace = await workspaceIn(database, await openBusyGraph());
  const server = child.as(workspace.server);
  const acknowledged: string[] = [];
  let next = 0;
  let isBusy = true;
  const customer = async (index: number) => {
    const waId = `5583991422${10 + index}`;
    while (isBusy) {
      const id = `wamid.${next++}`;
      const value = { contacts: [contactOf('Cliente', waId)], messages: [textMessage(id, id, waId)] };
      const { status } = await postWebhook(child, envelopeOf(workspace, value), { workspace });
      if (status === 200) acknowledged.push(id);
    }
  };
  const customers = Promise.all([0, 1, 2, 3].map(customer));
  await expect.poll(async () => (await conversationsOf(server)).length, { timeout: 20_000 }).toBe(4);
  const [conversation] = await conversationsOf(server);
  const path = `/v1/conversations/${conversation?.id}/messages`;
  const { body: waiting } = await server.call<Message>('POST', path, { type: 'text', text: 'Um momento' });
  const { cursor } = await greeting(child.request, server);
  const before = [...acknowledged];

  const file = join(folder, 'copy.db');
  expect(await run(`db backup ${file}`, { PROSA_DATA_DIR: source })).toContain(`${file} is a whole copy`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  isBusy = false;
  await customers;
  expect(acknowledged.length, 'written while it was copied').toBeGreaterThan(before.length);
  // The control: where nothing was restored, the same cursor goes on.
  expect((await greeting(child.request, server, cursor)).resumed).toBe(true);

  const target = join(folder, 'target');
  expect(await run(`db restore ${file}`, { PROSA_DATA_DIR: target })).toContain('shown as unconfirmed');
  const restored = new DatabaseSync(join(target, 'prosa.db'));
  expect(restored.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  const stored = restored
    .prepare('SELECT body FROM envelopes')
    .all()
    .map(({ body }) => String(body));
  expect(before.filter((id) => !stored.some((body) => body.includes(`"${id}"`)))).toEqual([]);
  restored.close();

  const again = await start(target);
  const there = again.as(workspace.server);
  expect((await greeting(again.request, there, cursor)).resumed).toBe(false);
  const fresh = await greeting(again.request, there);
  expect((await greeting(again.request, there, fresh.cursor)).resumed).toBe(true);
  expect((await there.call<Message>('GET', `${path}/${waiting.id}`)).body.status).toBe('unconfirmed');
  const value = { contacts: [contactOf('Cliente')], messages: [textMessage('wamid.later', 'Oi')] };
  expect((await postWebhook(again, envelopeOf(workspace, value), { workspace })).status).toBe(200);
}, 180_000);

it('refuses to write over a file, and to restore what is no whole database or beneath a gateway', async () => {
  const dataDir = join(folder, 'data');
  const env = { PROSA_DATA_DIR: dataDir };
  const file = join(folder, 'copy.db');
  await expect(run(`db backup ${file}`, env)).rejects.toThrow('there is no database at');
  await run('migrate', env);
  await run('workspace create --name Cacau', env);
  await run(`db backup ${file}`, env);
  await expect(run(`db backup ${file}`, env)).rejects.toThrow(`there is a ${file} already`);
  await expect(run(`db restore ${file}.no`, env)).rejects.toThrow('there is no file');

  const bytes = await readFile(file);
  const noise = join(folder, 'noise.db');
  await writeFile(noise, 'shopping list '.repeat(5000));
  await expect(run(`db restore ${noise}`, env)).rejects.toThrow('it is no whole database');
  await writeFile(noise, bytes.fill(0xff, 20_000, 60_000));
  await expect(run(`db restore ${noise}`, env)).rejects.toThrow('it is no whole database');
  const stranger = new DatabaseSync(join(folder, 'stranger.db'));
  stranger.exec('CREATE TABLE recipes (id TEXT)');
  stranger.close();
  await expect(run(`db restore ${join(folder, 'stranger.db')}`, env)).rejects.toThrow('no tables of the gateway');

  const gateway = await startGateway({ dataDir });
  undo.push(() => gateway.close());
  for (const line of [`db restore ${file}`, 'db new-epoch']) {
    await expect(run(line, env)).rejects.toThrow(`process id ${process.pid} uses it`);
  }
  expect(await run('workspace list', env)).toContain('Cacau');
  expect((await readdir(dataDir)).filter((name) => name.includes('restor'))).toEqual([]);
});

it('keeps what was there before, and refuses a backup of a newer version', async () => {
  const env = { PROSA_DATA_DIR: folder };
  const file = join(folder, 'copy.db');
  await run('migrate', env);
  await run('workspace create --name Antes', env);
  await run(`db backup ${file}`, env);
  await run('workspace create --name Depois', env);
  const said = await run(`db restore ${file}`, env);
  const list = await run('workspace list', env);
  expect(list).toContain('Antes');
  expect(list).not.toContain('Depois');
  const kept = /kept: (\S+)/.exec(said)?.[1] ?? '';
  const before = new DatabaseSync(kept, { readOnly: true });
  expect(before.prepare('SELECT name FROM workspaces').all()).toEqual([{ name: 'Antes' }, { name: 'Depois' }]);
  before.close();

  const newer = new DatabaseSync(join(folder, 'newer.db'));
  newer.exec('CREATE TABLE meta (key TEXT); CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at BIGINT)');
  newer.exec("INSERT INTO migrations VALUES ('9999-future', 1)");
  newer.close();
  await expect(run(`db restore ${join(folder, 'newer.db')}`, env)).rejects.toThrow('"9999-future" of a newer version');
  expect(await run('workspace list', env)).toBe(list);
});

it('gives a PostgreSQL that was restored a new epoch, once no gateway is connected', async () => {
  const databaseUrl = await freshPostgres();
  const env = { PROSA_DATA_DIR: folder, DATABASE_URL: databaseUrl };
  const graph = await openGraphServer();
  undo.push(() => graph.close());
  const options = { dataDir: folder, databaseUrl };
  const first = await startGateway(options);
  const workspace = await workspaceIn(first.database, graph.url);
  const requestTo = (url: string) => (path: string, init?: RequestInit) => fetch(url + path, init);
  const { cursor } = await greeting(requestTo(first.url), workspace.server);
  await expect(run('db new-epoch', env)).rejects.toThrow('a gateway is connected');
  await expect(run('db backup copy.db', env)).rejects.toThrow('pg_dump');
  await expect(run('db restore copy.db', env)).rejects.toThrow('db new-epoch');
  await workspace.customerSays('+5583999142210', 'Oi');
  await first.gateway.close(); // The background has ended: what is written now waits to be sent.
  const [conversation] = await conversationsOf(workspace.server);
  const path = `/v1/conversations/${conversation?.id}/messages`;
  const { body: waiting } = await workspace.server.call<Message>('POST', path, { type: 'text', text: 'Um momento' });
  const sentBefore = graph.sent.length;
  await undo.pop()?.();
  await first.close();
  expect(await run('db new-epoch', env)).toContain('has a new epoch');
  const second = await startGateway(options);
  undo.push(() => second.close());
  const server = callerAt(requestTo(second.url), workspace.server.token);
  expect((await greeting(requestTo(second.url), server, cursor)).resumed).toBe(false);
  expect((await server.call<Message>('GET', `${path}/${waiting.id}`)).body.status).toBe('unconfirmed');
  expect(graph.sent.slice(sentBefore).filter(({ text }) => text === 'Um momento')).toEqual([]);
});
