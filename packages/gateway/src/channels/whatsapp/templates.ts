import { templatePreview } from '@prosa/core/headless';
import { codeButtonOf, componentOf, hasNamedVariables } from '../../domain/hsm.ts';
import type {
  ChannelRow,
  ProviderTemplate,
  SubmitResult,
  TemplateAdapter,
  TemplateDraft,
  TemplateFailed,
  TemplateRetry,
} from '../channel.ts';
import type { GraphClient } from './graph.ts';
import { refusalOf, successOf, type GraphReply } from './graph-reply.ts';
import { headerHandles, type HandleDeps } from './header-handles.ts';
import { fieldsOf, idOf, listOf } from './parse/fields.ts';
import { categoryOf, statusOfEvent } from './parse/template-fields.ts';
import { templateOf } from './parse/template.ts';
import { templateComponents } from './template-body.ts';

interface CallOptions {
  readonly signal: AbortSignal;
}

const fields =
  'id,name,language,category,status,components,parameter_format,rejected_reason,quality_score,previous_category';
const pageSize = '100';

/** Templates of a business account (Meta, "Template management"). */
export function whatsappTemplates(
  configured: (channel: ChannelRow) => Promise<GraphClient | null>,
  deps: HandleDeps,
): TemplateAdapter {
  return {
    async submit(channel, draft, { intent, signal }) {
      const graph = await configured(channel);
      if (graph === null) return { ...notConfigured, current: null };
      const editing = draft.providerId !== null;
      const current = editing || intent !== 'first' ? await find(graph, draft, { signal }) : null;
      if (current !== null && 'outcome' in current) {
        return current.outcome === 'failed' ? { ...current, current: null } : current;
      }
      if (current !== null && arrived(current, draft)) return { outcome: 'accepted', template: current };
      if (intent === 'settle')
        return { outcome: 'failed', code: 'not_found', detail: 'it never arrived', current: null };
      const handles = await headerHandles(deps, graph, channel, draft.components, signal);
      if ('outcome' in handles) return handles.outcome === 'failed' ? { ...handles, current } : handles;
      const components = templateComponents(draft.components, handles);
      return editing && current !== null
        ? await edit(graph, draft, { current, components }, { signal })
        : await create(graph, draft, components, { signal });
    },

    async remove(channel, template, { signal }) {
      const graph = await configured(channel);
      if (graph === null) return notConfigured;
      const reply = await graph.deleteTemplate(template.providerId, template.name, { signal });
      if (successOf(reply) !== null) return { outcome: 'done' };
      const refusal = failureOf(reply);
      if (refusal.outcome === 'retry') return refusal;
      // Who deletes what is gone is told that a parameter is not valid.
      const left = await find(graph, template, { signal });
      return left === null ? { outcome: 'done' } : refusal;
    },

    async list(channel, after, { signal }) {
      const graph = await configured(channel);
      if (graph === null) return notConfigured;
      const query = { fields, limit: pageSize, ...(after !== null && { after }) };
      const reply = await graph.listTemplates(query, { signal });
      const body = successOf(reply);
      if (body === null) return failureOf(reply);
      const { data, paging } = fieldsOf(body);
      const { cursors, next } = fieldsOf(paging);
      return {
        outcome: 'listed',
        templates: listOf(data)
          .map(templateOf)
          .filter((template) => template !== null),
        next: typeof next === 'string' ? idOf(fieldsOf(cursors)['after']) : null,
      };
    },
  };
}

/** The template of that id, or the only one of that name and language; `null` when there is none. */
async function find(
  graph: GraphClient,
  { providerId, name, language }: Pick<TemplateDraft, 'providerId' | 'name' | 'language'>,
  options: CallOptions,
): Promise<ProviderTemplate | null | TemplateFailed | TemplateRetry> {
  const reply = await graph.listTemplates({ fields, limit: pageSize, name, language }, options);
  const body = successOf(reply);
  if (body === null) return failureOf(reply);
  // `name` finds parts of names too.
  const found = listOf(fieldsOf(body)['data']).map(templateOf);
  const isIt = (template: ProviderTemplate) =>
    providerId === null ? template.name === name && template.language === language : template.providerId === providerId;
  return found.find((template) => template !== null && isIt(template)) ?? null;
}

async function create(
  graph: GraphClient,
  draft: TemplateDraft,
  components: ReturnType<typeof templateComponents>,
  options: CallOptions,
): Promise<SubmitResult> {
  if (components === null)
    return {
      outcome: 'failed',
      code: 'unsupported_type',
      detail: 'the template has parts of another kind',
      current: null,
    };
  const { name, language, category } = draft;
  const named = hasNamedVariables(draft.components) && { parameter_format: 'named' };
  const reply = await graph.createTemplate({ name, language, category, ...named, components }, options);
  const body = successOf(reply);
  if (body === null) {
    const refusal = failureOf(reply);
    return refusal.outcome === 'retry' ? refusal : { ...refusal, current: null };
  }
  const answer = fieldsOf(body);
  const providerId = idOf(answer['id']);
  // Taken, and without its id nothing can be asked about it: the next try finds it by its name.
  if (providerId === null)
    return { outcome: 'retry', code: 'no_id', detail: 'the API accepted it without an id', afterMs: null };
  const status = statusOfEvent(answer['status']);
  return {
    outcome: 'accepted',
    template: {
      providerId,
      category: categoryOf(answer['category']) ?? category,
      status: status === null || status === 'deleted' ? 'submitted' : status,
    },
  };
}

async function edit(
  graph: GraphClient,
  draft: TemplateDraft,
  {
    current,
    components,
  }: { readonly current: ProviderTemplate; readonly components: ReturnType<typeof templateComponents> },
  options: CallOptions,
): Promise<SubmitResult> {
  const changes = {
    // The category of an approved template cannot change, so it is only named when it does.
    ...(draft.category !== current.category && { category: draft.category }),
    ...(components !== null && { components }),
  };
  const reply = await graph.editTemplate(current.providerId, changes, options);
  if (successOf(reply) !== null) {
    const { providerId } = current;
    return { outcome: 'accepted', template: { providerId, category: draft.category, status: 'submitted' } };
  }
  const refusal = failureOf(reply);
  return refusal.outcome === 'retry' ? refusal : { ...refusal, current };
}

/**
 * Whether Meta has this text already. A new template may have been judged and put into another category meanwhile; a
 * change of one that Meta rejected is handed in again, also as it was.
 */
function arrived(current: ProviderTemplate, draft: TemplateDraft): boolean {
  if (codeButtonOf(draft.components)) {
    // Meta has words of its own, and may leave out what it was asked for: a new one is known by its name.
    if (draft.providerId === null) return current.category === draft.category;
    if (codeOf(current) !== codeOf(draft)) return false;
  } else if (textOf(current) !== textOf(draft)) return false;
  return draft.providerId === null || (current.status !== 'rejected' && current.category === draft.category);
}

/** What was chosen of a template for a code. */
function codeOf({ components }: Pick<TemplateDraft, 'components'>): string {
  const button = codeButtonOf(components);
  return JSON.stringify([
    componentOf(components, 'BODY')?.securityRecommendation ?? null,
    componentOf(components, 'FOOTER')?.codeExpirationMinutes ?? null,
    button && [button.otpType, button.text, button.autofillText, button.apps],
  ]);
}

/** Examples are left out: Meta gives them back in other words. */
function textOf({ components }: Pick<TemplateDraft, 'components'>): string {
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? [];
  const cards = componentOf(components, 'CAROUSEL')?.cards ?? [];
  const urls = [...buttons, ...cards.flatMap((card) => card.buttons)].map((button) =>
    'url' in button ? button.url : null,
  );
  const header = componentOf(components, 'HEADER');
  const formats = [header?.format ?? null, ...cards.map(({ format }) => format)];
  const expires = componentOf(components, 'OFFER')?.expires ?? null;
  return JSON.stringify([templatePreview({ components }, {}), urls, formats, expires]);
}

/** A lost answer is a reason to try again: the next try looks first. */
function failureOf(reply: GraphReply): TemplateFailed | TemplateRetry {
  const refusal = refusalOf(reply);
  return refusal.outcome === 'unconfirmed'
    ? { outcome: 'retry', code: 'unconfirmed', detail: refusal.detail, afterMs: null }
    : refusal;
}

const notConfigured = {
  outcome: 'failed',
  code: 'configuration',
  detail: 'the configuration of the channel is not valid',
} as const;
