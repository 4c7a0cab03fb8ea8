import type { TemplateNews } from '../../../commands/inbound.ts';
import { fieldsOf, idOf, lineOf, type Fields } from './fields.ts';
import { categoryOf, languageOf, qualityOf, statusOfEvent, warningOf } from './template-fields.ts';

/** What a webhook says of a template, or why it is nothing that we follow. */
export function templateNewsOf(
  field: string,
  value: Fields,
  at: number,
): Omit<TemplateNews, 'channel'> | { readonly ignored: string } {
  const providerId = idOf(value['message_template_id']);
  const name = lineOf(value['message_template_name'], 512);
  const language = languageOf(value['message_template_language']);
  if (providerId === null && (name === null || language === null)) return { ignored: `${field} without template` };
  const template = { providerId, name, language, at };
  // Known by its shape: Meta prints it under the field of the status, too ("message_template_quality_update").
  if (value['new_quality_score'] !== undefined) return { ...template, quality: qualityOf(value['new_quality_score']) };
  if (field === 'message_template_components_update') return { ...template, rewritten: true };
  if (field === 'template_category_update') return categoryNews(field, template, value);
  const event = lineOf(value['event'], 40)?.toUpperCase() ?? 'nothing';
  // They warn: it can be sent as before, and says why it may not be for long.
  if (warningOf(event) !== null) return { ...template, warning: reasonOf(event, value) };
  const status = statusOfEvent(event);
  if (status === null) return { ignored: `${field} ${event}` };
  const reason = status === 'approved' || status === 'submitted' ? null : reasonOf(event, value);
  const category = categoryOf(value['message_template_category']);
  return { ...template, status, reason, ...(category !== null && { category }) };
}

/** With `correct_category` the change is only announced: `new_category` is still the present one. */
function categoryNews(field: string, template: Omit<TemplateNews, 'channel'>, value: Fields) {
  const category = categoryOf(value['new_category']);
  if (category === null) return { ignored: `${field} without category` };
  const next = categoryOf(value['correct_category']);
  if (next !== null && next !== category) return { ...template, category, nextCategory: next };
  const before = categoryOf(value['previous_category']);
  const previous = before !== null && before !== category && { previousCategory: before };
  return { ...template, category, nextCategory: null, ...previous };
}

/** Meta's words: the code of the reason, and the sentence that explains it. */
function reasonOf(event: string, value: Fields): string {
  const code = lineOf(value['reason'], 100);
  const info = fieldsOf(value['rejection_info']);
  const more = fieldsOf(value['other_info']);
  const texts = [info['reason'], more['description'], more['title']].map((text) => lineOf(text, 300));
  const parts = [code === 'NONE' ? null : code, texts.find((text) => text !== null) ?? null];
  const reason = parts.filter((part) => part !== null).join(': ');
  return reason === '' ? event : reason;
}
