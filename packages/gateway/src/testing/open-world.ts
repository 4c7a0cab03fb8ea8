import { createApiKey } from '../admin/api-keys.ts';
import { addOrigin } from '../admin/origins.ts';
import { createSigningKey } from '../admin/signing-keys.ts';
import { createWhatsAppChannel } from '../admin/whatsapp-channels.ts';
import { createWorkspace } from '../admin/workspaces.ts';
import { createGateway } from '../gateway.ts';
import { silentLog } from '../log.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import type { UnitScope } from '../store/unit.ts';
import { inProcessFetch } from './in-process-fetch.ts';
import { memoryMedia } from './memory-media.ts';
import { pretendGraph } from './pretend-graph.ts';
import { testCustomers } from './test-customers.ts';
import { movableClock } from './test-clock.ts';
import type { TestGatewayOptions } from './test-gateway.ts';
import { testTemplates } from './test-templates.ts';

const graphUrl = 'https://graph.test';

/** One gateway over an empty database that is its own, with a workspace and what is around it. */
export type World = Awaited<ReturnType<typeof openWorld>>;

export async function openWorld(
  database: Database,
  options: TestGatewayOptions & { readonly baseUrl: string; readonly origin: string },
) {
  const { baseUrl, origin, timeZone, log = silentLog, receipts = 'automatic' } = options;
  const clock = movableClock(options.now === undefined ? undefined : Number(options.now));
  const scope = { db: database, clock };
  await migrate(database, { clock });
  const { id: workspaceId } = await createWorkspace(scope, { name: 'Test', timeZone });
  const agentKey = await createSigningKey(scope, workspaceId);
  const visitorKey = await createSigningKey(scope, workspaceId, { audience: 'visitor' });
  const { key: apiKey } = await createApiKey(scope, workspaceId, { name: 'Test' });
  await addOrigin(scope, workspaceId, origin);
  const channel = await connectNumber(scope, workspaceId);
  const graph = pretendGraph(graphUrl, {
    onArrived: (...arrived) => customers.gets(...arrived, receipts === 'automatic' ? ['sent', 'delivered'] : ['sent']),
  });
  const customers = testCustomers(scope, channel, graph);
  const gateway = createGateway({ database, media: memoryMedia(), publicUrl: baseUrl, fetch: graph.fetch, clock, log });
  gateway.start();

  return {
    scope,
    clock,
    log,
    workspaceId,
    agentKey: { kid: agentKey.kid, secret: agentKey.secret ?? '' },
    visitorKey: { kid: visitorKey.kid, secret: visitorKey.secret ?? '' },
    apiKey,
    graph,
    customers,
    templates: testTemplates(scope, channel, graph),
    /** For what tests do with the gateway: no network is between. */
    fetch: inProcessFetch(gateway, { baseUrl, origin }),
    async close(): Promise<void> {
      await gateway.close();
      await database.close();
    },
  };
}

async function connectNumber(scope: UnitScope, workspaceId: string) {
  await createWhatsAppChannel(scope, workspaceId, {
    settings: {
      phoneNumberId: '109000000000001',
      businessAccountId: '108000000000001',
      appId: '990000000000001',
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
