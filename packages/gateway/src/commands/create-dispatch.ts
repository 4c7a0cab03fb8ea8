import type { BodyOf, Dispatch, FieldProblem, Routes, TemplateUse } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { templateFiles } from '../domain/hsm-use.ts';
import { refuse } from '../domain/problems.ts';
import { getDispatch } from '../store/dispatches.ts';
import { componentsOf, type TemplateRow } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';
import { lineProblems } from './dispatch-lines.ts';
import { findPeople, type Target } from './dispatch-people.ts';
import { requireFile } from './message-files.ts';
import { personOf, type Principal } from './principal.ts';
import { requireTemplate } from './template-message.ts';

type Body = BodyOf<Routes['dispatches']['create']>;

/** Of one statement: databases take only so many values in one. */
const rowsAtOnce = 500;

/** Keeps the list, when all of it is right. Nobody is written to here: `dispatch-next.ts` does, one after the other. */
export async function createDispatch(unit: Unit, principal: Principal, body: Body): Promise<Dispatch> {
  const template = await requireTemplate(unit, body.template.templateId);
  const scheduledAt = body.scheduledAt == null ? null : Date.parse(body.scheduledAt);
  const { targets, problems } = await findPeople(unit, template.channelId, body.recipients);
  const errors = [
    ...timeProblems(scheduledAt, unit.now),
    ...(await queueProblems(unit, body.replyQueueId ?? null)),
    ...[...lineProblems(template, body, unit.now), ...problems].toSorted(byLine),
  ];
  if (errors.length > 0) refuse('validation_failed', { errors });
  await requireFiles(unit, template, body.template);

  const id = newId('dispatch', unit.now);
  const { id: creatorId, name: creatorName } = personOf(principal);
  await unit.tx
    .insertInto('dispatches')
    .values({
      id,
      workspaceId: unit.workspaceId,
      channelId: template.channelId,
      templateId: template.id,
      templateName: template.name,
      templateLanguage: template.language,
      name: body.name,
      status: scheduledAt === null ? 'running' : 'scheduled',
      template: JSON.stringify(body.template),
      replyQueueId: body.replyQueueId ?? null,
      awaitingReplyMinutes: body.awaitingReplyMinutes ?? null,
      total: targets.length,
      creatorKind: principal.kind,
      creatorId,
      creatorName,
      scheduledAt,
      startedAt: scheduledAt === null ? unit.now : null,
      finishedAt: null,
      nextAt: scheduledAt ?? unit.now,
      limitedUntil: null,
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .execute();
  await insertRecipients(unit, id, body, targets);
  const dispatch = await getDispatch(unit.tx, unit.workspaceId, id, unit.now);
  unit.emit('dispatch.created', { dispatch });
  unit.wake({ topic: 'dispatches' });
  return dispatch;
}

function timeProblems(scheduledAt: number | null, now: number): readonly FieldProblem[] {
  if (scheduledAt === null || scheduledAt > now) return [];
  return [{ path: 'body.scheduledAt', message: 'must be in the future; leave it out to begin at once' }];
}

async function queueProblems(unit: Unit, queueId: string | null): Promise<readonly FieldProblem[]> {
  if (queueId === null) return [];
  const queue = await unit.tx
    .selectFrom('queues')
    .select('id')
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', queueId)
    .executeTakeFirst();
  return queue ? [] : [{ path: 'body.replyQueueId', message: 'must name a queue of the workspace' }];
}

/** What is wrong for everybody comes first. */
function byLine(a: FieldProblem, b: FieldProblem): number {
  return lineOf(a) - lineOf(b);
}

function lineOf({ path }: FieldProblem): number {
  return Number(/^body\.recipients\.(\d+)/.exec(path)?.[1] ?? -1);
}

/** Each message gets a copy of its own: the file itself is kept once. */
async function requireFiles(unit: Unit, template: TemplateRow, use: TemplateUse): Promise<void> {
  for (const { id, field, kinds } of templateFiles(componentsOf(template), use)) {
    await requireFile(unit, { id, path: `body.template.${field}`, kinds });
  }
}

async function insertRecipients(unit: Unit, dispatchId: string, body: Body, targets: readonly (Target | null)[]) {
  const rows = body.recipients.map(({ to, variables = {}, document }, place) => ({
    id: newId('dispatchRecipient', unit.now),
    workspaceId: unit.workspaceId,
    dispatchId,
    place,
    contactId: targets[place]?.contactId ?? null,
    phone: targets[place]?.phone ?? null,
    name: 'name' in to ? (to.name ?? null) : null,
    document: document === undefined ? null : JSON.stringify(document),
    variables: JSON.stringify(variables),
    state: 'waiting',
    problem: null,
    conversationId: null,
    messageId: null,
  }));
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await unit.tx
      .insertInto('dispatchRecipients')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
  }
}
