import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signAgentToken } from '../admin/agent-token.ts';
import { createWebchatChannel } from '../admin/webchat-channels.ts';
import type { ConformanceReport } from '../conformance/index.ts';
import { main } from './main.ts';
import { startGateway, type RunningGateway } from './start-gateway.ts';

const origin = 'https://loja.test';

let dataDir: string;
let running: RunningGateway;
let webchatKey: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'prosa-conformance-'));
  running = await startGateway({ dataDir });
  const scope = { db: running.database, clock: Date };
  ({ key: webchatKey } = await createWebchatChannel(scope, running.workspace.id, { settings: { origins: [origin] } }));
});
afterAll(async () => {
  await running.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const printed: string[] = [];
  const noted: string[] = [];
  const code = await main(['conformance', ...args], {
    env,
    print: (text) => printed.push(text),
    note: (text) => noted.push(text),
    stop: AbortSignal.abort(),
  });
  return { code, out: printed.join('\n'), notes: noted.join('\n') };
}

const signing = () => ['--url', running.url, '--kid', running.agentKey.kid];
const secret = () => ({ PROSA_AUTH_SECRET: running.agentKey.secret });

describe('prosa-gateway conformance', () => {
  it('says what a backend does as the contract says', async () => {
    const webchat = ['--webchat-key', webchatKey, '--origin', origin];
    const only = ['--only', 'auth.expired, conversations.race'];
    const { code, out } = await run([...signing(), ...webchat, ...only], secret());
    expect(code).toBe(0);
    expect(out).toContain(`Conformance of ${running.url}`);
    expect(out).toMatch(/✓ auth\.expired .*\n.*\n?/);
    expect(out).toContain('✓ conversations.race');
    expect(out).toContain('5 passed · 0 failed · 0 skipped');
  });

  it('skips what cannot be tried, and says why, for machines too', async () => {
    const token = await signAgentToken({ ...running.agentKey, sub: 'ana', name: 'Ana', expiresInSeconds: 600 });
    const { code, out } = await run([
      ...['--url', `${running.url}/`, '--token', token, '--json'],
      ...['--only', 'auth,conversations.race,pages', '--without', 'pages.walk'],
    ]);
    const report = JSON.parse(out) as ConformanceReport;
    const reasons = report.results.flatMap(({ id, reason }) => (reason === undefined ? [] : [[id, reason]]));
    expect(code).toBe(0);
    expect(reasons).toEqual([
      ['auth.expired', 'needs the key that signs tokens'],
      ['auth.deactivated', 'needs the key that signs tokens'],
      ['pages.walk', 'without pages.walk'],
      ['conversations.race', 'needs a webchat, or another way to be the customer'],
    ]);
  });

  it('ends with 1 when something is not so, and shows what came', async () => {
    const { code, out, notes } = await run([...signing(), '--auth-secret', 'x'.repeat(32), '--only', 'auth.agent']);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ auth\.agent .*\n +expected {2}GET \/v1\/agents\/me → 200\n +got {7}401 .*unauthenticated/);
    expect(notes).toContain('1 of 4 behaviours are not what the contract says.');
    expect(notes).toContain('No token was accepted, which most behaviours need: look at --kid and its secret first.');
  });

  it('says in a sentence that nobody is there', async () => {
    const { code, notes } = await run(['--url', 'http://127.0.0.1:9', '--token', 'x.y.z']);
    expect([code, notes]).toEqual([1, expect.stringContaining('unable to reach http://127.0.0.1:9')]);
  });

  it.each([
    ['--kid k --auth-secret s', 'Give an address: --url'],
    ['--url ftp://example.com --token x', 'Give an address: --url'],
    ['--url http://127.0.0.1:9', 'Give --kid'],
    ['--url http://127.0.0.1:9 --kid k', 'Give --auth-secret, or set PROSA_AUTH_SECRET'],
    ['--url http://127.0.0.1:9 --token x --webchat-key wck_1', 'Give --webchat-key and --origin together'],
    ['--url http://127.0.0.1:9 --token x --customers here', 'Give an address: --customers'],
    ['--url http://127.0.0.1:9 --token x --only nonsense', '"nonsense" names no behaviour.'],
    ['--url http://127.0.0.1:9 --token x now', 'one word too many'],
  ])('explains itself: %s', async (line, words) => {
    const { code, notes } = await run(line.split(' '));
    expect([code, notes]).toEqual([2, expect.stringContaining(words)]);
    expect(notes).toContain('prosa-gateway conformance --url <backend>');
  });
});
