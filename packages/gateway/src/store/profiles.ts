import type { Permission, Profile } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import { notFound } from '../domain/problems.ts';
import type { Reader } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { ProfilesTable } from './desk-schema.ts';

export type ProfileRow = Selectable<ProfilesTable>;

export function profileOf(row: ProfileRow): Profile {
  return {
    id: row.id,
    name: row.name,
    permissions: JSON.parse(row.permissions) as Permission[],
    role: row.role as Profile['role'],
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

export async function findProfile(db: Reader, workspaceId: string, id: string): Promise<Profile | null> {
  const row = await db
    .selectFrom('profiles')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? profileOf(row) : null;
}

export async function getProfile(db: Reader, workspaceId: string, id: string): Promise<Profile> {
  return (await findProfile(db, workspaceId, id)) ?? notFound('profile');
}

export async function listProfiles(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = db
    .selectFrom('profiles')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byName));
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.name, id: row.id }), profileOf);
}
