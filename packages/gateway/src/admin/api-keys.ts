import { newId } from '../domain/ids.ts';
import type { UnitScope } from '../store/unit.ts';
import { AdminError } from './admin-error.ts';
import { hashApiKey, makeApiKey } from './api-key-hash.ts';

/** What is known of an API key beside the key. */
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

/** A key for a server of yours. What comes back is the only time that it can be read. */
export async function createApiKey(
  { db, clock }: UnitScope,
  workspaceId: string,
  options: { readonly name: string },
): Promise<CreatedApiKey> {
  const name = options.name.trim();
  if (name === '' || name.length > 100) {
    throw new AdminError('unable to make the API key; its name needs 1 to 100 characters');
  }
  const key = makeApiKey();
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

/** Oldest first, those that were revoked too; never the key itself. */
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
