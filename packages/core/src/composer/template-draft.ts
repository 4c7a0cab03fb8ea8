import type { MessageTemplate } from '../contract/index.ts';
import { missingVariables, templatePreview, type TemplatePreview } from '../hsm/template-preview.ts';
import type { PlaceholderValues } from '../placeholders/placeholders.ts';

/** Which field each variable is filled in with: `{ 'body.1': 'cliente.primeiro_nome', 'body.2': 'protocolo' }`. */
export type TemplateBindings = Readonly<Record<string, string>>;

/** The template that is being filled in. */
export interface TemplateDraft {
  readonly template: MessageTemplate;
  /** By the key of the variable, as it will be sent. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys of the variables that have no text yet. */
  readonly missing: readonly string[];
  /** As the customer will read it. */
  readonly preview: TemplatePreview;
}

/**
 * Fills in the variables of a template: what was written by hand counts, then the field that is bound to it.
 *
 * @example
 * fillTemplate(template, { 'body.1': 'cliente.nome' }, placeholderValues({ conversation })).missing;
 */
export function fillTemplate(
  template: MessageTemplate,
  bindings: TemplateBindings,
  fields: PlaceholderValues,
  written: Readonly<Record<string, string>> = {},
): TemplateDraft {
  const values: Record<string, string> = {};
  for (const { key } of template.variables) {
    const field = Object.hasOwn(bindings, key) ? (bindings[key] as string).toLowerCase() : '';
    const value = Object.hasOwn(written, key) ? written[key] : Object.hasOwn(fields, field) ? fields[field] : null;
    if (value) values[key] = oneLine(value);
  }
  return Object.freeze({
    template,
    values: Object.freeze(values),
    missing: Object.freeze(missingVariables(template, values)),
    preview: templatePreview(template, values),
  });
}

/** Meta takes no new lines, no tabs and no more than four blanks in a row (Meta, "Template components"). */
function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
