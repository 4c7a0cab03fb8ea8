import type { SimulatorContext } from '../context.ts';
import { numericId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { toBase64, utf8 } from '../bytes.ts';
import { findTemplate } from '../state/template.ts';
import type { Template, TemplateComponent, TemplateInput } from '../state/template.ts';
import { given } from './fields.ts';
import { invalidParameter } from './refusal.ts';

const defaultFields = ['name', 'parameter_format', 'components', 'language', 'status', 'category', 'id'];

/** `GET` shows a one-time code button as the URL button that it is on the phone. */
function shown(component: TemplateComponent): JsonObject {
  if (component.type !== 'BUTTONS') return component;
  const buttons = component.buttons.map((button) => {
    if (button.type !== 'OTP') return button;
    const { otp_type: _kind, ...rest } = button;
    return { ...rest, type: 'URL' };
  });
  return { ...component, buttons };
}

function project(template: Template, fields: readonly string[]): JsonObject {
  const { id, name, language, category, status, parameter_format, components } = template;
  const all: JsonObject = {
    id,
    name,
    language,
    category,
    status,
    parameter_format,
    components: components.map(shown),
    rejected_reason: template.rejected_reason ?? 'NONE',
    quality_score: { score: template.quality ?? 'GREEN', date: null },
    ...given('previous_category', template.previous_category),
    ...given('message_send_ttl_seconds', template.message_send_ttl_seconds),
  };
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

/** Puts a template there as if it had been reviewed long ago. */
export function addTemplate(context: SimulatorContext, wabaId: string, input: TemplateInput): Template {
  const same = findTemplate(context.state.templates.values(), wabaId, input.name, input.language);
  return keepTemplate(context, {
    id: same?.id ?? templateId(),
    wabaId,
    name: input.name,
    language: input.language,
    category: input.category,
    status: input.status ?? 'APPROVED',
    parameter_format: input.parameter_format ?? 'POSITIONAL',
    components: input.components,
  });
}

export function keepTemplate(context: SimulatorContext, template: Template): Template {
  const kept = Object.freeze(template);
  context.state.templates.set(kept.id, kept);
  context.persist();
  return kept;
}

/** Webhooks carry it as a JSON number, which is exact up to 15 digits. */
export function templateId(): string {
  return numericId(15);
}
