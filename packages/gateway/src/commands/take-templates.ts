import type { ProviderTemplate } from '../channels/channel.ts';
import { newId } from '../domain/ids.ts';
import { templateOf, type TemplateRow } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';
import { changeTemplate } from './change-template.ts';
import { syncTemplates } from './save-template.ts';
import type { TemplateNews } from './inbound.ts';

interface TemplatePlace {
  readonly channelId: string;
  /** When the list was asked for: what changed here since is newer. */
  readonly askedAt: number;
}

/** One page of the provider's list: what is new is taken over, what differs is made the same. */
export async function takeTemplates(
  unit: Unit,
  templates: readonly ProviderTemplate[],
  place: TemplatePlace,
): Promise<void> {
  for (const template of templates) await takeTemplate(unit, template, place);
}

async function takeTemplate(unit: Unit, template: ProviderTemplate, { channelId, askedAt }: TemplatePlace) {
  const found =
    (await lockMatch(unit, channelId, template)) ??
    // Made anew at the provider under the name of one that is gone: names are taken once.
    (await lockMatch(unit, channelId, { ...template, providerId: null }));
  if (found) {
    // A change that waits to be handed in would be undone by what it is about to change.
    if (found.status !== 'draft' && found.updatedAt <= askedAt) await changeTemplate(unit, found, columnsOf(template));
    return;
  }
  if (await isBeingDeleted(unit, channelId, template.providerId)) return;
  const row = await unit.tx
    .insertInto('messageTemplates')
    .values({
      ...columnsOf(template),
      id: newId('template', unit.now),
      workspaceId: unit.workspaceId,
      channelId,
      name: template.name,
      language: template.language,
      statusAt: null,
      replyQueueId: null,
      createdAt: unit.now,
      updatedAt: unit.now,
      deletedAt: null,
      version: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) unit.emit('template.created', { template: templateOf(row) });
}

function columnsOf(template: ProviderTemplate) {
  const { providerId, category, status, reason, quality, previousCategory, components } = template;
  return {
    providerId,
    category,
    status,
    reason,
    quality,
    // A list may leave it out: what a webhook told stays.
    ...(previousCategory !== null && { previousCategory }),
    components: JSON.stringify(components),
  };
}

/** What the provider no longer has, and had when it was asked. */
export async function dropTemplates(
  unit: Unit,
  seen: ReadonlySet<string>,
  { channelId, askedAt }: TemplatePlace,
): Promise<void> {
  const query = present(unit, channelId)
    .where('providerId', 'is not', null)
    .where('updatedAt', '<=', askedAt)
    .where('status', '<>', 'draft')
    .orderBy('id');
  for (const row of await unit.db.lock(query).execute()) {
    if (row.providerId !== null && !seen.has(row.providerId)) await changeTemplate(unit, row, { deletedAt: unit.now });
  }
}

/** Applies what the provider decided. News that are older than what is known change nothing. */
export async function applyTemplateNews(unit: Unit, news: TemplateNews): Promise<'applied' | 'unchanged' | 'unknown'> {
  const row = await lockMatch(unit, news.channel.id, news);
  if (!row) return 'unknown';
  const { status, reason = null, category, quality, previousCategory, nextCategory, at } = news;
  if (news.rewritten) await syncTemplates(unit, news.channel.id);
  const warned = news.warning !== undefined && row.status === 'approved';
  const late = (status !== undefined || warned) && row.statusAt !== null && at < row.statusAt;
  const judged = status !== undefined && !late;
  const changed = await changeTemplate(unit, row, {
    // It may come before the answer to the request that made it.
    ...(row.providerId === null && news.providerId !== null && { providerId: news.providerId }),
    ...(category !== undefined && !late && { category }),
    ...(quality !== undefined && { quality }),
    ...(previousCategory !== undefined && { previousCategory }),
    ...(nextCategory !== undefined && { nextCategory }),
    ...((judged || (warned && !late)) && { statusAt: at }),
    ...(warned && !late && { reason: news.warning }),
    ...(judged && (status === 'deleted' ? { deletedAt: unit.now } : { status, reason })),
  });
  return changed === row ? 'unchanged' : 'applied';
}

/** By the provider's id; one that was just made is known by its name and language only. */
async function lockMatch(
  unit: Unit,
  channelId: string,
  { providerId, name, language }: Pick<TemplateNews, 'providerId' | 'name' | 'language'>,
): Promise<TemplateRow | undefined> {
  const byId = providerId === null ? null : present(unit, channelId).where('providerId', '=', providerId);
  const found = byId && (await unit.db.lock(byId).executeTakeFirst());
  if (found || name === null || language === null) return found ?? undefined;
  let byName = present(unit, channelId).where('name', '=', name).where('language', '=', language);
  // Of the same name, and another one: the one that we had has been deleted.
  if (providerId !== null) byName = byName.where('providerId', 'is', null);
  return await unit.db.lock(byName).executeTakeFirst();
}

function present(unit: Unit, channelId: string) {
  return unit.tx
    .selectFrom('messageTemplates')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('channelId', '=', channelId)
    .where('deletedAt', 'is', null);
}

async function isBeingDeleted(unit: Unit, channelId: string, providerId: string): Promise<boolean> {
  const job = await unit.tx
    .selectFrom('jobs')
    .innerJoin('messageTemplates as template', 'template.id', 'jobs.subjectId')
    .select('jobs.id')
    .where('jobs.kind', '=', 'delete_template')
    .where('jobs.state', 'in', ['queued', 'running'])
    .where('template.channelId', '=', channelId)
    .where('template.providerId', '=', providerId)
    .executeTakeFirst();
  return job !== undefined;
}
