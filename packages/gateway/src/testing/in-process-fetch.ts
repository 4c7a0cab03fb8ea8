import type { Gateway } from '../options.ts';

interface InProcessOptions {
  readonly baseUrl: string;
  /** Of requests that carry none: pages cannot set it themselves. */
  readonly origin: string;
}

/** The gateway as a `fetch` without a network between: same requests, same answers, streams that can be aborted. */
export function inProcessFetch(gateway: Pick<Gateway, 'fetch'>, { baseUrl, origin }: InProcessOptions): typeof fetch {
  return async (input, init) => {
    const request = new Request(typeof input === 'string' ? new URL(input, baseUrl) : input, init);
    const { signal } = request;
    signal.throwIfAborted();
    if (new URL(request.url).origin !== new URL(baseUrl).origin) {
      throw new TypeError(`unable to fetch ${request.url}; only ${baseUrl} is there`);
    }
    const answer = asReceived(request, origin).then((received) => gateway.fetch(received));
    const response = await untilAborted(answer, signal).catch((error: unknown) => {
      // Nobody reads what comes now: a stream that stays open would keep the test from ending.
      answer.then(({ body }) => body?.cancel()).catch(() => undefined);
      throw error;
    });
    if (response.body === null) return response;
    return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response);
  };
}

/**
 * The request as a server sees it: with the headers that a browser adds on the way, and with a body that can be read,
 * which a `Request` has not in every browser.
 */
async function asReceived(request: Request, origin: string): Promise<Request> {
  const headers = new Headers(request.headers);
  if (!headers.has('origin')) headers.set('origin', origin);
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > 0) headers.set('content-length', String(bytes.byteLength));
  const body = bytes.byteLength > 0 ? new Response(bytes).body : null;
  const received = new Request(request.url, { method: request.method });
  return Object.defineProperties(received, { headers: { value: headers }, body: { value: body } });
}

async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let stopListening = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    stopListening = () => signal.removeEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stopListening();
  }
}
