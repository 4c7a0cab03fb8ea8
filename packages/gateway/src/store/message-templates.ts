import type { MessageTemplate } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import { isSendable, needsOf, variablesOf, type StoredComponent } from '../domain/hsm.ts';
import { notFound } from '../domain/problems.ts';
import type { Database, Reader, Tx } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { MessageTemplatesTable } from './desk-schema.ts';

export type TemplateRow = Selectable<MessageTemplatesTable>;

export function templateOf(row: TemplateRow): MessageTemplate {
  const components = componentsOf(row);
  return {
    id: row.id,
    channelId: row.channelId,
    name: row.name,
    category: row.category as MessageTemplate['category'],
    language: row.language,
    components,
    variables: variablesOf(components),
    needs: [...needsOf(components)],
    status: row.status as MessageTemplate['status'],
    reason: row.reason,
    quality: row.quality as MessageTemplate['quality'],
    previousCategory: row.previousCategory as MessageTemplate['previousCategory'],
    nextCategory: row.nextCategory as MessageTemplate['nextCategory'],
    sendable: isSendable(row.status, components),
    replyQueueId: row.replyQueueId,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

export function componentsOf({ components }: Pick<TemplateRow, 'components'>): readonly StoredComponent[] {
  return JSON.parse(components) as readonly StoredComponent[];
}

function notDeleted(db: Reader, workspaceId: string) {
  return db
    .selectFrom('messageTemplates')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('deletedAt', 'is', null);
}

export async function getTemplateRow(db: Reader, workspaceId: string, id: string): Promise<TemplateRow> {
  return (await notDeleted(db, workspaceId).where('id', '=', id).executeTakeFirst()) ?? notFound('message template');
}

export async function lockTemplate(db: Database, tx: Tx, workspaceId: string, id: string): Promise<TemplateRow> {
  const query = notDeleted(tx, workspaceId).where('id', '=', id);
  return (await db.lock(query).executeTakeFirst()) ?? notFound('message template');
}

export interface TemplateFilter {
  readonly status?: string | undefined;
  readonly channelId?: string | undefined;
  readonly search?: string | undefined;
}

export async function listTemplates(
  db: Reader,
  workspaceId: string,
  filter: TemplateFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = notDeleted(db, workspaceId)
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit + 1);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.channelId !== undefined) query = query.where('channelId', '=', filter.channelId);
  if (filter.search !== undefined) query = query.where('name', 'like', `%${namePart(filter.search)}%`);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byName));
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.name, id: row.id }), templateOf);
}

/** What was typed, as a name would write it. Without what LIKE or PostgreSQL would take for something else. */
function namePart(search: string): string {
  return search
    .trim()
    .toLowerCase()
    .replace(/[\\%\0]/g, '')
    .replace(/\s+/g, '_');
}
