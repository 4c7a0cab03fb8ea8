import { second, type Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';

/** Which pages may call: each workspace lists its origins, and the gateway's own pages always may. */
export interface Origins {
  /** For a preflight, which carries no token: whether any workspace lists it. */
  isKnown(origin: string): Promise<boolean>;
  isAllowed(origin: string, workspaceId: string): Promise<boolean>;
}

/** A new entry works after at most this long. */
const maxAgeMs = 2 * second;

export function createOrigins(deps: { db: Database; clock: Clock; publicUrl: string }): Origins {
  const own = new URL(deps.publicUrl).origin;
  let loaded: { readonly at: number; readonly workspaces: ReadonlyMap<string, ReadonlySet<string>> } | null = null;

  async function byOrigin() {
    const now = deps.clock.now();
    if (!loaded || now - loaded.at > maxAgeMs || now < loaded.at) {
      const rows = await deps.db.read.selectFrom('allowedOrigins').select(['workspaceId', 'origin']).execute();
      const workspaces = new Map<string, Set<string>>();
      for (const { origin, workspaceId } of rows) {
        workspaces.set(origin, (workspaces.get(origin) ?? new Set()).add(workspaceId));
      }
      loaded = { at: now, workspaces };
    }
    return loaded.workspaces;
  }

  return {
    async isKnown(origin) {
      return origin === own || (await byOrigin()).has(origin);
    },
    async isAllowed(origin, workspaceId) {
      return origin === own || ((await byOrigin()).get(origin)?.has(workspaceId) ?? false);
    },
  };
}
