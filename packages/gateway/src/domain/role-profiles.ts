import type { Agent } from '@prosa/core/contract';
import { newId } from './ids.ts';
import { usualPermissions } from './permissions.ts';

const names: Readonly<Record<Agent['role'], string>> = {
  agent: 'Atendente',
  supervisor: 'Supervisor',
  administrator: 'Administrador',
};

/** The three profiles that every workspace begins with, one for each role, as rows. */
export function roleProfiles(workspaceId: string, now: number) {
  return (Object.keys(names) as Agent['role'][]).map((role) => ({
    id: newId('profile', now),
    workspaceId,
    name: names[role],
    permissions: JSON.stringify(usualPermissions[role]),
    role,
    createdAt: now,
    updatedAt: now,
    version: 1,
  }));
}
