import type { BodyOf, MessageTemplate, Routes, TemplateComponent } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import { whatsAppConfigOf, whatsAppKind } from '../channels/whatsapp/config.ts';
import { componentProblems } from '../domain/hsm-check.ts';
import { editBlock, recentEdits } from '../domain/hsm-edits.ts';
import { withWords } from '../domain/hsm-words.ts';
import { newId } from '../domain/ids.ts';
import { refuse } from '../domain/problems.ts';
import { findAttachmentRow } from '../store/attachments.ts';
import { componentsOf, lockTemplate, templateOf, type TemplateRow } from '../store/message-templates.ts';
import { findQueue } from '../store/queues.ts';
import type { JobKind, Unit } from '../store/unit.ts';
import { changeTemplate } from './change-template.ts';

/** Makes a template that is handed to Meta after the commit. */
export async function createTemplate(
  unit: Unit,
  { channelId, replyQueueId = null, ...template }: BodyOf<Routes['hsm']['create']>,
): Promise<MessageTemplate> {
  const channel = await channelFor(unit, channelId);
  await requireQueue(unit, replyQueueId);
  requireValid(template.category, template.components);
  await requireExamples(unit, channel, template.components);
  await requireFreeName(unit, channel.id, template);
  const row = await unit.tx
    .insertInto('messageTemplates')
    .values({
      id: newId('template', unit.now),
      workspaceId: unit.workspaceId,
      channelId: channel.id,
      providerId: null,
      name: template.name,
      category: template.category,
      language: template.language,
      components: JSON.stringify(withWords(template.components, template.language)),
      status: 'draft',
      statusAt: null,
      reason: null,
      replyQueueId,
      createdAt: unit.now,
      updatedAt: unit.now,
      deletedAt: null,
      version: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  // Somebody else took the name at the same moment.
  const created = templateOf(row ?? refuse('template_name_taken'));
  unit.emit('template.created', { template: created });
  enqueue(unit, 'submit_template', created);
  return created;
}

/** What Meta approved, rejected or paused can be changed (Meta, "Template management"), the queue at any time. */
export async function updateTemplate(
  unit: Unit,
  templateId: string,
  { category, components, replyQueueId }: BodyOf<Routes['hsm']['update']>,
): Promise<MessageTemplate> {
  const row = await lockTemplate(unit.db, unit.tx, unit.workspaceId, templateId);
  if (replyQueueId !== undefined) await requireQueue(unit, replyQueueId);
  const changes: Partial<TemplateRow> = { ...(replyQueueId !== undefined && { replyQueueId }) };
  if (category !== undefined || components !== undefined) {
    requireEditable(row, { category, components }, unit.now);
    if (components !== undefined) {
      requireValid(category ?? templateOf(row).category, components);
      await requireExamples(unit, await channelFor(unit, row.channelId), components);
    } else if (category !== undefined) requireFitting(row, category);
    Object.assign(changes, {
      ...(category !== undefined && { category }),
      ...(components !== undefined && { components: JSON.stringify(withWords(components, row.language)) }),
    });
    const same = changes.components === undefined || changes.components === row.components;
    // What was rejected is handed in again also as it is: it may be Meta that has changed its mind.
    if (!same || (category !== undefined && category !== row.category) || row.status === 'rejected') {
      const edits = JSON.parse(row.edits) as readonly number[];
      if (row.status === 'approved') changes.edits = JSON.stringify([...recentEdits(edits, unit.now), unit.now]);
      Object.assign(changes, { status: 'draft', reason: null });
      enqueue(unit, 'submit_template', row);
    }
  }
  return templateOf(await changeTemplate(unit, row, changes));
}

/** Gone at once for everybody here, and at Meta after the commit. */
export async function deleteTemplate(unit: Unit, templateId: string): Promise<MessageTemplate> {
  const row = await lockTemplate(unit.db, unit.tx, unit.workspaceId, templateId);
  if (row.status === 'disabled') {
    refuse('template_not_editable', { detail: 'Meta keeps a disabled template: it cannot be deleted.' });
  }
  enqueue(unit, 'delete_template', row);
  return templateOf(await changeTemplate(unit, row, { deletedAt: unit.now }));
}

/** Asks for Meta's list: of one channel, or of all. Asking again before it came changes nothing. */
export async function syncTemplates(unit: Unit, channelId: string | undefined): Promise<{ channels: number }> {
  const channels = channelId === undefined ? await channelsOf(unit) : [await channelFor(unit, channelId)];
  for (const { id } of channels) await askForTemplates(unit, id);
  return { channels: channels.length };
}

/** Asks for Meta's list of the channel soon, unless it is waited for already. */
export async function askForTemplates(unit: Unit, channelId: string): Promise<void> {
  if (await isAskedFor(unit, channelId, ['queued'])) return;
  enqueue(unit, 'sync_templates', { id: channelId, channelId });
}

/** Whether Meta's list of the channel is on its way: what is known of its templates may be old. */
export async function awaitsTemplates(unit: Unit, channelId: string): Promise<boolean> {
  return await isAskedFor(unit, channelId, ['queued', 'running', 'calling']);
}

async function isAskedFor(unit: Unit, channelId: string, states: readonly string[]): Promise<boolean> {
  const job = await unit.tx
    .selectFrom('jobs')
    .select('id')
    .where('orderKey', '=', orderKeyOf(channelId))
    .where('kind', '=', 'sync_templates')
    .where('state', 'in', states)
    .executeTakeFirst();
  return job !== undefined;
}

/** One after another in a channel, so that a list from Meta never overtakes a change of ours. */
function enqueue(unit: Unit, kind: JobKind, { id, channelId }: { readonly id: string; readonly channelId: string }) {
  unit.enqueue({ kind, channelId, subjectId: id, orderKey: orderKeyOf(channelId) });
}

function orderKeyOf(channelId: string): string {
  return `templates:${channelId}`;
}

function requireEditable(row: TemplateRow, wanted: BodyOf<Routes['hsm']['update']>, now: number): void {
  if (row.status !== 'approved' && row.status !== 'rejected' && row.status !== 'paused') {
    refuse('template_not_editable', {
      detail: 'Only a template that is approved, rejected or paused can be changed.',
    });
  }
  if (row.status === 'approved' && wanted.category !== undefined && wanted.category !== row.category) {
    refuse('template_not_editable', { detail: 'Meta does not change the category of an approved template.' });
  }
  const detail = row.status === 'approved' ? editBlock(JSON.parse(row.edits) as readonly number[], now) : null;
  if (detail !== null) refuse('template_not_editable', { detail });
  // All components are replaced, and these cannot be written here: they would be lost.
  if (wanted.components !== undefined && componentsOf(row).some(({ type }) => type === 'OTHER')) {
    refuse('template_not_editable', { detail: 'It has parts that can only be changed at Meta.' });
  }
}

function requireValid(category: MessageTemplate['category'], components: readonly TemplateComponent[]): void {
  const errors = componentProblems(category, components, 'body.components');
  if (errors.length > 0) refuse('validation_failed', { errors: [...errors] });
}

/** Another category for the components that are there. */
function requireFitting(row: TemplateRow, category: MessageTemplate['category']): void {
  if ((category === 'AUTHENTICATION') !== (row.category === 'AUTHENTICATION')) {
    invalid('body.category', 'needs other components: templates of category AUTHENTICATION have their own');
  }
  const special = componentsOf(row).find(({ type }) => type === 'OFFER' || type === 'CAROUSEL');
  if (special && category !== 'MARKETING') invalid('body.category', `must be MARKETING: it has a part ${special.type}`);
}

function invalid(path: string, message: string): never {
  refuse('validation_failed', { errors: [{ path, message }] });
}

async function requireFreeName(
  unit: Unit,
  channelId: string,
  { name, language }: Pick<MessageTemplate, 'name' | 'language'>,
): Promise<void> {
  const taken = await unit.tx
    .selectFrom('messageTemplates')
    .select('id')
    .where('channelId', '=', channelId)
    .where('name', '=', name)
    .where('language', '=', language)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  if (taken) refuse('template_name_taken');
}

async function requireQueue(unit: Unit, queueId: string | null): Promise<void> {
  if (queueId === null || (await findQueue(unit.tx, unit.workspaceId, queueId))) return;
  invalid('body.replyQueueId', 'there is no such queue');
}

const exampleTypes: Readonly<Record<string, readonly string[]>> = {
  IMAGE: ['image/jpeg', 'image/png'],
  VIDEO: ['video/mp4'],
  DOCUMENT: ['application/pdf'],
};

interface Example {
  readonly attachmentId: string;
  readonly format: string;
  readonly path: string;
}

/** The files of a header and of cards for the review, and the app that they are uploaded to. */
async function requireExamples(
  unit: Unit,
  channel: FoundChannel,
  components: readonly TemplateComponent[],
): Promise<void> {
  for (const { attachmentId, format, path } of components.flatMap(examplesOf)) {
    const types = exampleTypes[format] ?? [];
    const file = await findAttachmentRow(unit.tx, unit.workspaceId, attachmentId);
    if (!file) invalid(path, 'there is no such attachment');
    else if (file.status !== 'ready') refuse('attachment_not_ready');
    else if (!types.includes(file.mimeType)) invalid(path, `must be ${types.join(' or ')}, not ${file.mimeType}`);
    if (whatsAppConfigOf(channel).appId === undefined) {
      invalid(path, 'cannot be uploaded: set appId, the id of the Meta app, in the configuration of the channel');
    }
  }
}

function examplesOf(component: TemplateComponent, index: number): readonly Example[] {
  const place = `body.components.${index}`;
  if (component.type === 'CAROUSEL') {
    return component.cards.map(({ attachmentId, format }, card) => ({
      attachmentId,
      format,
      path: `${place}.cards.${card}.attachmentId`,
    }));
  }
  if (component.type !== 'HEADER' || component.attachmentId === undefined) return [];
  const { attachmentId, format } = component;
  return [{ attachmentId, format, path: `${place}.attachmentId` }];
}

type FoundChannel = Pick<ChannelRow, 'id' | 'config'>;

async function channelsOf(unit: Unit): Promise<FoundChannel[]> {
  return await unit.tx
    .selectFrom('channels')
    .select(['id', 'config'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('kind', '=', whatsAppKind)
    .orderBy('id')
    .execute();
}

async function channelFor(unit: Unit, channelId: string | undefined): Promise<FoundChannel> {
  const channels = await channelsOf(unit);
  const wanted = channelId === undefined ? channels : channels.filter(({ id }) => id === channelId);
  const [channel] = wanted;
  if (channel && wanted.length === 1) return channel;
  const message =
    wanted.length > 1
      ? 'is needed: the workspace has several WhatsApp channels'
      : channelId === undefined
        ? 'is needed: the workspace has no WhatsApp channel'
        : 'there is no such WhatsApp channel';
  invalid('body.channelId', message);
}
