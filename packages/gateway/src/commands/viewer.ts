import type { Viewer } from '../domain/visibility.ts';
import type { Reader } from '../store/database.ts';
import { queueIdsOf } from '../store/visibility.ts';
import { permissionsOf } from './permission.ts';
import type { Principal } from './principal.ts';

/** What the caller is shown, by their profile as it is now. */
export async function viewerOf(db: Reader, principal: Principal): Promise<Viewer> {
  const allowed = await permissionsOf(db, principal);
  const agentId = principal.kind === 'agent' ? principal.agent.id : null;
  const base = { agentId, allowed, queueIds: new Set<string>() };
  if (agentId === null || allowed === 'all' || allowed.has('conversations.view_all')) return { ...base, sees: 'all' };
  if (!allowed.has('conversations.view_own_queues')) return { ...base, sees: 'nothing' };
  return { ...base, sees: 'own_queues', queueIds: await queueIdsOf(db, principal.workspaceId, agentId) };
}
