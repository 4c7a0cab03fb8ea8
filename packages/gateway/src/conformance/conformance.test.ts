import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatReport, runConformance, signedTokens, type ConformanceReport } from '@prosa/gateway/conformance';
import { createTestGateway } from '@prosa/gateway/testing';
import { describe, expect, it } from 'vitest';
import { createWebchatChannel } from '../admin/webchat-channels.ts';
import { startGateway } from '../node/start-gateway.ts';
import { freshPostgres } from '../testbed/engines.ts';

const origin = 'https://loja.test';

function expectAll(report: ConformanceReport, skipped: readonly string[] = []): void {
  expect(report.failed, formatReport(report)).toBe(0);
  expect(report.results.filter(({ outcome }) => outcome === 'skipped').map(({ id }) => id)).toEqual(skipped);
}

async function overHttp(databaseUrl: string | null, without: readonly string[]): Promise<ConformanceReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'prosa-conformance-'));
  const { url, agentKey, database, workspace, close } = await startGateway({ dataDir, databaseUrl });
  try {
    const { key } = await createWebchatChannel({ db: database, clock: Date }, workspace.id, {
      settings: { origins: [origin] },
    });
    return await runConformance({ url, tokens: signedTokens(agentKey), webchat: { key, origin }, without });
  } finally {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

// A silence takes as long as it takes: it is waited for once, while the others run.
describe.concurrent('the gateway does what the contract says', { timeout: 60_000 }, () => {
  it('on SQLite', async () => {
    expectAll(await overHttp(null, []));
  });

  it('on PostgreSQL', async () => {
    expectAll(await overHttp(await freshPostgres(), ['events.heartbeat']), ['events.heartbeat']);
  });
});
