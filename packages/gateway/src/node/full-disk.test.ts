import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation, Message, Page, Problem } from '@prosa/core/contract';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApiKey } from '../admin/api-keys.ts';
import { systemClock } from '../clock.ts';
import { callerAt, openDesk, type Caller } from '../testbed/desk.ts';
import { pngFile } from '../testbed/files.ts';
import { startProcess, type GatewayProcess } from '../testbed/gateway-process.ts';
import { envelopeOf, postWebhook, textMessage } from '../testbed/webhooks.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { startGateway, type RunningGateway } from './start-gateway.ts';

let dataDir: string;
let running: RunningGateway | null;
let child: GatewayProcess | null;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'prosa-full-'));
  running = null;
  child = null;
});

afterEach(async () => {
  await running?.close();
  await child?.kill();
  await rm(dataDir, { recursive: true, force: true });
});

const mebibyte = 1024 * 1024;
const marina = '558399142210';
/** Long enough that a few of them fill every page that is half empty. */
const wordy = (text: string) => `${text} ${'bem '.repeat(900)}`;

function upload(request: GatewayProcess['request'], { token }: Caller, fileName: string, file: Blob) {
  return request(`/v1/attachments?fileName=${fileName}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
    body: file,
  });
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

it('answers 503 while the database has no space, goes on reading, and writes again when there is some', async () => {
  running = await startGateway({ dataDir });
  const { database, url } = running;
  const request = (path: string, init?: RequestInit) => fetch(url + path, init);
  // Numbers and people are made by a desk beside it; everything else goes over HTTP.
  const desk = openDesk(database);
  const workspace = await desk.workspace('Cacau');
  const server = callerAt(request, workspace.server.token);
  const says = (id: string, from = marina) =>
    postWebhook({ request }, envelopeOf(workspace, { messages: [textMessage(id, wordy(id), from)] }), { workspace });
  const conversations = () => server.call<Page<Conversation>>('GET', '/v1/conversations');
  const textsOf = async ({ id }: Conversation) => {
    const { body } = await server.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?limit=100`);
    return body.data.flatMap(({ content }) => {
      const [first, ...more] = content.type === 'text' ? content.text.split(' ') : [];
      // The gateway itself says something, too.
      return more.includes('bem') ? [first] : [];
    });
  };
  const maximum = (pages: number) =>
    database.transaction((tx) => sql.raw(`PRAGMA max_page_count = ${pages}`).execute(tx));

  expect((await says('first')).status).toBe(200);
  await expect.poll(async () => (await conversations()).body.data.length).toBe(1);

  // Never below what it has: from here on it cannot grow.
  await maximum(1);
  const taken = ['first'];
  const refused: string[] = [];
  for (let number = 0; refused.length < 3 && number < 200; number++) {
    const id = `wamid.${number}`;
    const answer = await says(id);
    expect([200, 503]).toContain(answer.status);
    if (answer.status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    (answer.status === 200 ? taken : refused).push(id);
  }
  expect(refused).toHaveLength(3);
  const [conversation] = (await conversations()).body.data;
  if (!conversation) throw new Error('the conversation is gone');
  const message = { type: 'text', text: wordy('answer'), clientId: 'client-1' };
  const key = { 'idempotency-key': 'answer-1' };
  const path = `/v1/conversations/${conversation.id}/messages`;
  const answer = await server.call<Problem>('POST', path, message, key);
  expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  const file = await upload(request, server, 'foto.png', pngFile());
  if (file.status !== 200) expect(file.status).toBe(503);
  const files = file.status === 200 ? 1 : 0;
  expect(await filesIn(join(dataDir, 'media'))).toHaveLength(files);
  expect(await textsOf(conversation)).toContain('first');
  expect((await request('/ready')).status).toBe(200);

  await maximum(1_000_000);
  for (const id of refused) expect((await says(id)).status).toBe(200);
  expect((await server.call('POST', path, message, key)).status).toBe(200);
  expect((await server.call('POST', path, message, key)).status).toBe(200);
  // What was taken before the disk was full and could not be worked on is worked on now.
  await expect
    .poll(async () => (await textsOf(conversation)).sort(), { timeout: 20_000 })
    .toEqual([...taken, ...refused, 'answer'].sort());
  const { rows } = await sql`PRAGMA integrity_check`.execute(database.read);
  expect(rows).toEqual([{ integrityCheck: 'ok' }]);
}, 180_000);

it('answers 503 to a file that the disk has no space for, keeps no part of it, and takes the next', async () => {
  const env = { PROSA_DATA_DIR: dataDir };
  child = await startProcess(env, { largestFile: 8 * mebibyte });
  const database = await openSqlite({ path: join(dataDir, 'prosa.db'), lock: 'none' });
  const { id } = await database.read.selectFrom('workspaces').select('id').executeTakeFirstOrThrow();
  const { key } = await createApiKey({ db: database, clock: systemClock }, id, { name: 'Loja' });
  const server = callerAt(child.request, key);
  const large = new Blob(['%PDF-1.4\n', new Uint8Array(20 * mebibyte)]);

  const refused = await upload(child.request, server, 'contrato.pdf', large);
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'unavailable' });
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await filesIn(join(dataDir, 'media'))).toEqual([]);
  expect(await database.read.selectFrom('attachments').select('id').execute()).toEqual([]);

  expect((await server.call('GET', '/v1/conversations')).status).toBe(200);
  expect((await upload(child.request, server, 'foto.png', pngFile())).status).toBe(200);
  expect(await filesIn(join(dataDir, 'media'))).toHaveLength(1);
  await database.close();
}, 180_000);
