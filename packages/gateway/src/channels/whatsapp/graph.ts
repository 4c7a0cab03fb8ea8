import type { WhatsAppConfig } from './config.ts';
import type { GraphReply } from './graph-reply.ts';
import { readLimited } from './read-limited.ts';
import { withoutSecrets } from './without-secrets.ts';

type Fetch = typeof fetch;

export interface GraphOptions {
  readonly fetch: Fetch;
  /** Milliseconds. */
  readonly timeouts?: { readonly call?: number | undefined; readonly file?: number | undefined } | undefined;
}

interface CallOptions {
  readonly signal: AbortSignal;
}

/** Calls to Meta's Graph API for one number. Never throws for what the network or Meta does. */
export interface GraphClient {
  /** `POST /{phone-number-id}/messages`: sends, or marks as read. */
  postMessage(body: object, options: CallOptions): Promise<GraphReply>;
  /** `GET /{phone-number-id}` → `{ id }`: whether the token opens it. */
  numberInfo(options: CallOptions): Promise<GraphReply>;
  /** `GET /{path}`: whatever is asked to find out how things stand. */
  get(path: string, query: Readonly<Record<string, string>>, options: CallOptions): Promise<GraphReply>;
  /** `POST /{phone-number-id}/media` → `{ id }`. */
  uploadMedia(file: Blob, fileName: string, options: CallOptions): Promise<GraphReply>;
  /** `POST /{app-id}/uploads` → `{ id }`: a session for the example file of a template's header. */
  createUpload(appId: string, file: Blob, fileName: string, options: CallOptions): Promise<GraphReply>;
  /** `POST /{session}` → `{ h }`: the handle of the file (Meta, "Resumable Upload API"). */
  uploadFile(session: string, file: Blob, options: CallOptions): Promise<GraphReply>;
  /** `GET /{media-id}` → `{ url, mime_type, sha256, file_size }`; the address lives for five minutes. */
  mediaInfo(mediaId: string, options: CallOptions): Promise<GraphReply>;
  /** The file behind an address from `mediaInfo`; `null` when its host is not one that may see the token. */
  download(url: string, options: CallOptions): Promise<Response | null>;
  /** `POST /{waba}/message_templates` → `{ id, status, category }`. */
  createTemplate(body: object, options: CallOptions): Promise<GraphReply>;
  /** `POST /{template-id}` → `{ success }`. */
  editTemplate(templateId: string, body: object, options: CallOptions): Promise<GraphReply>;
  /** `DELETE /{waba}/message_templates?hsm_id=&name=`: in its one language. */
  deleteTemplate(templateId: string, name: string, options: CallOptions): Promise<GraphReply>;
  /** `GET /{waba}/message_templates` → `{ data, paging }`. */
  listTemplates(query: Readonly<Record<string, string>>, options: CallOptions): Promise<GraphReply>;
}

const callTimeoutMs = 10_000;
const fileTimeoutMs = 120_000;
const answerMaxBytes = 1024 * 1024;
/** The hosts that Meta documents for media ("Media"). */
const mediaHosts = new Set(['graph.facebook.com', 'lookaside.fbsbx.com']);

export function graphClient(config: WhatsAppConfig, { fetch, timeouts = {} }: GraphOptions): GraphClient {
  const root = `${config.baseUrl}/${config.graphVersion}`;
  const headers = { Authorization: `Bearer ${config.accessToken}` };
  const clean = withoutSecrets(config);
  const callMs = timeouts.call ?? callTimeoutMs;
  const fileMs = timeouts.file ?? fileTimeoutMs;

  async function call(
    path: string,
    init: RequestInit,
    timeoutMs: number,
    { signal }: CallOptions,
  ): Promise<GraphReply> {
    if (signal.aborted) return { kind: 'unreached', detail: 'the gateway is stopping' };
    try {
      return await within(timeoutMs, signal, async (limit) =>
        replyOf(
          // Never followed: a redirect would carry the token to a host of somebody else's choice.
          await fetch(`${root}/${path}`, {
            ...init,
            headers: { ...headers, ...init.headers },
            redirect: 'manual',
            signal: limit,
          }),
          clean,
        ),
      );
    } catch (error) {
      return isUnreached(error)
        ? { kind: 'unreached', detail: 'no connection to the API' }
        : { kind: 'lost', detail: 'the answer of the API did not arrive' };
    }
  }

  const postJson = (path: string, body: object, options: CallOptions) =>
    call(
      path,
      { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
      callMs,
      options,
    );
  const templates = `${config.businessAccountId}/message_templates`;

  return {
    postMessage: (body, options) => postJson(`${config.phoneNumberId}/messages`, body, options),
    numberInfo: (options) => call(`${config.phoneNumberId}?fields=id`, { method: 'GET' }, callMs, options),
    get: (path, query, options) =>
      call(`${path}?${new URLSearchParams(query).toString()}`, { method: 'GET' }, callMs, options),
    createTemplate: (body, options) => postJson(templates, body, options),
    editTemplate: (templateId, body, options) => postJson(encodeURIComponent(templateId), body, options),
    deleteTemplate(templateId, name, options) {
      const query = new URLSearchParams({ hsm_id: templateId, name });
      return call(`${templates}?${query.toString()}`, { method: 'DELETE' }, callMs, options);
    },
    listTemplates(query, options) {
      const path = `${templates}?${new URLSearchParams(query).toString()}`;
      return call(path, { method: 'GET' }, callMs, options);
    },
    uploadMedia(file, fileName, options) {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', file.type);
      form.set('file', file, fileName);
      return call(`${config.phoneNumberId}/media`, { method: 'POST', body: form }, fileMs, options);
    },
    createUpload(appId, { size, type }, fileName, options) {
      const query = new URLSearchParams({ file_name: fileName, file_length: String(size), file_type: type });
      return call(`${appId}/uploads?${query.toString()}`, { method: 'POST' }, callMs, options);
    },
    uploadFile(session, file, options) {
      // This API alone wants the token as OAuth.
      const own = { Authorization: `OAuth ${config.accessToken}`, file_offset: '0' };
      return call(session, { method: 'POST', headers: own, body: file }, fileMs, options);
    },
    mediaInfo(mediaId, options) {
      const path = `${encodeURIComponent(mediaId)}?phone_number_id=${config.phoneNumberId}`;
      return call(path, { method: 'GET' }, callMs, options);
    },
    async download(url, { signal }) {
      if (!isMediaUrl(url, config.baseUrl)) return null;
      return await fetch(url, { headers, redirect: 'manual', signal });
    },
  };
}

/** The time that one file may take, with what ends it earlier. */
export function fileDeadline({ timeouts = {} }: GraphOptions, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeouts.file ?? fileTimeoutMs)]);
}

/** Whether the token may be sent there: Meta's media hosts, or the host that is configured as Meta. */
export function isMediaUrl(value: string, baseUrl: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') return false;
  return url.origin === new URL(baseUrl).origin || (url.protocol === 'https:' && mediaHosts.has(url.host));
}

/** Runs `work`, but not for longer than it may take, even if `work` does not listen to the signal. */
async function within<Result>(
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const running = work(limit);
  const ended = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(new Error('unable to finish the call; it took too long')), {
      once: true,
    });
  });
  return await Promise.race([running, ended]);
}

async function replyOf(response: Response, clean: ReturnType<typeof withoutSecrets>): Promise<GraphReply> {
  const bytes = await readLimited(response.body, answerMaxBytes);
  let body: unknown = null;
  try {
    // Here and nowhere else: whatever is read from the answer has no secret in it.
    const cleaned = (_key: string, value: unknown) => (typeof value === 'string' ? clean(value, !response.ok) : value);
    body = bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes), cleaned);
  } catch {
    // No JSON: somebody in between answered. The status has to do.
  }
  const version = response.headers.get('facebook-api-version') ?? undefined;
  return { kind: 'answer', status: response.status, body, retryAfterMs: retryAfterOf(response.headers), version };
}

function retryAfterOf(headers: Headers): number | null {
  const seconds = headers.get('Retry-After') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
}

/** Failures that come before the first byte of the request has left. */
const unreachedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function isUnreached(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause && typeof cause.code === 'string' && unreachedCodes.has(cause.code)) return true;
  }
  return false;
}
