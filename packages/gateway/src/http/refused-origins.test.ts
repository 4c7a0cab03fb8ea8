import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWebchatChannel } from '../admin/webchat-channels.ts';
import { hour } from '../clock.ts';
import type { LogFields } from '../log.ts';
import { openDesk, testOrigin, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { openEngine, type OpenDatabase } from '../testbed/engines.ts';

let opened: OpenDatabase;
let desk: TestDesk;
let ours: TestWorkspace;
let lines: { readonly level: string; readonly message: string; readonly fields: LogFields | undefined }[];

beforeEach(async () => {
  lines = [];
  opened = await openEngine('sqlite');
  desk = openDesk(opened.database, { log: (level, message, fields) => lines.push({ level, message, fields }) });
  ours = await desk.workspace('Loja');
});

afterEach(() => opened.close());

const preflight = (origin: string, path = '/v1/agents/me') =>
  desk.request(path, { method: 'OPTIONS', headers: { origin } });
const allows = () => lines.map(({ fields }) => fields?.['allow']);

it('tells which page was turned away and how to let it in, once', async () => {
  for (let i = 0; i < 3; i++) await preflight('http://localhost:5173');
  expect(lines).toEqual([
    {
      level: 'warn',
      message: 'refused a page',
      fields: { origin: 'http://localhost:5173', allow: 'prosa-gateway origin add http://localhost:5173' },
    },
  ]);
});

it('tells it again after an hour: it may have been overlooked', async () => {
  await preflight('http://localhost:5173');
  desk.clock.advance(hour);
  await preflight('http://localhost:5173');
  expect(lines).toHaveLength(2);
});

it('names the webchat where a visitor’s page is turned away', async () => {
  const { key } = await createWebchatChannel({ db: opened.database, clock: desk.clock }, ours.id, {
    settings: { origins: ['https://www.example.com'] },
  });
  await preflight('https://example.com', '/v1/webchat/config');
  // Of a page that some list has: the preflight lets it through, the webchat does not.
  await desk.request(`/v1/webchat/config?key=${key}`, { headers: { origin: testOrigin } });
  const command = 'prosa-gateway channel update <id> --origin <those it has> --origin';
  expect(allows()).toEqual([`${command} https://example.com`, `${command} ${testOrigin}`]);
});

it('names the page of an agent that only another workspace lists', async () => {
  const theirs = await desk.workspace('Outra');
  const { token } = await theirs.agent('bia');
  await opened.database.transaction((tx) =>
    tx.deleteFrom('allowedOrigins').where('workspaceId', '=', theirs.id).execute(),
  );
  await desk.request('/v1/agents/me', { headers: { authorization: `Bearer ${token}`, origin: testOrigin } });
  expect(allows()).toEqual([`prosa-gateway origin add ${testOrigin}`]);
});

it('says that a file has no origin', async () => {
  await preflight('null');
  expect(allows()).toEqual(['a file has no origin, serve the page over HTTP']);
});

it.each(['https://x.example;reboot', 'https://$(reboot).example', 'ftp://x.example', 'x', 'https://a b'])(
  'keeps "%s" out of the log: somebody might paste it',
  async (origin) => {
    expect((await preflight(origin)).status).toBe(403);
    expect(lines).toEqual([]);
  },
);

it('is not flooded by strangers', async () => {
  for (let i = 0; i < 150; i++) await preflight(`https://p${i}.example`);
  expect(lines).toHaveLength(100);
});

it('says nothing of pages that are listed, and of servers', async () => {
  await preflight(testOrigin);
  await ours.server.call('GET', '/v1/queues');
  expect(lines).toEqual([]);
});
