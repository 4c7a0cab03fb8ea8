import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signAgentToken } from '../admin/agent-token.ts';
import { listSigningKeys } from '../admin/signing-keys.ts';
import { createWebchatChannel } from '../admin/webchat-channels.ts';
import type { Log } from '../log.ts';
import { freshPostgres } from '../testbed/engines.ts';
import { startGateway, type RunningGateway } from './start-gateway.ts';

let dataDir: string;
let running: RunningGateway[];

beforeEach(async () => {
  running = [];
  dataDir = await mkdtemp(join(tmpdir(), 'prosa-start-'));
});

afterEach(async () => {
  await Promise.all(running.map((gateway) => gateway.close()));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startGateway>[0]> = {}): Promise<RunningGateway> {
  const gateway = await startGateway({ dataDir, ...options });
  running.push(gateway);
  return gateway;
}

it('serves on a free port of loopback, with a key to sign with', async () => {
  const { url, publicUrl, agentKey } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(publicUrl).toBe(url);
  const { kid, secret } = agentKey;
  const token = await signAgentToken({ kid, secret, sub: 'ana', name: 'Ana', expiresInSeconds: 60 });
  const answer = await fetch(`${url}/v1/agents/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(await answer.json()).toMatchObject({ name: 'Ana' });
});

it('stops listening and lets the data go when it is closed', async () => {
  const first = await start();
  await fetch(`${first.url}/health`);
  await Promise.all([first.close(), first.close()]);
  await expect(fetch(`${first.url}/health`)).rejects.toThrow();
  const second = await start();
  expect(second.agentKey).toEqual(first.agentKey);
  expect(second.workspace).toEqual(first.workspace);
});

it('leaves nothing open when it cannot start', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(start({ port })).rejects.toThrow(`Set PORT to another one: ${port}`);
  taken.close();
  await start();
});

it('shares one database, workspace and key with other gateways on PostgreSQL', async () => {
  const databaseUrl = await freshPostgres();
  const [first, second] = [
    await start({ databaseUrl, dataDir: join(dataDir, 'a') }),
    await start({ databaseUrl, dataDir: join(dataDir, 'b') }),
  ];
  expect(second.workspace).toEqual(first.workspace);
  expect(second.agentKey).toMatchObject({ kid: first.agentKey.kid, secret: first.agentKey.secret, path: null });
  const scope = { db: first.database };
  expect(await listSigningKeys(scope, first.workspace.id)).toHaveLength(1);
});

it('warns of a PostgreSQL that acknowledges what it has not synced', async () => {
  const databaseUrl = await freshPostgres();
  const warned: string[] = [];
  const log: Log = (level, message, fields) => {
    if (level === 'warn') warned.push(`${message}: ${String(fields?.['name'])}`);
  };
  const first = await start({ databaseUrl, log });
  expect(warned).toEqual([]);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(first.database.read);
  await sql.raw(`alter database ${rows[0]?.name} set synchronous_commit = off`).execute(first.database.read);
  await start({ databaseUrl, log });
  expect(warned).toEqual([
    'PostgreSQL may lose in a power cut what it says is stored; switch the setting on: synchronous_commit',
  ]);
});

it('believes X-Forwarded-For of a proxy that is named, and of nobody else', async () => {
  const lines: string[] = [];
  const log = (_level: string, message: string) => void lines.push(message);
  const begin = async ({ url, key }: { url: string; key: string }, forwardedFor?: string) => {
    const response = await fetch(`${url}/v1/webchat/sessions`, {
      method: 'POST',
      headers: {
        origin: 'https://loja.test',
        'content-type': 'application/json',
        ...(forwardedFor !== undefined && { 'x-forwarded-for': forwardedFor }),
      },
      body: JSON.stringify({ key }),
    });
    return response.status;
  };
  const open = async (options: Parameters<typeof start>[0], folder: string) => {
    const { url, database, workspace } = await start({ ...options, dataDir: join(dataDir, folder), log });
    const scope = { db: database, clock: Date };
    const { key } = await createWebchatChannel(scope, workspace.id, { settings: { origins: ['https://loja.test'] } });
    return { url, key };
  };
  const warnings = () => lines.filter((line) => line.includes('PROSA_TRUSTED_PROXIES'));

  const bare = await open({ sessionsPerAddress: 2 }, 'bare');
  expect([await begin(bare), await begin(bare, '198.51.100.1')]).toEqual([200, 200]);
  expect([await begin(bare, '198.51.100.2'), await begin(bare, '198.51.100.3')]).toEqual([429, 429]);
  expect(warnings()).toHaveLength(1);

  const behindProxy = await open({ sessionsPerAddress: 2, trustedProxies: ['loopback'] }, 'proxied');
  expect([await begin(behindProxy, '198.51.100.1'), await begin(behindProxy, '198.51.100.1')]).toEqual([200, 200]);
  // What the caller wrote stands before what the proxy added.
  expect(await begin(behindProxy, '198.51.100.9, 198.51.100.1')).toBe(429);
  expect(await begin(behindProxy, '198.51.100.1, 198.51.100.2')).toBe(200);
  expect(warnings()).toHaveLength(1);
});

const whatsapp = {
  phoneNumberId: '10900000007001',
  businessAccountId: '10800000007000',
  accessToken: 'EAAB-o-token-das-vendas',
  appSecrets: ['segredo-do-app-das-vendas'],
  verifyToken: 'verifique-as-vendas',
  baseUrl: 'http://127.0.0.1:9',
  graphVersion: 'v25.0',
};

it('keeps the secrets of channels encrypted, with a key that only its owner reads', async () => {
  const first = await start({ whatsapp });
  await first.close();
  const { mode } = await stat(join(dataDir, 'secret-key'));
  expect(mode & 0o777).toBe(0o600);
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith('prosa.db')) continue;
    const bytes = await readFile(join(dataDir, name), 'latin1');
    expect(bytes).not.toMatch(/EAAB-o-token|segredo-do-app|verifique-as/);
  }
  // Nothing is different: no new version of the settings, no message that is tried again for it.
  const second = await start({ whatsapp });
  const row = await second.database.read.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
  expect([row.version, row.config]).toEqual([1, expect.stringContaining('sealed1:')]);
});

it('takes a new key while the former one is at hand, and without it says what to do and starts nothing', async () => {
  const [old, young] = ['o'.repeat(32), 'y'.repeat(32)];
  await (await start({ whatsapp, secretKeys: [old] })).close();
  await expect(start({ secretKeys: [young] })).rejects.toThrow(/Set PROSA_SECRET_KEY as it was[^]*channel update/);
  await expect(start({ whatsapp, secretKeys: [young] })).rejects.toThrow('PROSA_SECRET_KEY');
  await (await start({ secretKeys: [young, old] })).close();
  await (await start({ secretKeys: [young] })).close();
  await expect(start({ secretKeys: [old] })).rejects.toThrow('PROSA_SECRET_KEY');
});

it('opens what the key of the data folder sealed when keys are given later', async () => {
  await (await start({ whatsapp })).close();
  await (await start({ secretKeys: ['n'.repeat(32)] })).close();
  await rm(join(dataDir, 'secret-key'));
  await start({ secretKeys: ['n'.repeat(32)] });
});
