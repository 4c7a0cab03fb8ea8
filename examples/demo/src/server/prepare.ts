import { addOrigin, createApiKey, createDefaultWorkspace, createSigningKey } from '@prosa/gateway';
import { migrate, openSqlite } from '@prosa/gateway/node';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { business } from '../data/people.ts';
import { freePort } from '../data/ports.ts';
import { readState, writeState, type DemoState } from '../data/folder.ts';

const preferred = { pagePort: 4400, gatewayPort: 4401, simulatorPort: 4402 } as const;

/**
 * What an operator does once, before the gateway runs: a key with which the CRM signs, a key for the script that fills in
 * the data, and the CRM's address on the list of pages that may call. Ports stay the same while they are free.
 */
export async function prepare(dataDir: string, usualPorts: boolean): Promise<DemoState> {
  mkdirSync(dataDir, { recursive: true });
  const before = readState(dataDir);
  const wanted = before ?? (usualPorts ? preferred : { pagePort: 0, gatewayPort: 0, simulatorPort: 0 });
  const ports = {
    pagePort: await freePort(wanted.pagePort),
    gatewayPort: await freePort(wanted.gatewayPort),
    simulatorPort: await freePort(wanted.simulatorPort),
  };
  const database = await openSqlite({ path: join(dataDir, 'prosa.db') });
  try {
    await migrate(database);
    const scope = { db: database, clock: { now: () => Date.now() } };
    const { id } = await createDefaultWorkspace(scope, { name: business.name });
    await addOrigin(scope, id, `http://127.0.0.1:${ports.pagePort}`);
    await addOrigin(scope, id, `http://localhost:${ports.pagePort}`);
    const state: DemoState = before
      ? { ...before, ...ports }
      : { ...ports, ...(await makeKeys(scope, id)), appSecret: randomBytes(16).toString('hex'), seeded: false };
    writeState(dataDir, state);
    return state;
  } finally {
    await database.close();
  }
}

async function makeKeys(scope: Parameters<typeof createApiKey>[0], workspaceId: string) {
  const { kid, secret } = await createSigningKey(scope, workspaceId);
  const { key } = await createApiKey(scope, workspaceId, { name: 'Demo' });
  if (secret === null) throw new Error('unable to prepare the demo; the signing key has no secret');
  return { kid, secret, apiKey: key };
}
