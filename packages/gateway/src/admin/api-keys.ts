import { newId } from '../domain/ids.ts';
import { randomText } from '../store/random-text.ts';
import type { UnitScope } from '../store/unit.ts';
import { AdminError } from './admin-error.ts';

export interface ApiKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

export interface CreatedApiKey extends ApiKey {
  /** Shown now and never again. */
  readonly key: string;
}

export const apiKeyPrefix = 'prk_';

/** What is stored of a key: SHA-256 of all of it, prefix included, in hex. It is random, so it needs no salt. */
export async function hashApiKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function createApiKey(
  { db, clock }: UnitScope,
  workspaceId: string,
  options: { readonly name: string },
): Promise<CreatedApiKey> {
  const name = options.name.trim();
  if (name === '' || name.length > 100) {
    throw new AdminError('unable to make the API key; its name needs 1 to 100 characters');
  }
  const key = `${apiKeyPrefix}${randomText(32)}`;
  const createdAt = clock.now();
  const row: ApiKey = { id: newId('apiKey', createdAt), workspaceId, name, createdAt, revokedAt: null };
  const hash = await hashApiKey(key);
  await db.transaction((tx) =>
    tx
      .insertInto('apiKeys')
      .values({ ...row, hash })
      .execute(),
  );
  return { ...row, key };
}

export async function listApiKeys({ db }: Pick<UnitScope, 'db'>, workspaceId: string): Promise<readonly ApiKey[]> {
  return db.read
    .selectFrom('apiKeys')
    .select(['id', 'workspaceId', 'name', 'createdAt', 'revokedAt'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

/** Again, or unknown: an AdminError. */
export async function revokeApiKey({ db, clock }: UnitScope, workspaceId: string, id: string): Promise<void> {
  const { numUpdatedRows } = await db.transaction((tx) =>
    tx
      .updateTable('apiKeys')
      .set({ revokedAt: clock.now() })
      .where('workspaceId', '=', workspaceId)
      .where('id', '=', id)
      .where('revokedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  );
  if (numUpdatedRows === 0n) throw new AdminError(`unable to revoke the API key; none in use has the id "${id}"`);
}
