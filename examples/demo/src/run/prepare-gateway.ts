import {
  addOrigin,
  createApiKey,
  createDefaultWorkspace,
  createSigningKey,
  createWebchatChannel,
  listSigningKeys,
  listWebchatChannels,
  updateWebchatChannel,
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
  /** Names the shop's webchat in its page. */
  readonly webchat: string;
  /** Signs who is logged in to the shop. */
  readonly visitor: SigningKey;
}

/**
 * What whoever runs a gateway does once, with `prosa-gateway workspace | key | api-key | origin`: a workspace, keys for
 * the CRM, and the CRM's address on the list of pages that may call. Before the gateway starts, because nothing else
 * may hold its database then.
 */
export async function prepareGateway(
  dataDir: string,
  { pageUrl, shopUrl, keys }: { readonly pageUrl: string; readonly shopUrl: string; readonly keys: GatewayKeys | null },
): Promise<GatewayKeys> {
  const db = await openWhenFree(join(dataDir, 'prosa.db'));
  try {
    await migrate(db);
    const scope = { db, clock: { now: () => Date.now() } };
    const workspace = await createDefaultWorkspace(scope, { name: business.verifiedName });
    await addOrigin(scope, workspace.id, pageUrl);
    const webchat = await prepareWebchat(scope, workspace.id, shopUrl);
    // The folder of an older demo has no key for visitors.
    if (keys?.visitor && (await isInUse(db, workspace.id, keys.signing.kid))) return { ...keys, webchat };
    const { key: apiKey } = await createApiKey(scope, workspace.id, { name: 'Cacau CRM' });
    return {
      signing: await newKey('agent'),
      visitor: await newKey('visitor'),
      apiKey,
      webchat,
    };

    async function newKey(audience: 'agent' | 'visitor'): Promise<SigningKey> {
      const { kid, secret } = await createSigningKey(scope, workspace.id, { audience });
      if (secret === null) throw new Error('unable to prepare the gateway; the signing key has no secret');
      return { kid, secret };
    }
  } finally {
    await db.close();
  }
}

type Scope = Parameters<typeof createWebchatChannel>[0];

/** The webchat of the shop, for the address that the shop has this time. */
async function prepareWebchat(scope: Scope, workspaceId: string, shopUrl: string): Promise<string> {
  const settings = {
    title: 'Loja Cacau',
    greeting: 'Olá! Como podemos ajudar?',
    subtitle: 'Respondemos em poucos minutos.',
    origins: [shopUrl],
    form: { name: 'optional', email: 'hidden', subjects: ['Pedidos', 'Trocas', 'Outros assuntos'] },
  } as const;
  const [known] = await listWebchatChannels(scope, workspaceId);
  if (!known) return (await createWebchatChannel(scope, workspaceId, { settings, name: 'Loja' })).key;
  await updateWebchatChannel(scope, workspaceId, known.id, { settings: { origins: [shopUrl] } });
  return known.key;
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
