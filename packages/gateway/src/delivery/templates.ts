import type { ChannelRow, SubmitResult, TemplateAdapter, TemplateFailed, TemplateRetry } from '../channels/channel.ts';
import { minute, second } from '../clock.ts';
import { changeTemplate } from '../commands/change-template.ts';
import { dropTemplates, takeTemplates } from '../commands/take-templates.ts';
import { templateOf, type TemplateRow } from '../store/message-templates.ts';
import { runUnit, type Unit } from '../store/unit.ts';
import type { DeliveryDeps } from './deps.ts';
import { changeJob, finished, postponed, type LeasedJob } from './jobs.ts';
import { waitsForChannel } from './settle-try.ts';

/** A template can wait: an outage of an afternoon is waited for. */
const maxAttempts = 20;
const maxDelayMs = 30 * minute;
const pagesAtMost = 500;

/**
 * Hands a template to the provider for review. It is `submitted` before the call: whatever is heard of it meanwhile is
 * newer than the answer.
 */
export async function submitTemplateJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const found = await load(deps, job);
  const again = job.attempts > 1;
  if (!found || !isWaiting(found.row, again)) return await done(deps, job);
  const { row, channel, templates } = found;
  await runUnit(deps, job.workspaceId, (unit) => setStatus(unit, row.id, 'draft', 'submitted'));
  const { providerId, name, language } = row;
  const { category, components } = templateOf(row);
  const draft = { providerId, name, language, category, components };
  const result = await templates
    .submit(channel, draft, { intent: row.deletedAt !== null ? 'settle' : again ? 'again' : 'first', signal })
    .catch((error: unknown): SubmitResult => ({
      outcome: 'retry',
      code: 'internal',
      detail: String(error),
      afterMs: null,
    }));
  await runUnit(deps, job.workspaceId, async (unit) => {
    const waits =
      result.outcome === 'failed' && (await waitsForChannel(unit, job, channel, result.trouble, wordsOf(result)));
    if (!waits && (result.outcome !== 'retry' || job.attempts >= maxAttempts))
      return await recordSubmitted(unit, job, row.id, result);
    if (result.outcome === 'retry') await postpone(unit, job, result);
    await setStatus(unit, row.id, 'submitted', 'draft');
  });
}

/** Not judged yet. One that was deleted here is asked after only if it may have arrived: its deletion needs its id. */
function isWaiting(row: TemplateRow, again: boolean): boolean {
  if (row.deletedAt !== null) return again && row.providerId === null;
  return row.status === 'draft' || row.status === 'submitted';
}

async function recordSubmitted(unit: Unit, job: LeasedJob, templateId: string, result: SubmitResult): Promise<void> {
  const row = await lock(unit, templateId);
  // A webhook may have told more than the answer does.
  const judged = row.status !== 'submitted';
  if (result.outcome === 'accepted') {
    await changeJob(unit.tx, job, finished('done', unit.now));
    const { providerId, category, status } = result.template;
    await changeTemplate(unit, row, { providerId, ...(!judged && { category, status }) });
    return;
  }
  await changeJob(unit.tx, job, finished('failed', unit.now, wordsOf(result)));
  if (judged || row.deletedAt !== null) return;
  const current = result.outcome === 'failed' ? result.current : null;
  await changeTemplate(
    unit,
    row,
    current === null
      ? { status: 'rejected', reason: result.detail }
      : {
          // What people can send is what the provider has; why the change is not in it stands beside.
          category: current.category,
          status: current.status,
          components: JSON.stringify(current.components),
          reason: result.detail,
          // It was no change, so it does not count as one.
          ...(current.status === 'approved' && {
            edits: JSON.stringify((JSON.parse(row.edits) as number[]).slice(0, -1)),
          }),
        },
  );
}

export async function deleteTemplateJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const found = await load(deps, job);
  if (!found || found.row.deletedAt === null || found.row.providerId === null) return await done(deps, job);
  const { row, channel, templates } = found;
  const result = await templates
    .remove(channel, { providerId: found.row.providerId, name: row.name, language: row.language }, { signal })
    .catch((error: unknown) => ({ outcome: 'retry', code: 'internal', detail: String(error), afterMs: null }) as const);
  await runUnit(deps, job.workspaceId, async (unit) => {
    if (result.outcome === 'done') return await changeJob(unit.tx, job, finished('done', unit.now));
    if (result.outcome === 'retry' && job.attempts < maxAttempts) return await postpone(unit, job, result);
    if (result.outcome === 'failed' && (await waitsForChannel(unit, job, channel, result.trouble, wordsOf(result))))
      return;
    await changeJob(unit.tx, job, finished('failed', unit.now, wordsOf(result)));
    await restore(unit, row.id, result.detail);
  });
}

/** It is still at the provider, so it is still here, and says why. */
async function restore(unit: Unit, templateId: string, reason: string): Promise<void> {
  const row = await lock(unit, templateId);
  const successor = await unit.tx
    .selectFrom('messageTemplates')
    .select('id')
    .where('channelId', '=', row.channelId)
    .where('name', '=', row.name)
    .where('language', '=', row.language)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  if (!successor) await changeTemplate(unit, row, { deletedAt: null, reason });
}

/** Takes the provider's list over, page by page. */
export async function syncTemplatesJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const channel = await channelOf(deps, job);
  const templates = channel && deps.adapterOf(channel.kind).templates;
  if (!channel || !templates) return await done(deps, job);
  const place = { channelId: channel.id, askedAt: deps.clock.now() };
  const seen = new Set<string>();
  for (let after: string | null = null, page = 0; page < pagesAtMost; page++) {
    const result: Awaited<ReturnType<TemplateAdapter['list']>> = await templates.list(channel, after, { signal });
    if (result.outcome !== 'listed') {
      return await runUnit(deps, job.workspaceId, async (unit) => {
        if (result.outcome === 'retry' && job.attempts < maxAttempts) return await postpone(unit, job, result);
        const failed = result.outcome === 'failed' ? result.trouble : undefined;
        if (await waitsForChannel(unit, job, channel, failed, wordsOf(result))) return;
        deps.log('error', 'templates cannot be listed', { channelId: channel.id, detail: wordsOf(result) });
        await changeJob(unit.tx, job, finished('failed', unit.now, wordsOf(result)));
      });
    }
    for (const { providerId } of result.templates) seen.add(providerId);
    await runUnit(deps, job.workspaceId, (unit) => takeTemplates(unit, result.templates, place));
    after = result.next;
    if (after === null) {
      return await runUnit(deps, job.workspaceId, async (unit) => {
        await dropTemplates(unit, seen, place);
        await changeJob(unit.tx, job, finished('done', unit.now));
      });
    }
  }
  throw new Error('unable to list the templates; the list has no end');
}

async function postpone(unit: Unit, job: LeasedJob, result: TemplateRetry): Promise<void> {
  const delay = Math.min(Math.max(result.afterMs ?? 0, second * 2 ** (job.attempts - 1)), maxDelayMs);
  await changeJob(unit.tx, job, postponed(unit.now + delay, wordsOf(result)));
}

/** For whoever runs the gateway; people who write templates read the sentence alone. */
function wordsOf({ code, detail }: TemplateFailed | TemplateRetry): string {
  return `${code}: ${detail}`;
}

async function setStatus(unit: Unit, templateId: string, from: string, to: string): Promise<void> {
  const row = await lock(unit, templateId);
  if (row.deletedAt === null && row.status === from) await changeTemplate(unit, row, { status: to });
}

async function done({ db, clock }: DeliveryDeps, job: LeasedJob): Promise<void> {
  await db.transaction((tx) => changeJob(tx, job, finished('done', clock.now())));
}

interface Found {
  readonly row: TemplateRow;
  readonly channel: ChannelRow;
  readonly templates: TemplateAdapter;
}

async function load(deps: DeliveryDeps, job: LeasedJob): Promise<Found | null> {
  const row = await deps.db.read
    .selectFrom('messageTemplates')
    .selectAll()
    .where('workspaceId', '=', job.workspaceId)
    .where('id', '=', job.subjectId)
    .executeTakeFirst();
  const channel = await channelOf(deps, job);
  const templates = channel && deps.adapterOf(channel.kind).templates;
  return row && channel && templates ? { row, channel, templates } : null;
}

async function channelOf({ db }: DeliveryDeps, { workspaceId, channelId }: LeasedJob) {
  return await db.read
    .selectFrom('channels')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', channelId)
    .executeTakeFirst();
}

/** Also when it was deleted: what is learned about it then is still needed. */
async function lock(unit: Unit, templateId: string): Promise<TemplateRow> {
  const query = unit.tx
    .selectFrom('messageTemplates')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', templateId);
  return await unit.db.lock(query).executeTakeFirstOrThrow();
}
