import { ApiError } from '../errors/api-error.ts';
import { AbortedError, ConnectionError, TimeoutError, UsageError } from '../errors/local-errors.ts';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { withDeadline } from './deadline.ts';
import type { UploadProgress } from './prosa-client.ts';
import { randomId } from './random-id.ts';
import { readJson, readProblem, type Asked } from './read-answer.ts';
import { sleep } from './sleep.ts';
import type { TokenSource } from './token-source.ts';
import { buildUrl, type QueryValue } from './url.ts';

export interface TransportOptions {
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  /** Absent: the global `fetch`, and where progress is asked for what tells it. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Added to the error where a token is not the gateway's own. */
  readonly clockHint?: Asked['clockHint'];
}

export interface TransportRequest {
  /** What the parameters of the path are, in their order; more are left alone. */
  readonly ids?: readonly unknown[];
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly file?: Blob;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** For commands; made up when absent, and the same for every try. */
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** 3 when absent. */
  readonly tries?: number;
}

export interface Transport {
  /** @throws ProsaError */
  request<T>(route: string, request?: TransportRequest): Promise<T>;
  /** The answer as soon as its headers are here, tried once and without a time limit. */
  open(route: string, request: TransportRequest): Promise<Response>;
  /** Ends every request. */
  close(): void;
}

const retryRange = { minMs: 100, baseMs: 400, maxMs: 8000 };
/** A wait that is longer than this is for the caller to decide. */
const longestWaitMs = 30_000;
/** 100 MB, the largest file, over a slow phone line. */
const fileTimeoutMs = 30 * 60_000;

export function createTransport({ baseUrl, tokens, fetch, clock, timeoutMs, clockHint }: TransportOptions): Transport {
  const lifetime = new AbortController();

  interface Call {
    readonly url: string;
    readonly init: {
      readonly method: string;
      readonly headers: Record<string, string>;
      readonly cache: 'no-store';
      readonly credentials: 'omit';
    };
    readonly request: TransportRequest;
    /** Completes "unable to <operation>". */
    readonly operation: string;
    readonly server: string;
    /** The same for every try. */
    readonly requestId: string;
  }

  function prepare(route: string, request: TransportRequest, accept: string): Call {
    if (lifetime.signal.aborted) {
      throw new UsageError(`unable to call ${route}; the client was destroyed`, 'client_destroyed');
    }
    const { method, url } = buildUrl(baseUrl, route, request.ids, request.query);
    const requestId = randomId();
    const headers: Record<string, string> = { Accept: accept, 'X-Request-Id': requestId };
    if (method !== 'GET') headers['Idempotency-Key'] = request.idempotencyKey ?? randomId();
    if (request.body !== undefined) headers['Content-Type'] = 'application/json';
    if (request.file) headers['Content-Type'] = request.file.type || 'application/octet-stream';
    const init = { method, headers, cache: 'no-store', credentials: 'omit' } as const;
    return { url, init, request, operation: `call ${route}`, server: baseUrl, requestId };
  }

  async function send({ url, init, request }: Call, token: string, signal: AbortSignal): Promise<Response> {
    const headers = { ...init.headers, Authorization: `Bearer ${token}` };
    const { body, file, onProgress } = request;
    if (file && onProgress && !fetch) {
      // Without it the file goes all the same, and nobody is told how far it is.
      const sender = 'XMLHttpRequest' in globalThis ? import('./send-file.ts') : import('./send-file-as-stream.ts');
      const loaded = await sender.catch(() => null);
      if (loaded) return loaded.sendFile(url, { ...init, headers, body: file, signal }, onProgress);
    }
    return (fetch ?? globalThis.fetch)(url, { ...init, headers, body: file ?? JSON.stringify(body), signal });
  }

  /** One try. An expired token is replaced once; another 401 is the answer. */
  async function exchange(
    call: Call,
    signal: AbortSignal,
    before?: { readonly token: string; readonly error: ApiError },
  ): Promise<Response> {
    const token = await tokens.get();
    if (token === before?.token) throw before.error;
    const response = await send(call, token, signal);
    if (response.ok) return response;
    const error = await readProblem(response, { ...call, now: clock.now(), clockHint: before && clockHint });
    if (response.status === 401) tokens.refuse(token);
    if (!before && error.code === 'token_expired') return exchange(call, signal, { token, error });
    throw error;
  }

  return {
    async request<T>(route: string, request: TransportRequest = {}): Promise<T> {
      const call = prepare(route, request, 'application/json');
      const { signal, file, tries = 3 } = request;
      const until = { ...call, signals: [lifetime.signal, signal] };
      const deadline = { ...until, timeoutMs: file ? fileTimeoutMs : timeoutMs };
      for (let attempt = 0; ; attempt++) {
        try {
          return await withDeadline(clock, deadline, async (abort) => {
            const response = await exchange(call, abort);
            return (await readJson(response, call.operation, call.requestId)) as T;
          });
        } catch (error) {
          // Once: it may take as long again. Never with a file, which would be sent again from its beginning.
          const most = !(error instanceof TimeoutError) ? tries : file ? 1 : Math.min(tries, 2);
          const waitMs = attempt + 1 < most ? waitBeforeRetry(error, attempt, clock) : null;
          if (waitMs === null) throw error;
          await withDeadline(clock, until, (abort) => sleep(clock, waitMs, abort));
        }
      }
    },
    async open(route, request) {
      const call = prepare(route, request, 'text/event-stream, application/json');
      return withDeadline(clock, call, () => exchange(call, request.signal ?? lifetime.signal));
    },
    close() {
      lifetime.abort(new AbortedError('finish the request', 'the client was destroyed'));
    },
  };
}

/** `null`: trying again would not help, or would take too long. */
function waitBeforeRetry(error: unknown, attempt: number, clock: Clock): number | null {
  if (error instanceof ConnectionError || error instanceof TimeoutError) return backoff(clock, retryRange, attempt);
  if (!(error instanceof ApiError) || !error.retryable || error.status === 500) return null;
  const floorMs = error.retryAfterMs ?? 0;
  return floorMs > longestWaitMs ? null : backoff(clock, retryRange, attempt, floorMs);
}
