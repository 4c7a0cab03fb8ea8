import type { SimulatorContext } from '../context.ts';
import { numericId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { toBase64, utf8 } from '../bytes.ts';
import type { Template, TemplateInput, TemplateStatus } from '../state/template.ts';
import { invalidParameter } from './refusal.ts';

const defaultFields = ['name', 'parameter_format', 'components', 'language', 'status', 'category', 'id'];

function project(template: Template, fields: readonly string[]): JsonObject {
  const all: JsonObject = { ...template, quality_score: { score: 'GREEN', date: null }, rejected_reason: 'NONE' };
  return Object.fromEntries(fields.filter((field) => field in all).map((field) => [field, all[field]]));
}

function fieldsOf(query: URLSearchParams): readonly string[] {
  const asked = query.get('fields');
  return asked === null ? defaultFields : [...new Set([...asked.split(',').map((field) => field.trim()), 'id'])];
}

function cursor(id: string): string {
  return toBase64(utf8(id));
}

/** `GET /{waba}/message_templates` with Meta's filters and cursor pages. */
export function listTemplates(context: SimulatorContext, wabaId: string, url: URL): JsonObject {
  const query = url.searchParams;
  const upper = (key: string): string | undefined => query.get(key)?.toUpperCase();
  const matching = [...context.state.templates.values()].filter(
    (each) =>
      each.wabaId === wabaId &&
      each.status !== 'DELETED' &&
      (!query.has('name') || each.name.includes(query.get('name') ?? '')) &&
      (!query.has('language') || each.language === query.get('language')) &&
      (!query.has('status') || each.status === upper('status')) &&
      (!query.has('category') || each.category === upper('category')),
  );
  const limit = Number(query.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1) throw invalidParameter('Param limit must be a positive integer.');

  const after = query.get('after');
  const before = query.get('before');
  let start = 0;
  if (after !== null) start = 1 + matching.findIndex((each) => cursor(each.id) === after);
  else if (before !== null) start = Math.max(0, matching.findIndex((each) => cursor(each.id) === before) - limit);
  const page = matching.slice(start, start + limit);
  const first = page[0];
  const last = page.at(-1);
  if (!first || !last) return { data: [] };

  const link = (key: 'after' | 'before', value: string): string => {
    const target = new URL(url.pathname + url.search, context.origin());
    target.searchParams.delete('after');
    target.searchParams.delete('before');
    target.searchParams.set(key, value);
    return target.href;
  };
  return {
    data: page.map((each) => project(each, fieldsOf(query))),
    paging: {
      cursors: { before: cursor(first.id), after: cursor(last.id) },
      ...(start + limit < matching.length ? { next: link('after', cursor(last.id)) } : {}),
      ...(start > 0 ? { previous: link('before', cursor(first.id)) } : {}),
    },
  };
}

export function describeTemplate(template: Template, query: URLSearchParams): JsonObject {
  return project(template, fieldsOf(query));
}

export function addTemplate(context: SimulatorContext, wabaId: string, input: TemplateInput): Template {
  const same = [...context.state.templates.values()].find(
    (each) => each.wabaId === wabaId && each.name === input.name && each.language === input.language,
  );
  const template: Template = Object.freeze({
    id: same?.id ?? numericId(16),
    wabaId,
    name: input.name,
    language: input.language,
    category: input.category,
    status: input.status ?? 'APPROVED',
    parameter_format: input.parameter_format ?? 'POSITIONAL',
    components: input.components,
  });
  context.state.templates.set(template.id, template);
  context.persist();
  return template;
}

/** Changes a template's status as a review does, with Meta's webhook about it. */
export function setTemplateStatus(context: SimulatorContext, template: Template, status: TemplateStatus): Template {
  const changed = Object.freeze({ ...template, status });
  context.state.templates.set(template.id, changed);
  context.persist();
  const number = [...context.state.numbers.values()].find((each) => each.wabaId === template.wabaId);
  if (!number) return changed;
  context.webhooks.send({
    number,
    lane: 'templates',
    change: {
      wabaId: template.wabaId,
      field: 'message_template_status_update',
      time: Math.floor(context.clock.now() / 1000),
      value: {
        event: status,
        // A JSON number would lose digits; 16 digits are still exact.
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language,
        reason: status === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE',
        message_template_category: template.category,
      },
    },
  });
  return changed;
}
