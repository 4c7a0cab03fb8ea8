import { errorCodes, problemSchema, routes, splitPath, type ErrorCode, type Problem } from '@prosa/core/contract';
import { deskRoutes, Refusal, type DeskRequest } from './desk-routes.ts';
import type { Desk } from './desk.ts';
import { EventChannel } from './event-channel.ts';

interface Planned {
  readonly code: ErrorCode;
  readonly extra: Partial<Problem>;
  left: number;
}

interface Matched {
  readonly name: string;
  readonly params: Record<string, string>;
  readonly response: { parse(value: unknown): unknown } | undefined;
}

const table = Object.entries(routes).flatMap(([resource, actions]) =>
  Object.entries(actions as Record<string, { readonly path: string; readonly response?: Matched['response'] }>).map(
    ([action, route]) => {
      const { method, path } = splitPath(route.path);
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      return {
        name: `${resource}.${action}`,
        method,
        names,
        // Fixed segments win over parameters: `/counts` is no id.
        weight: names.length,
        pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
        response: route.response,
      };
    },
  ),
);
table.sort((a, b) => a.weight - b.weight);

/**
 * A gateway inside the page: a `fetch` to give to `createClient`. What it answers is checked against the contract, so
 * a test that passes says something about the real one.
 */
export class ScriptedGateway {
  readonly desk: Desk;
  readonly events = new EventChannel();
  /** `resource.action` of every request, in order. */
  readonly calls: { readonly name: string; readonly body: unknown }[] = [];
  #failures = new Map<string, Planned>();
  #holds = new Map<string, Promise<void>>();
  #online = true;

  constructor(desk: Desk) {
    this.desk = desk;
    desk.emit = (type, data) => {
      this.events.push(type, data);
    };
  }

  /** The next requests of that name (`customers.create`) are refused. */
  fail(name: string, code: ErrorCode, extra: Partial<Problem> = {}, times = 1): void {
    this.#failures.set(name, { code, extra, left: times });
  }

  /** Requests of that name wait until the function that this returns is called. */
  hold(name: string): () => void {
    let release: () => void = () => undefined;
    this.#holds.set(
      name,
      new Promise((resolve) => {
        release = () => {
          this.#holds.delete(name);
          resolve();
        };
      }),
    );
    return release;
  }

  /** Cuts the network: streams end, requests get no answer. */
  goOffline(): void {
    this.#online = false;
    this.events.drop();
  }

  goOnline(): void {
    this.#online = true;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    if (!this.#online) throw new TypeError('Failed to fetch');
    const url = new URL(input instanceof Request ? input.url : String(input));
    const method = init?.method ?? 'GET';
    const matched = match(method, url.pathname);
    const file = init?.body instanceof Blob ? init.body : null;
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    this.calls.push({ name: matched?.name ?? `${method} ${url.pathname}`, body });
    if (matched?.name === 'events.stream' && !this.#isToFail(matched.name)) return this.events.open(init?.signal);
    await this.#holds.get(matched?.name ?? '');
    init?.signal?.throwIfAborted();
    return this.#answer(matched, { params: matched?.params ?? {}, query: url.searchParams, body, file });
  };

  #answer(matched: Matched | null, request: DeskRequest): Response {
    try {
      if (!matched) throw new Refusal('not_found');
      this.#refuseAsPlanned(matched.name);
      const handler = deskRoutes[matched.name];
      if (!handler) throw new Refusal('not_found');
      const answer = handler(this.desk, request);
      matched.response?.parse(answer);
      return Response.json(answer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, title } = errorCodes[error.code];
      const problem = problemSchema.parse({
        type: 'about:blank',
        title,
        status,
        code: error.code,
        requestId: 'req-1',
        ...error.extra,
      });
      return Response.json(problem, { status, headers: { 'Content-Type': 'application/problem+json' } });
    }
  }

  #isToFail(name: string): boolean {
    return (this.#failures.get(name)?.left ?? 0) > 0;
  }

  #refuseAsPlanned(name: string): void {
    const planned = this.#failures.get(name);
    if (!planned || !this.#isToFail(name)) return;
    planned.left--;
    throw new Refusal(planned.code, planned.extra);
  }
}

function match(method: string, path: string): Matched | null {
  for (const { name, method: wanted, names, pattern, response } of table) {
    const found = wanted === method ? pattern.exec(path) : null;
    if (!found) continue;
    const params = Object.fromEntries(names.map((param, i) => [param, decodeURIComponent(found[i + 1] ?? '')]));
    return { name, params, response };
  }
  return null;
}
