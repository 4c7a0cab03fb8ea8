import type { TemplateUse } from '@prosa/core/contract';
import { isSendable, renderTemplate, valueProblems, variablesOf, type TemplateValues } from '../domain/hsm.ts';
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

/**
 * The content of a message with this template: as it is shown, and the values as the channel needs them (`raw`).
 * @param path where the values are in the request
 */
export function templateContent(
  row: TemplateRow,
  { variables = {} }: TemplateUse,
  path: string,
): NewMessage['content'] {
  const components = componentsOf(row);
  const errors = valueProblems(components, variables, path);
  if (errors.length > 0) refuse('validation_failed', { errors: [...errors] });
  const values = variablesOf(components).map(({ key }) => [key, variables[key] ?? '']);
  return {
    templateId: row.id,
    name: row.name,
    language: row.language,
    ...renderTemplate(components, variables),
    raw: { variables: Object.fromEntries(values) as TemplateValues },
  };
}

/** Whether a message that was sent is this template with these values, whatever its text is by now. */
export function isSameUse(content: string, { templateId, variables = {} }: TemplateUse): boolean {
  const sent = JSON.parse(content) as { templateId?: string; raw?: { variables?: TemplateValues } };
  const values = Object.entries(sent.raw?.variables ?? {});
  return (
    sent.templateId === templateId &&
    values.length === Object.keys(variables).length &&
    values.every(([key, value]) => Object.hasOwn(variables, key) && variables[key] === value)
  );
}
