import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  formatReport,
  givenTokens,
  runConformance,
  signedTokens,
  type ConformanceReport,
} from '@prosa/gateway/conformance';
import { createTestGateway } from '@prosa/gateway/testing';
import { describe, expect, it } from 'vitest';
import { createWebchatChannel } from '../admin/webchat-channels.ts';
import { templateOf } from '../channels/whatsapp/parse/template.ts';
import { takeTemplates } from '../commands/take-templates.ts';
import { startGateway } from '../node/start-gateway.ts';
import type { Database } from '../store/database.ts';
import { runUnit } from '../store/unit.ts';
import { freshPostgres } from '../testbed/engines.ts';

const origin = 'https://loja.test';

function expectAll(report: ConformanceReport, skipped: readonly string[] = []): void {
  expect(report.failed, formatReport(report)).toBe(0);
  expect(report.results.filter(({ outcome }) => outcome === 'skipped').map(({ id }) => id)).toEqual(skipped);
}

/** A number that nobody answers for: what the kit asks sends nothing. */
const number = {
  whatsapp: {
    phoneNumberId: '109000000002201',
    businessAccountId: '108000000002201',
    appId: '990000000002201',
    accessToken: 'token-of-the-kit',
    appSecrets: ['app-secret-of-the-kit'],
    verifyToken: 'verify-token-of-the-kit',
    baseUrl: 'http://127.0.0.1:9',
    graphVersion: 'v25.0',
  },
};
const greeting = { name: 'ola', category: 'UTILITY', language: 'pt_BR' } as const;
const words = { type: 'BODY', text: 'Olá! Podemos falar do seu pedido?' } as const;

/** As Meta's list would have it. */
async function approveTemplate(database: Database, workspaceId: string, channelId: string): Promise<void> {
  const template = templateOf({ ...greeting, id: '741200000001', status: 'APPROVED', components: [words] });
  if (!template) throw new Error('Meta would list no such template');
  const place = { channelId, askedAt: Date.now() };
  await runUnit({ db: database, clock: Date }, workspaceId, (unit) => takeTemplates(unit, [template], place));
}

async function overHttp(databaseUrl: string | null, without: readonly string[]): Promise<ConformanceReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'prosa-conformance-'));
  const { url, agentKey, database, workspace, whatsapp, close } = await startGateway({
    dataDir,
    databaseUrl,
    ...number,
  });
  try {
    if (whatsapp) await approveTemplate(database, workspace.id, whatsapp.id);
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
describe.concurrent('the gateway does what the contract says', { timeout: 180_000 }, () => {
  it('on SQLite', async () => {
    expectAll(await overHttp(null, []));
  });

  it('on PostgreSQL', async () => {
    expectAll(await overHttp(await freshPostgres(), ['events.heartbeat']), ['events.heartbeat']);
  });

  it('in memory, where somebody else plays the customers on WhatsApp', async () => {
    const gateway = await createTestGateway();
    const { baseUrl: url } = gateway;
    const ana = await gateway.createAgent({ name: 'Ana', role: 'administrator' });
    await ana.client().hsm.create({ ...greeting, components: [words] });
    await gateway.delivered();
    const driver = `${url}/customer`;
    const report = await runConformance({
      url,
      fetch: async (input, init) => {
        const asked = new Request(input, init);
        if (asked.url !== driver) return gateway.fetch(asked);
        const { customer, text } = (await asked.json()) as { readonly customer: string; readonly text: string };
        await gateway.customerSays(text, { name: customer });
        return new Response(null, { status: 202 });
      },
      tokens: {
        canSign: true,
        of: (name, { expiresInSeconds } = {}) => gateway.agentToken({ name, role: 'administrator', expiresInSeconds }),
      },
      customers: driver,
      without: ['events.heartbeat'],
    });
    await gateway.close();
    expectAll(report, [
      'events.heartbeat',
      'webchat.config',
      'webchat.origin',
      'webchat.conversation',
      'webchat.privacy',
      'webchat.strangers',
      'webchat.session',
    ]);
  });
});

describe('what cannot be tried', () => {
  it('is skipped, and what the backend leaves out too', async () => {
    const gateway = await createTestGateway();
    const report = await runConformance({
      url: gateway.baseUrl,
      fetch: async (input, init) => {
        const asked = new Request(input, init);
        const isLeftOut = /\/v1\/(tags|protocols)/.test(asked.url);
        return isLeftOut ? new Response(null, { status: 404 }) : gateway.fetch(asked);
      },
      tokens: givenTokens({ ana: await gateway.agentToken({ name: 'Ana', role: 'administrator' }) }),
      customers: {
        newCustomer: () =>
          Promise.resolve({
            says: async (text) => (await gateway.customerSays(text, { name: text })).id,
            leaves: () => Promise.resolve(false),
          }),
      },
      only: ['tags', 'protocols', 'conversations.race', 'auth.expired', 'conversations.accept'],
    });
    await gateway.close();
    expect(report.results.flatMap(({ id, outcome, reason }) => (reason ? [`${id}: ${reason}`] : [outcome]))).toEqual([
      'auth.expired: needs the key that signs tokens',
      'passed',
      'passed',
      'passed',
      'passed',
      'conversations.race: needs a token of a second agent',
      'tags.life: the backend does not offer tags',
      'protocols.find: the backend does not offer protocols',
    ]);
  });
});
