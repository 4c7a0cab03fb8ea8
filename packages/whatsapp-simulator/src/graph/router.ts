import type { SimulatorContext } from '../context.ts';
import { isObject, parseJson } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Template } from '../state/template.ts';
import { normalizeAddress, numberForms } from '../state/number-forms.ts';
import { authenticate, requireOwnAccount, requireOwnApp, requireOwnNumber } from './access.ts';
import type { Access } from './access.ts';
import {
  configureNumber,
  describeAccount,
  describeNumber,
  listSubscribedApps,
  registerNumber,
  subscribeApp,
  unsubscribeApp,
} from './accounts.ts';
import { debugToken, describeApp, listAppSubscriptions, subscribeAppCallback } from './apps.ts';
import { blockUsers, listBlocked, unblockUsers } from './block-users.ts';
import { deleteMedia, describeMedia, downloadMedia, downloadPath, findMedia, uploadMedia } from './media.ts';
import { sendMessage } from './messages.ts';
import { GraphRefusal, unknownObject } from './refusal.ts';
import type { RequestEntry } from './request-log.ts';
import { unpauseTemplate } from './template-review.ts';
import { createTemplate, deleteTemplates, editTemplate, previewTemplates, upsertTemplates } from './template-writes.ts';
import { describeTemplate, listTemplates } from './templates.ts';
import { BrokenAnswer, strikeAfter, strikeBefore, strikeCall } from './trouble.ts';
import { continueUpload, describeUpload, startUpload } from './uploads.ts';

interface Call {
  readonly context: SimulatorContext;
  readonly request: Request;
  readonly url: URL;
  readonly access: Access;
  readonly id: string;
  /** JSON, or the form of an upload. */
  readonly body: unknown;
  readonly entry: RequestEntry;
}

type Handler = (call: Call) => unknown;

/** Graph takes an object or a list also as JSON text, as a form has to bring it; some clients always send it so. */
function unfolded(body: JsonObject): JsonObject {
  const open = (value: unknown): unknown => {
    if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
    const parsed = parseJson(value);
    return typeof parsed === 'object' ? parsed : value;
  };
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, open(value)]));
}

async function postMessage(call: Call): Promise<unknown> {
  const { context, request, entry } = call;
  const number = requireOwnNumber(call.access, call.id, 'post');
  const body = unfolded(isObject(call.body) ? call.body : {});
  const digits = typeof body.to === 'string' ? normalizeAddress(body.to, number.displayPhoneNumber) : undefined;
  const subject = { phoneNumberId: number.phoneNumberId, addresses: digits === undefined ? [] : numberForms(digits) };
  strikeBefore(context, { ...subject, edge: 'messages' });
  const { answer, messageId, callbackData } = sendMessage(context, number, body);
  entry.patch({
    ...(messageId === undefined ? {} : { messageId }),
    ...(callbackData === undefined ? {} : { callbackData }),
  });
  await strikeAfter(context, subject, request.signal);
  return answer;
}

function describeObject({ context, url, access, id }: Call): unknown {
  const number = access.numbers.find((each) => each.phoneNumberId === id);
  if (number) return describeNumber(context, number, url.searchParams);
  if (access.accounts.includes(id)) return describeAccount(id, access.numbers, url.searchParams);
  if (id === 'app' || id === access.appId) return describeApp(context, access.appId);
  if (id === 'debug_token') return debugToken(context, url.searchParams);
  if (id.startsWith('upload:')) return describeUpload(context, uploadId(id, url));
  const media = findMedia(context, id, access.accounts);
  if (media) return describeMedia(context, media);
  const template = ownTemplate(context, access, id);
  if (template) return describeTemplate(template, url.searchParams);
  throw unknownObject('get', id);
}

function ownTemplate(context: SimulatorContext, access: Access, id: string): Template | undefined {
  const template = context.state.templates.get(id);
  return template && template.status !== 'DELETED' && access.accounts.includes(template.wabaId) ? template : undefined;
}

/** The id of an upload has a query of its own. */
function uploadId(id: string, url: URL): string {
  return `${id}?sig=${url.searchParams.get('sig') ?? ''}`;
}

function changeObject({ context, request, url, access, id, body }: Call): unknown {
  if (id.startsWith('upload:')) {
    const bytes = body instanceof Uint8Array ? new Uint8Array(body) : new Uint8Array();
    return continueUpload(context, uploadId(id, url), request.headers.get('file_offset'), bytes);
  }
  const number = access.numbers.find((each) => each.phoneNumberId === id);
  if (number) return configureNumber(context, number, body);
  const template = ownTemplate(context, access, id);
  if (template) return editTemplate(context, template, body);
  throw unknownObject('post', id);
}

const routes: Readonly<Record<string, Handler>> = {
  'POST messages': postMessage,
  'POST media': async ({ context, access, id, body, url }) => {
    const number = requireOwnNumber(access, id, 'post');
    return uploadMedia(context, number, body instanceof FormData ? body : new FormData(), url.searchParams);
  },
  'GET message_templates': ({ context, access, id, url }) =>
    listTemplates(context, requireOwnAccount(access, id, 'get'), url),
  'POST message_templates': ({ context, access, id, body }) =>
    createTemplate(context, requireOwnAccount(access, id, 'post'), body),
  'DELETE message_templates': ({ context, access, id, url }) =>
    deleteTemplates(context, requireOwnAccount(access, id, 'delete'), url.searchParams),
  'POST upsert_message_templates': ({ context, access, id, body }) =>
    upsertTemplates(context, requireOwnAccount(access, id, 'post'), body),
  'GET message_template_previews': ({ access, id, url }) => {
    requireOwnAccount(access, id, 'get');
    return previewTemplates(url.searchParams);
  },
  'POST unpause': ({ context, access, id }) => {
    const template = ownTemplate(context, access, id);
    if (!template) throw unknownObject('post', id);
    return unpauseTemplate(context, template);
  },
  'GET phone_numbers': ({ context, access, id, url }) => {
    const wabaId = requireOwnAccount(access, id, 'get');
    return {
      data: access.numbers
        .filter((each) => each.wabaId === wabaId)
        .map((each) => describeNumber(context, each, url.searchParams)),
    };
  },
  'GET subscribed_apps': ({ context, access, id }) =>
    listSubscribedApps(context, requireOwnAccount(access, id, 'get'), access.appId),
  'POST subscribed_apps': ({ context, access, id, body }) =>
    subscribeApp(context, requireOwnAccount(access, id, 'post'), body),
  'DELETE subscribed_apps': ({ context, access, id }) =>
    unsubscribeApp(context, requireOwnAccount(access, id, 'delete')),
  'GET subscriptions': ({ context, access, id }) => {
    requireOwnApp(access, id, 'get');
    return listAppSubscriptions(context);
  },
  'POST subscriptions': ({ context, access, id, body }) => {
    requireOwnApp(access, id, 'post');
    return subscribeAppCallback(context, body);
  },
  'POST uploads': ({ context, access, id, body, url }) =>
    startUpload(context, requireOwnApp(access, id, 'post'), {
      ...(isObject(body) && !(body instanceof FormData) ? body : {}),
      ...Object.fromEntries(url.searchParams),
    }),
  'POST register': ({ access, id, body }) => {
    requireOwnNumber(access, id, 'post');
    return registerNumber(body);
  },
  'POST block_users': ({ context, access, id, body }) =>
    blockUsers(context, requireOwnNumber(access, id, 'post'), body),
  'DELETE block_users': ({ context, access, id, body }) =>
    unblockUsers(context, requireOwnNumber(access, id, 'delete'), body),
  'GET block_users': ({ context, access, id }) => listBlocked(context, requireOwnNumber(access, id, 'get')),
  'GET ': describeObject,
  'POST ': changeObject,
  'DELETE ': ({ context, access, id }) => deleteMedia(context, id, access.accounts),
};

async function readBody(request: Request, url: URL): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return request.formData().catch(() => undefined);
  if (/\/upload:/.test(url.pathname)) return new Uint8Array(await request.arrayBuffer());
  const text = await request.text();
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  return parseJson(text);
}

function loggable(body: unknown): unknown {
  if (body instanceof Uint8Array) return `(${body.length} bytes)`;
  if (!(body instanceof FormData)) return body;
  return Object.fromEntries(
    Array.from(body, ([key, value]) => [key, typeof value === 'string' ? value : `(${value.size} bytes)`]),
  );
}

const version = /^\/v\d+\.\d+(?=\/|$)/;

/** Graph also answers without a version, with the oldest that the app may use; some clients call it so. */
export function isGraphPath(pathname: string): boolean {
  if (version.test(pathname) || pathname === downloadPath) return true;
  return /^\/(?:\d{5,}|app|debug_token|upload:[^/]+)(?:\/|$)/.test(pathname);
}

/** Answers one call on the Graph look-alike. Raises only when a dropped connection was asked for. */
export async function handleGraph(context: SimulatorContext, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const body = await readBody(request, url);
  const { method } = request;
  const path = url.pathname + url.search.replace(/(access_token=)[^&]*/, '$1…');
  const entry = await context.requests.begin({ at: context.clock.now(), method, path, body: loggable(body) });
  try {
    const access = await authenticate(context, request, url.searchParams);
    if (url.pathname === downloadPath) {
      const file = downloadMedia(context, url.searchParams, access.accounts);
      entry.patch({ status: file.status });
      return file;
    }
    const [id = '', edge = '', ...rest] = url.pathname.replace(version, '').split('/').slice(1).map(decodeURIComponent);
    await strikeCall(context, id, edge);
    const handler = rest.length === 0 && id !== '' ? routes[`${method} ${edge}`] : undefined;
    if (!handler) throw noRoute(method, id, edge);
    const answer = await handler({ context, request, url, access, id, body, entry });
    entry.patch({ status: 200, answer });
    return json(answer, 200);
  } catch (error) {
    if (error instanceof BrokenAnswer) {
      entry.patch({ status: error.status, answer: error.page });
      return new Response(error.page, { status: error.status, headers: { 'Content-Type': 'text/html' } });
    }
    if (!(error instanceof GraphRefusal)) throw error;
    entry.patch({ status: error.status, answer: error.body });
    return json(error.body, error.status, error.message);
  }
}

function noRoute(method: string, id: string, edge: string): GraphRefusal {
  if (edge === '') return unknownObject(method, id);
  return new GraphRefusal(2500, { message: `Unknown path components: /${edge}`, status: 400 });
}

function json(body: unknown, status: number, problem?: string): Response {
  const headers = new Headers({ 'Content-Type': 'application/json; charset=UTF-8', 'Cache-Control': 'no-store' });
  if (problem !== undefined) headers.set('WWW-Authenticate', 'OAuth "Facebook Platform" "invalid_request"');
  return new Response(JSON.stringify(body), { status, headers });
}
