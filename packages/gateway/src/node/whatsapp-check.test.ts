import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pretendAppId, pretendNumber } from '../testbed/pretend-number.ts';
import { listen } from './listen.ts';
import { main } from './main.ts';
import { startGateway } from './start-gateway.ts';

const number = {
  phoneNumberId: '10900000007001',
  businessAccountId: '10800000007000',
  appId: pretendAppId,
  accessToken: 'EAAB-o-token-das-vendas-1111',
  appSecrets: ['segredo-do-app-das-vendas-2222'],
  verifyToken: 'verifique-as-vendas-3333',
};
const environment = {
  WHATSAPP_ACCESS_TOKEN: number.accessToken,
  WHATSAPP_PHONE_NUMBER_ID: number.phoneNumberId,
  WHATSAPP_BUSINESS_ACCOUNT_ID: number.businessAccountId,
  WHATSAPP_APP_ID: number.appId,
  WHATSAPP_APP_SECRET: number.appSecrets.join(','),
  WHATSAPP_VERIFY_TOKEN: number.verifyToken,
};

let folder: string;
let undo: (() => Promise<unknown>)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-check-'));
  undo = [() => rm(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
});

async function run(line: string, env: Readonly<Record<string, string>> = {}) {
  const lines: string[] = [];
  const code = await main(line.split(' '), {
    env: { PROSA_DATA_DIR: folder, ...env },
    print: (text) => lines.push(text),
    note: (text) => lines.push(text),
    stop: new AbortController().signal,
  });
  return { code, said: lines.join('\n') };
}

/** A gateway that runs, and a Meta that says whatever `pretendNumber` does. */
async function openBoth() {
  const callback = { url: 'http://127.0.0.1:9' };
  const reached = { fetch: (request: Request) => meta.fetch(request) };
  const graph = await listen((request) => reached.fetch(request), { host: '127.0.0.1', port: 0 });
  undo.push(() => graph.close({ deadlineMs: 0 }));
  const whatsapp = { ...number, baseUrl: graph.url, graphVersion: 'v25.0' };
  const running = await startGateway({ dataDir: folder, whatsapp });
  undo.push(() => running.close());
  callback.url = running.publicUrl;
  const meta = pretendNumber({ ...number, graphUrl: graph.url, gatewayUrl: callback.url });
  return { meta, env: { WHATSAPP_BASE_URL: graph.url, PROSA_PUBLIC_URL: running.publicUrl } };
}

it('says that there is nothing to check, and how to change that', async () => {
  const { code, said } = await run('whatsapp check');
  expect([code, said]).toEqual([1, expect.stringContaining('prosa-gateway channel create')]);
  expect((await run('whatsapp')).code).toBe(2);
  expect((await run('whatsapp check --lang fr', environment)).said).toBe('Set --lang to one of en, pt-BR, es.');
});

it('checks what is in the environment before there is a database, and says what to fix', async () => {
  const env = { ...environment, WHATSAPP_BASE_URL: 'http://127.0.0.1:9', PROSA_PUBLIC_URL: 'http://127.0.0.1:9' };
  const { code, said } = await run('whatsapp check', env);
  expect(code).toBe(1);
  expect(said).toMatch(
    /^The number of the environment \(phone number id 10900000007001\)\n {2}FIX {3}Meta did not answer/,
  );
  expect(said).toContain('See that this server reaches http://127.0.0.1:9.');
  expect(said).toMatch(
    /FIX {3}The public address did not answer.*127\.0\.0\.1:9\/webhooks\/whatsapp.*\(fetch failed: .+\)/,
  );
  expect(said).toMatch(/2 things to fix\.$/);
  expect(said).not.toMatch(/EAAB|segredo-do|verifique-as/);
});

it('checks the numbers of a gateway that runs, through its public address, in the language that is asked for', async () => {
  const { meta, env } = await openBoth();
  const well = await run('whatsapp check', env);
  expect(well.said).toContain('ok    A signed webhook arrives whole through the public address.');
  expect(well.said).not.toMatch(/FIX|look/);
  expect(well.code).toBe(0);

  meta.become({ appSecret: 'o-segredo-de-outro-app', expiresAt: 1_900_000_000 });
  const ill = await run('whatsapp check --lang pt-BR', env);
  expect(ill.code).toBe(1);
  expect(ill.said).toContain('FIX   O segredo não é o do app que gerou o token');
  expect(ill.said).toContain('look  O token tem data para expirar.');
  expect((await run('whatsapp check --channel chn_nobody', env)).said).toContain('no WhatsApp number with the id');
});

it('says which address it took for the public one when it was told none', async () => {
  const { env } = await openBoth();
  const { said } = await run('whatsapp check', { WHATSAPP_BASE_URL: env.WHATSAPP_BASE_URL, PORT: '9' });
  expect(said).toMatch(
    /^PROSA_PUBLIC_URL is not set here: http:\/\/127\.0\.0\.1:9 is tried\. Run this with the variables of the gateway\.\n/,
  );
  expect((await run('whatsapp check', env)).said).not.toContain('PROSA_PUBLIC_URL is not set');
});

it('gives a number new secrets from the environment', async () => {
  const { meta, env } = await openBoth();
  const id = /chn_\w+/.exec((await run('channel list')).said)?.[0] ?? '';
  expect((await run(`channel update ${id} --secrets`)).said).toContain('Set the WHATSAPP_… variables');
  const secret = 'segredo-novo-do-app-das-vendas';
  await run(`channel update ${id} --secrets --name Vendas`, { ...environment, WHATSAPP_APP_SECRET: secret });
  meta.become({ appSecret: secret });
  expect((await run(`whatsapp check --channel ${id}`, env)).said).toMatch(/^Vendas[^]*The secret is that of the app/);
});

it('checks the others, too, when the secrets of one number cannot be read', async () => {
  const { env } = await openBoth();
  const other = { ...environment, WHATSAPP_PHONE_NUMBER_ID: '10900000007002', PROSA_SECRET_KEY: 'k'.repeat(40) };
  expect((await run('channel create --name Cobranças', other)).code).toBe(0);
  const { code, said } = await run('whatsapp check', env);
  expect(code).toBe(1);
  expect(said).toContain('ok    A signed webhook arrives whole through the public address.');
  expect(said).toMatch(/Cobranças \(phone number id 10900000007002\)\n {2}FIX {3}.*secret-key/);
  expect(said).toMatch(/One thing to fix\.$/);
});
