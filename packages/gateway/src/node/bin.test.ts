import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('./bin.ts', import.meta.url));

let folder: string;
let children: ChildProcessWithoutNullStreams[];

beforeEach(async () => {
  children = [];
  folder = await mkdtemp(join(tmpdir(), 'prosa-bin-'));
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--conditions=@prosa/source', bin, ...args], {
    env: { PATH: process.env['PATH'], PROSA_DATA_DIR: folder, PORT: '0', ...env },
  });
  children.push(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

async function startGateway() {
  const gateway = start([]);
  while (!gateway.output.out.includes('WhatsApp')) {
    const ended = await Promise.race([once(gateway.child.stdout, 'data').then(() => null), gateway.ended]);
    if (ended) throw new Error(ended.err);
  }
  return { ...gateway, url: /http:\/\/127\.0\.0\.1:\d+/.exec(gateway.output.out)?.[0] ?? '' };
}

it('prints its help and nothing else', async () => {
  const { code, out, err } = await start(['--help']).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('prosa-gateway token <user id>');
});

it('ends with 1 and one sentence when a setting is wrong', async () => {
  expect(await start([], { PROSA_AUTH_SECRET: 'short' }).ended).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^Set PROSA_AUTH_SECRET .*\n$/) as string,
  });
});

it('serves, lets an agent in, and ends with 0 on SIGTERM although a stream is open', async () => {
  const { child, url, ended } = await startGateway();
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const { out: token } = await start(['token', 'ana', '--name', 'Ana']).ended;
  const headers = { authorization: `Bearer ${token.trim()}` };
  const me = await fetch(`${url}/v1/agents/me`, { headers });
  expect(await me.json()).toMatchObject({ externalId: 'ana', name: 'Ana' });
  const stream = await fetch(`${url}/v1/events`, { headers: { ...headers, accept: 'text/event-stream' } });
  expect(stream.status).toBe(200);
  const body = stream.text().catch(() => '');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, err: expect.stringContaining('stopped') as string });
  await body;
});

it('takes over the data of a gateway that was killed, and refuses that of a living one', async () => {
  const first = await startGateway();
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await startGateway();
  const third = await start([]).ended;
  expect(third.code).toBe(1);
  expect(third.err).toContain(`the gateway with process id ${second.child.pid} uses it`);
  second.child.kill('SIGINT');
  expect((await second.ended).code).toBe(0);
});

it('says which port is taken', async () => {
  const { url } = await startGateway();
  const { code, err } = await start([], { PORT: new URL(url).port, PROSA_DATA_DIR: join(folder, 'other') }).ended;
  expect(code).toBe(1);
  expect(err).toMatch(/Set PORT to another one: \d+ on 127\.0\.0\.1 is taken\.\n$/);
});
