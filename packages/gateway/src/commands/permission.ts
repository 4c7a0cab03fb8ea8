import type { Permission } from '@prosa/core/contract';
import { usualPermissions } from '../domain/permissions.ts';
import { refuse } from '../domain/problems.ts';
import type { Reader } from '../store/database.ts';
import type { Principal } from './principal.ts';

/** What the caller may do: an agent by their profile or that of their role, a server everything. */
export async function permissionsOf(db: Reader, principal: Principal): Promise<ReadonlySet<Permission> | 'all'> {
  if (principal.kind === 'api_key') return 'all';
  const { id, role } = principal.agent;
  const row = await db
    .selectFrom('agents as agent')
    .innerJoin('profiles as profile', (join) =>
      join
        .onRef('profile.workspaceId', '=', 'agent.workspaceId')
        .on((eb) =>
          eb.or([
            eb('profile.id', '=', eb.ref('agent.profileId')),
            eb.and([eb('agent.profileId', 'is', null), eb('profile.role', '=', eb.ref('agent.role'))]),
          ]),
        ),
    )
    .select('profile.permissions')
    .where('agent.id', '=', id)
    .executeTakeFirst();
  return new Set(row ? (JSON.parse(row.permissions) as Permission[]) : usualPermissions[role]);
}

export async function can(db: Reader, principal: Principal, permission: Permission): Promise<boolean> {
  const allowed = await permissionsOf(db, principal);
  return allowed === 'all' || allowed.has(permission);
}

/** Refuses a caller whose profile does not allow it, and names the permission to ask an administrator for. */
export async function requirePermission(db: Reader, principal: Principal, permission: Permission): Promise<void> {
  if (await can(db, principal, permission)) return;
  refuse('forbidden', { detail: `The profile of this agent does not have the permission ${permission}.` });
}
