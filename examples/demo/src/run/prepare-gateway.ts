import {
  addOrigin,
  createApiKey,
  createDefaultWorkspace,
  createSigningKey,
  listSigningKeys,
  type Database,
} from '@prosa/gateway';
import { migrate, openSqlite } from '@prosa/gateway/node';
import { join } from 'node:path';
import type { SigningKey } from '../crm/sign-agent-token.ts';
import { business } from '../seed/people.ts';

export interface GatewayKeys {
  /** Signs the tokens of the CRM's agents. */
  readonly signing: SigningKey;
  /** Key of the CRM's server. */
  readonly apiKey: string;
}

/**
 * What whoever runs a gateway does once, with `prosa-gateway workspace | key | api-key | origin`: a workspace, keys for
 * the CRM, and the CRM's address on the list of pages that may call. Before the gateway starts, because nothing else
 * may hold its database then.
 */
export async function prepareGateway(
  dataDir: string,
  { pageUrl, keys }: { readonly pageUrl: string; readonly keys: GatewayKeys | null },
): Promise<GatewayKeys> {
  const db = await openWhenFree(join(dataDir, 'prosa.db'));
  try {
    await migrate(db);
    const scope = { db, clock: { now: () => Date.now() } };
    const workspace = await createDefaultWorkspace(scope, { name: business.verifiedName });
    await addOrigin(scope, workspace.id, pageUrl);
    if (keys && (await isInUse(db, workspace.id, keys.signing.kid))) return keys;
    const { kid, secret } = await createSigningKey(scope, workspace.id);
    if (secret === null) throw new Error('unable to prepare the gateway; the signing key has no secret');
    const { key: apiKey } = await createApiKey(scope, workspace.id, { name: 'Cacau CRM' });
    return { signing: { kid, secret }, apiKey };
  } finally {
    await db.close();
  }
}

async function isInUse(db: Database, workspaceId: string, kid: string): Promise<boolean> {
  const keys = await listSigningKeys({ db }, workspaceId);
  return keys.some((key) => key.kid === kid && key.revokedAt === null);
}

/** The gateway of a demo that was killed a moment ago may need a little to be gone. */
async function openWhenFree(path: string): Promise<Database> {
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      return await openSqlite({ path });
    } catch (error) {
      const inUse = error instanceof Error && error.name === 'DatabaseInUseError';
      if (!inUse || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
