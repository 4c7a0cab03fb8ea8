import { permissions as known, type BodyOf, type Permission, type Profile, type Routes } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { roleProfiles } from '../domain/role-profiles.ts';
import { getProfile, profileOf, type ProfileRow } from '../store/profiles.ts';
import type { Unit } from '../store/unit.ts';

/** Makes those of the three profiles of the roles that are not there. */
export async function ensureRoleProfiles(unit: Unit): Promise<void> {
  const there = await unit.tx
    .selectFrom('profiles')
    .select('role')
    .where('workspaceId', '=', unit.workspaceId)
    .where('role', 'is not', null)
    .execute();
  const missing = roleProfiles(unit.workspaceId, unit.now).filter(
    ({ role }) => !there.some((row) => row.role === role),
  );
  if (missing.length === 0) return;
  await unit.tx
    .insertInto('profiles')
    .values(missing)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function createProfile(
  unit: Unit,
  { name, permissions }: BodyOf<Routes['profiles']['create']>,
): Promise<Profile> {
  await ensureRoleProfiles(unit);
  const row = {
    id: newId('profile', unit.now),
    workspaceId: unit.workspaceId,
    name,
    permissions: JSON.stringify(inOrder(permissions)),
    role: null,
    createdAt: unit.now,
    updatedAt: unit.now,
    version: 1,
  };
  await unit.tx.insertInto('profiles').values(row).execute();
  const profile = profileOf(row);
  unit.emit('profile.updated', { profile });
  return profile;
}

/** The profiles of the roles can be changed, too. */
export async function updateProfile(
  unit: Unit,
  profileId: string,
  { name, permissions }: BodyOf<Routes['profiles']['update']>,
): Promise<Profile> {
  const row = await lockProfile(unit, profileId);
  const changes = {
    name: name ?? row.name,
    permissions: permissions ? JSON.stringify(inOrder(permissions)) : row.permissions,
  };
  if (changes.name === row.name && changes.permissions === row.permissions) return profileOf(row);
  await unit.tx
    .updateTable('profiles')
    .set({ ...changes, updatedAt: unit.now, version: row.version + 1 })
    .where('id', '=', profileId)
    .execute();
  const profile = await getProfile(unit.tx, unit.workspaceId, profileId);
  unit.emit('profile.updated', { profile });
  return profile;
}

/** Only one of the workspace's own that no agent has. */
export async function deleteProfile(unit: Unit, profileId: string): Promise<{ deleted: boolean }> {
  const row = await lockProfile(unit, profileId);
  if (row.role !== null) refuse('in_use', { detail: 'It is the profile of a role: it can be changed, not deleted.' });
  const holder = await unit.tx
    .selectFrom('agents')
    .select('name')
    .where('workspaceId', '=', unit.workspaceId)
    .where('profileId', '=', profileId)
    .limit(1)
    .executeTakeFirst();
  if (holder) refuse('in_use', { detail: `${holder.name} has this profile: give them another one first.` });
  await unit.tx.deleteFrom('profiles').where('id', '=', profileId).execute();
  return { deleted: true };
}

/** Locked: an agent who is given a profile and its deletion wait for each other. */
export async function lockProfile(unit: Unit, profileId: string): Promise<ProfileRow> {
  const query = unit.tx
    .selectFrom('profiles')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', profileId);
  return (await unit.db.lock(query).executeTakeFirst()) ?? notFound('profile');
}

/** Each once, in the order of the contract. */
function inOrder(permissions: readonly Permission[]): readonly Permission[] {
  return known.filter((permission) => permissions.includes(permission));
}
