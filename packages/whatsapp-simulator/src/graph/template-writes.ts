import type { SimulatorContext } from '../context.ts';
import { isObject, parseJson } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { componentOf } from '../state/template.ts';
import type { Template } from '../state/template.ts';
import { given } from './fields.ts';
import { readCategory, readComponents, readFormat, readLanguage, readLifetime, readName } from './template-draft.ts';
import { templateRefusal } from './template-refusal.ts';
import { submitTemplate } from './template-review.ts';
import { keepTemplate, templateId } from './templates.ts';

const day = 24 * 60 * 60 * 1000;
/** Of a business that Meta has not verified. */
const mostTemplates = 250;
/** How long the name of a deleted template that could be sent stays taken. */
const cooldownMs = 30 * day;
const editsInMonth = 10;
const idsInCall = 100;

function templatesOf(context: SimulatorContext, wabaId: string): readonly Template[] {
  return [...context.state.templates.values()].filter((each) => each.wabaId === wabaId);
}

/** A form post carries the components as JSON text. */
function fieldsOf(body: unknown): JsonObject {
  if (!isObject(body)) return {};
  if (typeof body.components !== 'string') return body;
  return { ...body, components: parseJson(body.components) };
}

/** `POST /{waba}/message_templates` */
export function createTemplate(context: SimulatorContext, wabaId: string, body: unknown): JsonObject {
  const fields = fieldsOf(body);
  const name = readName(fields.name);
  const language = readLanguage(fields.language);
  const category = readCategory(fields.category);
  const format = readFormat(fields.parameter_format);
  const components = readComponents(fields, { category, format, language });
  const ttl = readLifetime(fields.message_send_ttl_seconds, category);

  const own = templatesOf(context, wabaId);
  const same = own.find((each) => each.name === name && each.language === language);
  if (same && same.status !== 'DELETED') {
    throw templateRefusal('exists', `There is already ${language} content for this template.`);
  }
  if (same?.deletedAt !== undefined && context.clock.now() - same.deletedAt < cooldownMs) {
    throw templateRefusal(
      'cooldown',
      `New ${language} content can't be added while the existing ${language} content is being deleted. Try again in 4 weeks or create a new message template.`,
    );
  }
  if (own.filter((each) => each.status !== 'DELETED').length >= mostTemplates) {
    throw templateRefusal('full', `An account can have at most ${mostTemplates} templates.`);
  }
  if (same) context.state.templates.delete(same.id);
  const made = submitTemplate(context, {
    id: templateId(),
    wabaId,
    name,
    language,
    category,
    status: 'PENDING',
    parameter_format: format,
    components,
    ...given('message_send_ttl_seconds', ttl),
  });
  return { id: made.id, status: made.status, category: made.category };
}

/** `POST /{waba}/upsert_message_templates`: one authentication template in several languages, made or replaced. */
export function upsertTemplates(context: SimulatorContext, wabaId: string, body: unknown): JsonObject {
  const fields = fieldsOf(body);
  const { languages } = fields;
  if (!Array.isArray(languages) || languages.length === 0) {
    throw templateRefusal('invalid', 'The parameter languages is required.');
  }
  if (readCategory(fields.category) !== 'AUTHENTICATION') {
    throw templateRefusal('invalid', 'Only templates of category AUTHENTICATION come in several languages at once.');
  }
  const name = readName(fields.name);
  // All or nothing: every language is read before any is made.
  for (const language of languages) {
    readComponents(fields, { category: 'AUTHENTICATION', format: 'POSITIONAL', language: readLanguage(language) });
  }
  const data = languages.map((language) => {
    const one = { ...fields, language };
    const known = templatesOf(context, wabaId).find(
      (each) => each.name === name && each.language === language && each.status !== 'DELETED',
    );
    if (!known) return { ...createTemplate(context, wabaId, one), language };
    const components = readComponents(fields, {
      category: 'AUTHENTICATION',
      format: 'POSITIONAL',
      language: known.language,
    });
    const made = submitTemplate(context, { ...known, components });
    return { id: made.id, status: made.status, category: made.category, language };
  });
  return { data };
}

/** `GET /{waba}/message_template_previews`: the words that Meta gives authentication templates. */
export function previewTemplates(query: URLSearchParams): JsonObject {
  if (readCategory(query.get('category')) !== 'AUTHENTICATION') {
    throw templateRefusal('invalid', 'Previews are there for category AUTHENTICATION.');
  }
  const languages = (query.get('languages') ?? query.get('language') ?? 'en_US').split(',').map((each) => each.trim());
  const expires = query.get('code_expiration_minutes');
  const buttons = parseJson(query.get('button_types') ?? '["OTP"]');
  const component = (type: string, more: JsonObject = {}): JsonObject => ({ type, ...more });
  const data = languages.map((language) => {
    const components = readComponents(
      {
        components: [
          component('BODY', { add_security_recommendation: query.get('add_security_recommendation') === 'true' }),
          ...(expires === null ? [] : [component('FOOTER', { code_expiration_minutes: Number(expires) })]),
          component('BUTTONS', { buttons: Array.isArray(buttons) ? [{ type: 'OTP', otp_type: 'COPY_CODE' }] : [] }),
        ],
      },
      { category: 'AUTHENTICATION', format: 'POSITIONAL', language: readLanguage(language) },
    );
    return {
      language,
      body: componentOf(components, 'BODY')?.text,
      ...given('footer', componentOf(components, 'FOOTER')?.text),
      buttons: componentOf(components, 'BUTTONS')?.buttons.map(({ type, text }) => ({ type, text })),
    };
  });
  return { data };
}

function requireEditable(context: SimulatorContext, template: Template): readonly number[] {
  if (template.status === 'REJECTED' || template.status === 'PAUSED') return template.edits ?? [];
  if (template.status !== 'APPROVED') {
    throw templateRefusal('statusLocked', `A template that is ${template.status} cannot be edited.`);
  }
  const now = context.clock.now();
  const recent = (template.edits ?? []).filter((at) => now - at < 30 * day);
  if (recent.some((at) => now - at < day)) {
    throw templateRefusal('statusLocked', 'An approved template can be edited once in 24 hours.');
  }
  if (recent.length >= editsInMonth) {
    throw templateRefusal('statusLocked', `An approved template can be edited ${editsInMonth} times in 30 days.`);
  }
  return [...recent, now];
}

/** `POST /{template-id}`: category, components or time to live; the template goes back to review. */
export function editTemplate(context: SimulatorContext, template: Template, body: unknown): JsonObject {
  const fields = fieldsOf(body);
  const changes = ['category', 'components', 'message_send_ttl_seconds'].filter((key) => fields[key] !== undefined);
  if (changes.length === 0) {
    throw templateRefusal('invalid', 'Name at least one of category, components, message_send_ttl_seconds.');
  }
  const edits = requireEditable(context, template);
  const category = fields.category === undefined ? template.category : readCategory(fields.category);
  if (template.status === 'APPROVED' && category !== template.category) {
    throw templateRefusal('invalid', "The category of an approved template can't be changed.");
  }
  const format =
    fields.parameter_format === undefined ? template.parameter_format : readFormat(fields.parameter_format);
  const components =
    fields.components === undefined
      ? template.components
      : readComponents(fields, { category, format, language: template.language });
  const ttl = readLifetime(fields.message_send_ttl_seconds, category) ?? template.message_send_ttl_seconds;
  submitTemplate(context, {
    ...template,
    category,
    components,
    parameter_format: format,
    edits,
    ...given('message_send_ttl_seconds', ttl),
  });
  return { success: true };
}

function idsOf(query: URLSearchParams): readonly string[] | undefined {
  const many = query.get('hsm_ids');
  if (many === null) return query.has('hsm_id') ? [query.get('hsm_id') ?? ''] : undefined;
  const ids = parseJson(many);
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > idsInCall) {
    throw templateRefusal('invalid', `hsm_ids must be a list of 1 to ${idsInCall} ids.`);
  }
  return ids.map(String);
}

/** `DELETE /{waba}/message_templates`: all languages of `name`, one by `hsm_id` and `name`, or many by `hsm_ids`. */
export function deleteTemplates(context: SimulatorContext, wabaId: string, query: URLSearchParams): JsonObject {
  const ids = idsOf(query);
  const name = query.get('name');
  if (name === null && !query.has('hsm_ids')) throw templateRefusal('invalid', 'The parameter name is required.');
  const own = templatesOf(context, wabaId).filter(
    (each) => each.status !== 'DELETED' && (name === null || each.name === name),
  );
  const doomed = ids === undefined ? own : own.filter((each) => ids.includes(each.id));
  if (doomed.length < Math.max(1, ids?.length ?? 1)) {
    throw templateRefusal('notFound', `There is no such message template${name === null ? '' : ` named ${name}`}.`);
  }
  if (doomed.some((each) => each.status === 'DISABLED')) {
    throw templateRefusal('invalid', "A disabled template can't be deleted.");
  }
  for (const each of doomed) {
    const { reviewAt: _void, ...rest } = each;
    const sendable = each.status === 'APPROVED' || each.status === 'PAUSED';
    keepTemplate(context, {
      ...rest,
      status: 'DELETED',
      ...given('deletedAt', sendable ? context.clock.now() : undefined),
    });
  }
  return { success: true };
}
