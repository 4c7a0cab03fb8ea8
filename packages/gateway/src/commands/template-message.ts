import type { FieldProblem, TemplateUse } from '@prosa/core/contract';
import { templatePreview } from '@prosa/core/headless';
import { sentParts, templateFiles, useProblems } from '../domain/hsm-use.ts';
import { isSendable, valueProblems, type TemplateValues } from '../domain/hsm.ts';
import type { NamedFile } from '../domain/outbound-content.ts';
import { refuse } from '../domain/problems.ts';
import { componentsOf, getTemplateRow, type TemplateRow } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';
import type { NewMessage } from './conversation-draft.ts';

/** The template, when it may be sent now. */
export async function requireTemplate(unit: Unit, templateId: string): Promise<TemplateRow> {
  const row = await getTemplateRow(unit.tx, unit.workspaceId, templateId);
  if (isSendable(row.status, componentsOf(row))) return row;
  const detail =
    row.status === 'approved' ? 'It has parts that cannot be sent from here.' : `It is ${row.status}, not approved.`;
  refuse('template_not_sendable', { detail });
}

/** The same for a conversation: its customer is reached by one number, and a template belongs to the account of one. */
export async function requireTemplateOf(unit: Unit, channelId: string, templateId: string): Promise<TemplateRow> {
  const row = await requireTemplate(unit, templateId);
  if (row.channelId === channelId) return row;
  refuse('template_not_sendable', { detail: 'It belongs to another channel than the conversation.' });
}

/** A message with a template, before it is written. */
export interface TemplateMessage {
  /** As it is shown, and as the channel needs it (`raw`). */
  readonly content: NewMessage['content'];
  /** To be looked at, and to belong to the message. */
  readonly files: readonly NamedFile[];
}

/** @param path where the template is in the request */
export function templateMessage(unit: Unit, row: TemplateRow, use: TemplateUse, path: string): TemplateMessage {
  const components = componentsOf(row);
  const errors = templateProblems(row, use, path, unit.now);
  if (errors.length > 0) refuse('validation_failed', { errors: [...errors] });
  const { variables = {}, location, cardAttachmentIds = [] } = use;
  const { cards, ...preview } = templatePreview({ components }, variables);
  const extras = extrasOf(use);
  return {
    content: {
      templateId: row.id,
      name: row.name,
      language: row.language,
      ...preview,
      ...(cards && { cards: cards.map((card, index) => ({ ...card, attachmentId: cardAttachmentIds[index] })) }),
      ...(location && { location }),
      raw: { variables, parts: sentParts(components, use), ...(extras !== null && { extras }) },
    },
    files: templateFiles(components, use).map(({ id, field, kinds }) => ({ id, path: `${path}.${field}`, kinds })),
  };
}

/** What is wrong with the values and with what else the template needs. */
export function templateProblems(
  row: TemplateRow,
  use: TemplateUse,
  path: string,
  now: number,
): readonly FieldProblem[] {
  const components = componentsOf(row);
  return [
    ...valueProblems(components, use.variables ?? {}, `${path}.variables`),
    ...useProblems(components, use, path, now),
  ];
}

/** Whether a message that was sent is this template with these values, whatever its text is by now. */
export function isSameUse(content: string, use: TemplateUse): boolean {
  const { templateId, variables = {} } = use;
  const sent = JSON.parse(content) as {
    templateId?: string;
    raw?: { variables?: TemplateValues; extras?: string };
  };
  const values = Object.entries(sent.raw?.variables ?? {});
  return (
    sent.templateId === templateId &&
    values.length === Object.keys(variables).length &&
    values.every(([key, value]) => Object.hasOwn(variables, key) && variables[key] === value) &&
    (sent.raw?.extras ?? null) === extrasOf(use)
  );
}

/** What was given beside the texts, to tell one use from another; `null`: nothing. */
function extrasOf({ attachmentId, location, payloads, flows, offerEndsAt, cardAttachmentIds }: TemplateUse) {
  const extras = JSON.stringify({ attachmentId, location, payloads, flows, offerEndsAt, cardAttachmentIds });
  return extras === '{}' ? null : extras;
}
