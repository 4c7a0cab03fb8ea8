import type { TestDesk } from './desk.ts';

export interface StoredTemplate {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  category: string;
  status: string;
  components: unknown;
  rejected_reason?: string;
}

interface TemplateCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The part of Meta's Graph that knows templates, as a small store. `next` answers the next calls in its place; what it
 * does after `lose` it does, and its answer gets lost.
 */
export interface TemplateGraph {
  readonly fetch: typeof fetch;
  readonly calls: TemplateCall[];
  readonly templates: Map<string, StoredTemplate>;
  next: (() => Response | Promise<Response>)[];
  lose: number;
  pageSize: number;
}

export const graphError =
  (code: number, text: string, status = 400): (() => Response) =>
  () =>
    Response.json({ error: { message: 'Invalid parameter', code, error_user_msg: text } }, { status });

export function templateGraph(): TemplateGraph {
  const templates = new Map<string, StoredTemplate>();
  const graph: TemplateGraph = {
    calls: [],
    templates,
    next: [],
    lose: 0,
    pageSize: 100,
    async fetch(input, init) {
      const request = new Request(input, init);
      const { pathname, searchParams } = new URL(request.url);
      const path = pathname.replace('/v25.0/', '');
      const text = await request.text();
      const isFile = path.startsWith('upload:');
      const body = (text === '' || isFile ? {} : JSON.parse(text)) as Record<string, unknown>;
      const call = { method: request.method, path, query: Object.fromEntries(searchParams), body };
      graph.calls.push(call);
      const scripted = graph.next.shift();
      if (scripted) return await scripted();
      const answer = answerTo(call);
      if (graph.lose === 0 || request.method === 'GET') return answer;
      graph.lose -= 1;
      throw new TypeError('connection reset');
    },
  };
  return graph;

  function answerTo({ method, path, query, body }: TemplateCall): Response {
    if (path.endsWith('/uploads')) return Response.json({ id: 'upload:MTox?sig=abc' });
    if (path.startsWith('upload:')) return Response.json({ h: '4::aW1hZ2U=' });
    if (!path.endsWith('/message_templates')) return edited(path, body);
    if (method === 'POST') return created(body);
    return method === 'DELETE' ? deleted(query) : listed(query);
  }

  function created(body: Record<string, unknown> | TemplateCall['body']): Response {
    const { name, language, category, components } = body as unknown as StoredTemplate;
    if ([...templates.values()].some((known) => known.name === name && known.language === language)) {
      return graphError(100, 'There is already a template of this name.')();
    }
    const id = `7412${String(templates.size + 1).padStart(12, '0')}`;
    templates.set(id, { id, name, language, category, components, status: 'PENDING' });
    return Response.json({ id, status: 'PENDING', category });
  }

  function edited(id: string, { category, components }: TemplateCall['body']): Response {
    const known = templates.get(id);
    if (!known) return graphError(100, 'There is no such template.')();
    if (known.status === 'PENDING') return graphError(100, 'It is in review.')();
    if (typeof category === 'string') known.category = category;
    if (components !== undefined) known.components = components;
    known.status = 'PENDING';
    return Response.json({ success: true });
  }

  function deleted({ hsm_id: id = '' }: TemplateCall['query']): Response {
    return templates.delete(id) ? Response.json({ success: true }) : graphError(100, 'There is no such template.')();
  }

  function listed({ name, language, after }: TemplateCall['query']): Response {
    const found = [...templates.values()].filter(
      (template) => template.name.includes(name ?? '') && (language ?? template.language) === template.language,
    );
    const start = after === undefined ? 0 : Number(after);
    const end = start + graph.pageSize;
    const more = end < found.length;
    return Response.json({
      data: found.slice(start, end),
      paging: { cursors: { before: String(start), after: String(end) }, ...(more && { next: 'https://graph.test/' }) },
    });
  }
}

/** A webhook about a template of the test account. */
export function templateWebhook(field: string, value: object, at: number) {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '10800000000001', time: Math.floor(at / 1000), changes: [{ field, value }] }],
  };
}

export function statusWebhook({ clock }: TestDesk, id: string, event: string, more: object = {}) {
  const template = {
    message_template_id: Number(id),
    message_template_name: 'any',
    message_template_language: 'pt-BR',
  };
  return templateWebhook(
    'message_template_status_update',
    { ...template, event, reason: 'NONE', ...more },
    clock.now(),
  );
}
