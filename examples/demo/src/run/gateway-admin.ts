import { addOrigin, createApiKey, listSigningKeys, listWorkspaces, type Database } from '@prosa/gateway';
import { openSqlite } from '@prosa/gateway/node';
import { join } from 'node:path';

export interface GatewayAccess {
  /** Names the signing key of the CRM's agents. */
  readonly kid: string;
  readonly apiKey: string;
}

const clock = { now: () => Date.now() };

/**
 * What whoever runs a gateway does once, by its command line: an API key for the CRM's server, and the CRM's pages on
 * the list of allowed origins. Done beside the running gateway.
 */
export async function prepareGateway(
  dataDir: string,
  { pageUrl, apiKey }: { readonly pageUrl: string; readonly apiKey: string | null },
): Promise<GatewayAccess> {
  return beside(dataDir, async (db) => {
    const [workspace] = await listWorkspaces({ db });
    if (!workspace) throw new Error('unable to prepare the gateway; it has no workspace');
    const keys = await listSigningKeys({ db }, workspace.id);
    const key = keys.find(({ audience, revokedAt }) => audience === 'agent' && revokedAt === null);
    if (!key) throw new Error('unable to prepare the gateway; it has no signing key for agents');
    await addOrigin({ db, clock }, workspace.id, pageUrl);
    return {
      kid: key.kid,
      apiKey: apiKey ?? (await createApiKey({ db, clock }, workspace.id, { name: 'Cacau CRM' })).key,
    };
  });
}

async function beside<Result>(dataDir: string, work: (db: Database) => Promise<Result>): Promise<Result> {
  const db = await openSqlite({ path: join(dataDir, 'prosa.db'), lock: 'none' });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
