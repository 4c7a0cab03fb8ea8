import { webchatKind, webchatSettingsOf } from '../channels/webchat/config.ts';
import { second, type Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';

/**
 * Which pages may call: each workspace lists the origins of its desks, each webchat those of its websites, and the
 * gateway's own pages always may.
 */
export interface Origins {
  /** For a preflight, which carries no token: whether any list has it. */
  isKnown(origin: string): Promise<boolean>;
  /** Whether its pages may speak for agents of the workspace. */
  isAllowed(origin: string, workspaceId: string): Promise<boolean>;
}

/** A new entry works after at most this long. */
const maxAgeMs = 2 * second;

interface Lists {
  readonly at: number;
  readonly workspaces: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of webchats: each request is checked against its own list. */
  readonly websites: ReadonlySet<string>;
}

export function createOrigins(deps: { db: Database; clock: Clock; publicUrl: string }): Origins {
  const own = new URL(deps.publicUrl).origin;
  let loaded: Lists | null = null;

  async function lists(): Promise<Lists> {
    const now = deps.clock.now();
    if (!loaded || now - loaded.at > maxAgeMs || now < loaded.at) {
      const rows = await deps.db.read.selectFrom('allowedOrigins').select(['workspaceId', 'origin']).execute();
      const workspaces = new Map<string, Set<string>>();
      for (const { origin, workspaceId } of rows) {
        workspaces.set(origin, (workspaces.get(origin) ?? new Set()).add(workspaceId));
      }
      const webchats = await deps.db.read
        .selectFrom('channels')
        .select('config')
        .where('kind', '=', webchatKind)
        .execute();
      const websites = new Set(webchats.flatMap((webchat) => webchatSettingsOf(webchat).origins));
      loaded = { at: now, workspaces, websites };
    }
    return loaded;
  }

  return {
    async isKnown(origin) {
      if (origin === own) return true;
      const { workspaces, websites } = await lists();
      return workspaces.has(origin) || websites.has(origin);
    },
    async isAllowed(origin, workspaceId) {
      return origin === own || ((await lists()).workspaces.get(origin)?.has(workspaceId) ?? false);
    },
  };
}
