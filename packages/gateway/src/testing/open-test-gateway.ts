import type { Agent } from '@prosa/core/contract';
import { signAgentToken } from '../admin/agent-token.ts';
import { createApiKey } from '../admin/api-keys.ts';
import { addOrigin } from '../admin/origins.ts';
import { createSigningKey } from '../admin/signing-keys.ts';
import { signVisitorToken } from '../admin/visitor-token.ts';
import { createWebchatChannel } from '../admin/webchat-channels.ts';
import { createWhatsAppChannel } from '../admin/whatsapp-channels.ts';
import { createWorkspace } from '../admin/workspaces.ts';
import { createGateway } from '../gateway.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import type { UnitScope } from '../store/unit.ts';
import { inProcessFetch } from './in-process-fetch.ts';
import { memoryMedia } from './memory-media.ts';
import { pretendGraph } from './pretend-graph.ts';
import { tapOn, testCustomers } from './test-customers.ts';
import { movableClock } from './test-clock.ts';
import type { TestGateway, TestGatewayOptions, TestTokenOptions } from './test-gateway.ts';

const graphUrl = 'https://graph.test';

/** Puts the gateway together over an empty database that is its own, and closes it in the end. */
export async function openTestGateway(database: Database, options: TestGatewayOptions): Promise<TestGateway> {
  const { baseUrl = 'http://gateway.test', origin = pageOrigin(), timeZone, log } = options;
  const clock = movableClock(options.now === undefined ? undefined : Number(options.now));
  const scope = { db: database, clock };
  await migrate(database, { clock });
  const { id: workspaceId } = await createWorkspace(scope, { name: 'Test', timeZone });
  const { kid, secret } = await createSigningKey(scope, workspaceId);
  const visitorKey = await createSigningKey(scope, workspaceId, { audience: 'visitor' });
  const { key: apiKey } = await createApiKey(scope, workspaceId, { name: 'Test' });
  await addOrigin(scope, workspaceId, origin);
  const customers = testCustomers(scope, await connectNumber(scope, workspaceId));
  const graph = pretendGraph(graphUrl, { onArrived: customers.gets });
  const gateway = createGateway({ database, media: memoryMedia(), publicUrl: baseUrl, fetch: graph.fetch, clock, log });
  const fetchInProcess = inProcessFetch(gateway, { baseUrl, origin });
  gateway.start();
  let closed: Promise<void> | null = null;

  async function agentToken({ name, externalId = name, expiresInSeconds = 3600, ...rest }: TestTokenOptions) {
    const now = clock.now();
    return await signAgentToken({ kid, secret: secret ?? '', sub: externalId, name, expiresInSeconds, now, ...rest });
  }

  return {
    baseUrl,
    fetch: fetchInProcess,
    apiKey,
    phoneMessages: graph.arrived,
    agentToken,
    async createAgent(agent) {
      const token = () => agentToken(agent);
      // The first request of an agent makes them known.
      const response = await fetchInProcess(`${baseUrl}/v1/agents/me`, {
        headers: { authorization: `Bearer ${await token()}` },
      });
      if (!response.ok) throw new Error(`unable to create the agent; ${await response.text()}`);
      return { ...((await response.json()) as Agent), token };
    },
    async createWebchat(settings = {}) {
      const webchat = await createWebchatChannel(scope, workspaceId, { settings: { origins: [origin], ...settings } });
      return webchat.key;
    },
    visitorToken: ({ externalId: sub, expiresInSeconds = 3600, ...claims }) =>
      signVisitorToken({
        kid: visitorKey.kid,
        secret: visitorKey.secret ?? '',
        sub,
        expiresInSeconds,
        now: clock.now(),
        ...claims,
      }),
    customerSays: (text, customer) => customers.sends({ type: 'text', text }, customer),
    async customerTaps(title, customer) {
      await customers.sends(tapOn(title, customer, graph.arrived), customer);
    },
    customerReads: (customer) => customers.reads(customer),
    refuseNextMessage: (refusal) => {
      graph.refuseNext(refusal);
    },
    delivered: () => untilDelivered(scope),
    advance: (ms) => {
      clock.advance(ms);
    },
    close: () => (closed ??= gateway.close().then(() => database.close())),
  };
}

/** Where the page is. Files and sandboxed frames have no origin that could be listed. */
function pageOrigin(): string {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return location?.origin.startsWith('http') ? location.origin : 'http://crm.test';
}

async function connectNumber(scope: UnitScope, workspaceId: string) {
  await createWhatsAppChannel(scope, workspaceId, {
    settings: {
      phoneNumberId: '109000000000001',
      businessAccountId: '108000000000001',
      accessToken: 'test-token',
      appSecrets: ['test-app-secret'],
      verifyToken: 'test-verify-token',
      baseUrl: graphUrl,
      graphVersion: 'v25.0',
    },
  });
  return await scope.db.read
    .selectFrom('channels')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
}

/** What has to wait for its next attempt is not waited for. */
async function untilDelivered({ db, clock }: UnitScope): Promise<void> {
  for (;;) {
    let wake = () => {};
    const finished = new Promise<void>((resolve) => (wake = resolve));
    // Before the look: what ends in between is heard of.
    const stopListening = db.onWake(({ topic }) => topic === 'jobs' && wake());
    try {
      const underWay = await db.read
        .selectFrom('jobs')
        .select('id')
        .where((eb) =>
          eb.or([
            eb('state', 'in', ['running', 'calling']),
            eb.and([eb('state', '=', 'queued'), eb('runAt', '<=', clock.now())]),
          ]),
        )
        .limit(1)
        .executeTakeFirst();
      if (!underWay) return;
      await finished;
    } finally {
      stopListening();
    }
  }
}
