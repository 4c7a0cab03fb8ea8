import type { ErrorCode } from '@prosa/core/contract';
import { problemResponse } from '../http/problem-response.ts';
import { deferred, type Deferred } from './deferred.ts';
import { leadsTo, requireRoute, type TestAddress, type TestRoute } from './test-routes.ts';

/** Which requests are meant. */
export interface TestRequestFilter {
  /**
   * `POST /v1/conversations/{conversationId}/messages`, or the same with an id in it; any request when absent. One that
   * the gateway does not have is refused at once.
   */
  // `& {}`: an editor proposes the routes all the same.
  readonly to?: TestRoute | (TestAddress & {}) | undefined;
}

/** How a request fails. */
export interface TestFailure extends TestRequestFilter {
  /** The gateway's own refusal, as a problem document: `rate_limited`, `unavailable` … */
  readonly code?: ErrorCode | undefined;
  /** Instead of `code`: an answer that is not the gateway's, a proxy's 502 for instance. Neither: no answer at all. */
  readonly status?: number | undefined;
  /** In seconds: the `Retry-After` header of the answer. */
  readonly retryAfter?: number | undefined;
  /** How many requests; 1 when absent. */
  readonly times?: number | undefined;
  /** The request is carried out and its answer gets lost: what is tried again must not be done twice. */
  readonly answerLost?: boolean | undefined;
}

/** The way between the clients of a test and the gateway. */
export interface TestNetwork {
  readonly fetch: typeof fetch;
  goOffline(): void;
  goOnline(): void;
  cutStreams(): void;
  failNext(failure?: TestFailure): void;
  delayNext(filter?: TestRequestFilter): () => void;
  /** Everything is as in the beginning; streams are cut, and what was held goes on. */
  restore(): void;
}

/**
 * @param carry answers the requests that get through
 * @param baseUrl what relative addresses are relative to
 */
export function testNetwork(carry: typeof fetch, baseUrl: string): TestNetwork {
  const failures: { readonly failure: TestFailure; left: number }[] = [];
  const delays: { readonly filter: TestRequestFilter; readonly held: Deferred<void> }[] = [];
  const held = new Set<Deferred<void>>();
  const cuts = new Set<(reason: Error) => void>();
  let isOnline = true;

  function takeFailure(request: Request): TestFailure | null {
    const index = failures.findIndex(({ failure }) => matches(request, failure));
    const found = failures[index];
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) failures.splice(index, 1);
    return found.failure;
  }

  async function travel(request: Request): Promise<Response> {
    const { signal } = request;
    signal.throwIfAborted();
    const index = delays.findIndex(({ filter }) => matches(request, filter));
    const [delay] = index === -1 ? [] : delays.splice(index, 1);
    if (delay) await orAborted(delay.held.promise, signal);
    if (!isOnline) throw noNetwork();
    const failure = takeFailure(request);
    if (failure && !failure.answerLost) return failedAnswer(failure);
    const response = await carry(request);
    if (failure || !isOnline) {
      await response.body?.cancel();
      throw noNetwork();
    }
    return isStream(response) ? cuttable(response, signal) : response;
  }

  function cuttable(response: Response, signal: AbortSignal): Response {
    const broken = new AbortController();
    const cut = (reason: Error) => {
      cuts.delete(cut);
      broken.abort(reason);
    };
    const forget = () => {
      cuts.delete(cut);
    };
    cuts.add(cut);
    signal.addEventListener('abort', forget, { once: true });
    const through = new TransformStream<Uint8Array, Uint8Array>({ flush: forget });
    return new Response(response.body?.pipeThrough(through, { signal: broken.signal }) ?? null, response);
  }

  function cutStreams(): void {
    for (const cut of [...cuts]) cut(noNetwork());
  }

  function tellPage(name: 'online' | 'offline'): void {
    if ('dispatchEvent' in globalThis) globalThis.dispatchEvent(new Event(name));
  }

  return {
    fetch: (input, init) => travel(new Request(typeof input === 'string' ? new URL(input, baseUrl) : input, init)),
    goOffline() {
      isOnline = false;
      cutStreams();
      tellPage('offline');
    },
    goOnline() {
      if (isOnline) return;
      isOnline = true;
      tellPage('online');
    },
    cutStreams,
    failNext(failure = {}) {
      if (failure.to !== undefined) requireRoute(failure.to, 'fail');
      failures.push({ failure, left: failure.times ?? 1 });
    },
    delayNext(filter = {}) {
      if (filter.to !== undefined) requireRoute(filter.to, 'delay');
      const delay = { filter, held: deferred<void>() };
      delays.push(delay);
      held.add(delay.held);
      return () => {
        held.delete(delay.held);
        delay.held.resolve();
        const index = delays.indexOf(delay);
        if (index !== -1) delays.splice(index, 1);
      };
    },
    restore() {
      failures.length = 0;
      delays.length = 0;
      for (const one of held) one.resolve();
      held.clear();
      isOnline = true;
      cutStreams();
    },
  };
}

function matches({ method, url }: Request, { to }: TestRequestFilter): boolean {
  return to === undefined || leadsTo(to, method, new URL(url).pathname);
}

function failedAnswer({ code, status, retryAfter }: TestFailure): Response {
  if (code !== undefined) return problemResponse(code, 'req_test', { retryAfterSeconds: retryAfter });
  if (status === undefined) throw noNetwork();
  const headers = new Headers({ 'Content-Type': 'text/html' });
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  return new Response('<h1>Not from here</h1>', { status, headers });
}

function isStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true;
}

async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = deferred<never>();
  const onAbort = () => {
    aborted.reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([work, aborted.promise]).finally(() => {
    signal.removeEventListener('abort', onAbort);
  });
}

/** What `fetch` throws where there is no network. */
function noNetwork(): TypeError {
  return new TypeError('Failed to fetch');
}
