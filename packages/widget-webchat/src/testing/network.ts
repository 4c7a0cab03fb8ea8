import type { AttachmentUrl } from '@prosa/core/contract';

/** What an answer that fails looks like: a status with a problem of the gateway, or a line that is cut. */
export type Failure = { readonly status: number; readonly code: string } | 'cut';

interface Rule {
  readonly part: string;
  readonly failure: Failure;
  times: number;
}

interface Hold {
  readonly part: string;
  readonly released: Promise<void>;
}

/** The line between a page and the gateway in memory: it can be cut, slow, or fail for parts of the address. */
export class Network {
  readonly #gateway: typeof fetch;
  readonly #rules: Rule[] = [];
  readonly #holds = new Set<Hold>();
  #line = new AbortController();
  /** `POST /v1/webchat/conversations`, in order. */
  readonly requests: string[] = [];

  constructor(gateway: typeof fetch) {
    this.#gateway = gateway;
  }

  /** The next `times` requests whose method and path contain `part`. */
  fail(part: string, failure: Failure, times = Infinity): void {
    this.#rules.push({ part, failure, times });
  }

  /** Nothing fails any more. */
  heal(): void {
    this.#rules.length = 0;
  }

  /** @returns lets them go on */
  hold(part: string): () => void {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const hold = { part, released };
    this.#holds.add(hold);
    return () => {
      this.#holds.delete(hold);
      release();
    };
  }

  goOffline(): void {
    this.#line.abort(new TypeError('Failed to fetch'));
  }

  /** The line is whole again, and nobody has noticed. */
  reconnect(): void {
    this.#line = new AbortController();
  }

  goOnline(): void {
    this.reconnect();
    dispatchEvent(new Event('online'));
  }

  count(part: string): number {
    return this.requests.filter((request) => request.includes(part)).length;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const { signal: line } = this.#line;
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const request = `${init?.method ?? 'GET'} ${pathname}`;
    line.throwIfAborted();
    this.requests.push(request);
    for (const { part, released } of this.#holds) if (request.includes(part)) await released;
    init?.signal?.throwIfAborted();
    const rule = this.#rules.find(({ part, times }) => times > 0 && request.includes(part));
    if (rule) {
      rule.times--;
      if (rule.failure === 'cut') throw new TypeError('Failed to fetch');
      const { status, code } = rule.failure;
      return Response.json({ type: 'about:blank', title: code, status, code }, { status });
    }
    const signal = init?.signal ? AbortSignal.any([init.signal, line]) : line;
    const response = await this.#gateway(input, { ...init, signal });
    return response.ok && pathname.endsWith('/url') ? await this.#loadable(response) : response;
  };

  /** Nothing listens at the gateway's address: what an element loads by itself is put where it finds it. */
  async #loadable(response: Response): Promise<Response> {
    const link = (await response.json()) as AttachmentUrl;
    const file = await this.#gateway(link.url);
    return Response.json({ ...link, url: URL.createObjectURL(await file.blob()) });
  }
}
