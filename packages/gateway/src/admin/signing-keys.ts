import { randomText } from '../store/random-text.ts';
import type { UnitScope } from '../store/unit.ts';
import { AdminError } from './admin-error.ts';

/** Whose signature the gateway accepts. Its `kid` stands in the header of each token, and names the workspace. */
export interface SigningKey {
  readonly kid: string;
  readonly workspaceId: string;
  readonly audience: 'agent' | 'visitor';
  readonly algorithm: 'HS256' | 'JWKS';
  readonly jwksUrl: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

export interface NewSigningKey {
  readonly audience?: SigningKey['audience'] | undefined;
  /** For HS256, at least 32 characters; made when absent. */
  readonly secret?: string | undefined;
  /** Public keys of the host, instead of a shared secret. */
  readonly jwksUrl?: string | undefined;
}

export interface CreatedSigningKey extends SigningKey {
  /** `null` with `jwksUrl`. */
  readonly secret: string | null;
}

/** RFC 7518 §3.2: a key for HS256 has at least 256 bits. */
export const shortestSecret = 32;

const columns = ['kid', 'workspaceId', 'audience', 'algorithm', 'jwksUrl', 'createdAt', 'revokedAt'] as const;

/** A key with which a backend signs tokens: of its agents, or with `audience` of a website's visitors. */
export async function createSigningKey(
  { db, clock }: UnitScope,
  workspaceId: string,
  options: NewSigningKey = {},
): Promise<CreatedSigningKey> {
  const { audience = 'agent', jwksUrl } = options;
  if (jwksUrl !== undefined && options.secret !== undefined) {
    throw new AdminError('unable to make the signing key; give a secret or a JWKS address, not both');
  }
  const secret = jwksUrl === undefined ? (options.secret ?? randomText(32)) : null;
  if (secret !== null && secret.length < shortestSecret) {
    throw new AdminError(`unable to make the signing key; its secret needs at least ${shortestSecret} characters`);
  }
  const key: CreatedSigningKey = {
    kid: `kid_${randomText(15)}`,
    workspaceId,
    audience,
    algorithm: jwksUrl === undefined ? 'HS256' : 'JWKS',
    secret,
    jwksUrl: jwksUrl === undefined ? null : checkedJwksUrl(jwksUrl),
    createdAt: clock.now(),
    revokedAt: null,
  };
  await db.transaction((tx) => tx.insertInto('signingKeys').values(key).execute());
  return key;
}

/** Without the secrets. */
export async function listSigningKeys(
  { db }: Pick<UnitScope, 'db'>,
  workspaceId: string,
): Promise<readonly SigningKey[]> {
  const rows = await db.read
    .selectFrom('signingKeys')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .orderBy('createdAt')
    .orderBy('kid')
    .execute();
  return rows as readonly SigningKey[];
}

/** Tokens that it signed stop to be taken. Again, or unknown: an AdminError. */
export async function revokeSigningKey({ db, clock }: UnitScope, workspaceId: string, kid: string): Promise<void> {
  const { numUpdatedRows } = await db.transaction((tx) =>
    tx
      .updateTable('signingKeys')
      .set({ revokedAt: clock.now() })
      .where('workspaceId', '=', workspaceId)
      .where('kid', '=', kid)
      .where('revokedAt', 'is', null)
      .executeTakeFirstOrThrow(),
  );
  if (numUpdatedRows === 0n) throw new AdminError(`unable to revoke the signing key; none in use has the kid "${kid}"`);
}

/** The newest HS256 key in use, to sign a token with; `null` when there is none. */
export async function findHmacKey(
  { db }: Pick<UnitScope, 'db'>,
  workspaceId: string,
  kid?: string,
): Promise<{ readonly kid: string; readonly secret: string } | null> {
  let query = db.read
    .selectFrom('signingKeys')
    .select(['kid', 'secret'])
    .where('workspaceId', '=', workspaceId)
    .where('audience', '=', 'agent')
    .where('algorithm', '=', 'HS256')
    .where('revokedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('kid');
  if (kid !== undefined) query = query.where('kid', '=', kid);
  const row = await query.executeTakeFirst();
  return row && row.secret !== null ? { kid: row.kid, secret: row.secret } : null;
}

/**
 * The workspace's agent key with this secret, made when there is none. A key that was revoked stays so: starting again
 * with the same setting must not bring it back.
 */
export async function ensureAgentKey(scope: UnitScope, workspaceId: string, secret: string): Promise<SigningKey> {
  const row = await scope.db.read
    .selectFrom('signingKeys')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .where('audience', '=', 'agent')
    .where('secret', '=', secret)
    .orderBy('createdAt')
    .executeTakeFirst();
  return (row as SigningKey | undefined) ?? createSigningKey(scope, workspaceId, { secret });
}

function checkedJwksUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !local) || url.username !== '' || url.password !== '') {
    throw new AdminError('unable to make the signing key; the JWKS address must start with https://');
  }
  return url.href;
}
