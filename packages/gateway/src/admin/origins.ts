import type { UnitScope } from '../store/unit.ts';
import { AdminError } from './admin-error.ts';

export interface AllowedOrigin {
  readonly origin: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/**
 * Scheme, host and port as browsers send them in `Origin`: lower case, no default port, no path.
 * @throws AdminError for anything that is more or less than an origin
 */
export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const bare =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.pathname === '/' &&
    !/[?#@*\s\\]/.test(text);
  if (!bare) {
    throw new AdminError(
      `unable to allow "${text}"; an origin is a scheme, a host and perhaps a port: https://crm.example.com`,
    );
  }
  return url.origin;
}

/** Lets pages of the origin call the gateway. Allowed already: nothing happens. */
export async function addOrigin({ db, clock }: UnitScope, workspaceId: string, text: string): Promise<AllowedOrigin> {
  const allowed = { origin: parseOrigin(text), createdAt: clock.now() };
  await db.transaction((tx) =>
    tx
      .insertInto('allowedOrigins')
      .values({ workspaceId, ...allowed })
      .onConflict((conflict) => conflict.columns(['workspaceId', 'origin']).doNothing())
      .execute(),
  );
  return allowed;
}

/** Whose pages may call the gateway with an agent's token. */
export async function listOrigins(
  { db }: Pick<UnitScope, 'db'>,
  workspaceId: string,
): Promise<readonly AllowedOrigin[]> {
  return db.read
    .selectFrom('allowedOrigins')
    .select(['origin', 'createdAt'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('origin')
    .execute();
}

/** Not on the list: an AdminError. */
export async function removeOrigin({ db }: UnitScope, workspaceId: string, text: string): Promise<void> {
  const origin = parseOrigin(text);
  const { numDeletedRows } = await db.transaction((tx) =>
    tx
      .deleteFrom('allowedOrigins')
      .where('workspaceId', '=', workspaceId)
      .where('origin', '=', origin)
      .executeTakeFirstOrThrow(),
  );
  if (numDeletedRows === 0n) throw new AdminError(`unable to remove "${origin}"; it is not on the list`);
}
