import type { Tag } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import type { Reader } from './database.ts';
import { afterCursor, pageOf } from './page.ts';
import type { TagsTable } from './desk-schema.ts';

export type TagRow = Selectable<TagsTable>;

export function tagOf(row: TagRow): Tag {
  return {
    id: row.id,
    name: row.name,
    queueIds: JSON.parse(row.queueIds) as string[],
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

const byKey = { column: 'nameKey', id: 'id', type: 'string', order: 'asc' } as const;

/** In the order of the alphabet, without regard to accents; with `queueId` those that its conversations may have. */
export async function listTags(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly queueId?: string | undefined },
) {
  const { queueId, cursor, limit } = page;
  let query = db
    .selectFrom('tags')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('nameKey')
    .orderBy('id')
    .limit(limit + 1);
  if (queueId !== undefined) {
    query = query.where((eb) => eb.or([eb('queueIds', '=', '[]'), eb('queueIds', 'like', `%"${queueId}"%`)]));
  }
  if (cursor !== undefined) query = query.where(afterCursor(cursor, byKey));
  return pageOf(await query.execute(), limit, (row) => ({ key: row.nameKey, id: row.id }), tagOf);
}
