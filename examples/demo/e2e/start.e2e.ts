import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const start = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'start.ts');
const dataDir = mkdtempSync(join(tmpdir(), 'prosa-start-'));
const running = new Map<ChildProcess, Promise<unknown>>();

afterAll(async () => {
  for (const child of running.keys()) child.kill('SIGKILL');
  await Promise.all(running.values());
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 });
});

interface Started {
  readonly child: ChildProcess;
  readonly pageUrl: string;
  readonly gatewayUrl: string;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

/** Runs what `npm start` runs, until it prints its addresses. */
async function run(...args: readonly string[]): Promise<Started> {
  const child = spawn(
    process.execPath,
    ['--conditions=@prosa/source', start, '--no-open', '--data', dataDir, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  running.set(child, exited);
  await expect.poll(() => output, { timeout: 60_000 }).toMatch(/Ctrl-C|já está no ar/);
  const [pageUrl = ''] = /http:\/\/[\d.]+:\d+/.exec(output) ?? [];
  const gatewayUrl = /(http:\/\/[\d.]+:\d+)\/openapi\.json/.exec(output)?.[1] ?? '';
  return { child, pageUrl, gatewayUrl, output: () => output, exited };
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** As the agent that the CRM has logged in. */
async function get({ pageUrl, gatewayUrl }: Started, path: string): Promise<unknown> {
  const session = await fetch(`${pageUrl}/crm/session?agent=ana`, { method: 'POST' });
  const { token } = (await session.json()) as { token: string };
  const response = await fetch(`${gatewayUrl}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return await response.json();
}

async function waiting(demo: Started): Promise<number> {
  return ((await get(demo, '/v1/conversations/counts')) as { waiting: number }).waiting;
}

/** What Meta said of each template. */
async function verdicts(demo: Started): Promise<readonly string[]> {
  const { data } = (await get(demo, '/v1/hsm')) as { data: { status: string; reason: string | null }[] };
  return data.map(({ status, reason }) => reason ?? status);
}

it('starts, starts again at the same addresses after everything was killed, and stops at once', async () => {
  const first = await run();
  expect(await waiting(first)).toBe(4);
  await expect.poll(() => verdicts(first), { timeout: 20_000 }).toEqual(['approved', 'approved']);
  first.child.kill('SIGKILL');
  await first.exited;

  const second = await run();
  expect(second.pageUrl).toBe(first.pageUrl);
  expect(second.gatewayUrl).toBe(first.gatewayUrl);
  expect(await waiting(second)).toBe(4);

  const third = await run();
  expect(third.output()).toContain(`A demo já está no ar em ${second.pageUrl}`);
  expect(await third.exited).toBe(1);

  const stoppedAt = Date.now();
  second.child.kill('SIGINT');
  expect(await second.exited).toBe(0);
  expect(Date.now() - stoppedAt).toBeLessThan(2500);
  expect(await answers(`${second.gatewayUrl}/health`)).toBe(false);
});

it('gives no token to a page of another site, and its pages the policy that they promise', async () => {
  const demo = await run();
  const foreign = await fetch(`${demo.pageUrl}/crm/session?agent=ana`, {
    method: 'POST',
    headers: { Origin: 'https://elsewhere.example' },
  });
  expect(foreign.status).toBe(403);
  for (const path of ['/', '/crm', '/phone', '/nothing', '/scripts/crm.js']) {
    const response = await fetch(demo.pageUrl + path);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'self'; connect-src 'self' ${demo.gatewayUrl};`);
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
  demo.child.kill('SIGTERM');
  expect(await demo.exited).toBe(0);
});
