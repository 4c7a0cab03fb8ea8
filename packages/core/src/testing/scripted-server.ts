import { paths, splitPath } from '../contract/paths.ts';
import type { ErrorCode, EventData, EventType, VisitorEventData, VisitorEventType } from '../contract/index.ts';
import { agentOf } from './samples.ts';
import { settle } from './manual-clock.ts';

export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | null;
}

export type Answer = (request: ScriptedRequest) => Response | Promise<Response>;

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  });
}

export function problem(code: ErrorCode, status: number, more: Record<string, unknown> = {}, headers = {}): Response {
  const body = { type: `https://prosa.example/${code}`, title: code, status, code, requestId: 'req_1', ...more };
  return json(body, status, headers);
}

export function pageOf(data: readonly unknown[], nextCursor: string | null = null): Response {
  return json({ data, nextCursor });
}

/** One open event stream, from the server's side. */
export class ScriptedStream {
  readonly request: ScriptedRequest;
  readonly response: Response;
  /** The client left. */
  isCancelled = false;
  #hasEnded = false;
  #controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor(request: ScriptedRequest) {
    this.request = request;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.isCancelled = true;
      },
    });
    this.response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  get isOver(): boolean {
    return this.isCancelled || this.#hasEnded;
  }

  get cursor(): string | null {
    return this.request.query.get('cursor');
  }

  /** Raw text, as it would come off the wire. */
  async write(text: string): Promise<void> {
    if (!this.isOver) this.#controller.enqueue(new TextEncoder().encode(text));
    await settle();
  }

  frame(event: string, data: unknown, id?: string): Promise<void> {
    const idLine = id === undefined ? '' : `id: ${id}\n`;
    return this.write(`event: ${event}\n${idLine}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  }

  hello(cursor: string, resumed = false, more: Record<string, unknown> = {}): Promise<void> {
    const serverTime = '2026-11-20T12:00:00.000Z';
    const body = { cursor, resumed, heartbeatSeconds: 20, reconnectWindowMs: 2000, serverTime, ...more };
    return this.frame('hello', body, cursor);
  }

  event<Type extends EventType>(type: Type, cursor: string, data: EventData[Type]): Promise<void>;
  event<Type extends VisitorEventType>(type: Type, cursor: string, data: VisitorEventData[Type]): Promise<void>;
  event(type: string, cursor: string, data: unknown): Promise<void> {
    return this.frame('event', { type, cursor, occurredAt: '2026-11-20T12:00:00.000Z', data }, cursor);
  }

  async close(): Promise<void> {
    if (!this.isOver) this.#controller.close();
    this.#hasEnded = true;
    await settle();
  }

  /** As when the network goes: what was sent may arrive, the rest does not. */
  async cut(): Promise<void> {
    if (!this.isOver) this.#controller.error(new TypeError('network error'));
    this.#hasEnded = true;
    await settle();
  }
}

/** A gateway that answers as the test says; its `fetch` is given to the client. */
export class ScriptedServer {
  readonly requests: ScriptedRequest[] = [];
  readonly streams: ScriptedStream[] = [];
  /** Off: every request fails as without a network. */
  isUp = true;
  readonly #answers = new Map<string, Answer[]>();

  constructor() {
    this.always(paths.agents.me, () => json(agentOf()));
    this.streamAt(paths.events.stream);
  }

  /** Answers with an event stream that stays open. */
  streamAt(route: string): void {
    this.always(route, (request) => {
      const stream = new ScriptedStream(request);
      this.streams.push(stream);
      return stream.response;
    });
  }

  /** The answer from now on. */
  always(route: string, answer: Answer): void {
    this.#answers.set(route, [answer]);
  }

  /** Answers once each, before what is always answered. */
  next(route: string, ...answers: Answer[]): void {
    const known = this.#answers.get(route) ?? [];
    this.#answers.set(route, [...known.slice(0, -1), ...answers, ...known.slice(-1)]);
  }

  /** What is always answered so far. */
  answerTo(route: string): Answer {
    const answer = this.#answers.get(route)?.at(-1);
    if (!answer) throw new Error(`the test has no answer for ${route}`);
    return answer;
  }

  /** The newest stream. */
  get stream(): ScriptedStream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('no stream was opened');
    return stream;
  }

  requestsTo(route: string): ScriptedRequest[] {
    return this.requests.filter((request) => matches(route, request) !== null);
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input as string);
    const found = [...this.#answers].flatMap(([route, answers]) => {
      const params = matches(route, { method: init?.method ?? 'GET', path: url.pathname });
      return params ? [{ route, answers, params }] : [];
    });
    // `/conversations/counts` is a conversation's address too: the entry with fewer parameters is meant.
    const best = found.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
    const request: ScriptedRequest = {
      method: init?.method ?? 'GET',
      path: url.pathname,
      params: best?.params ?? {},
      query: url.searchParams,
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : init?.body,
      signal: init?.signal ?? null,
    };
    this.requests.push(request);
    if (!this.isUp) throw new TypeError('fetch failed');
    if (!best) throw new Error(`the test has no answer for ${request.method} ${url.pathname}`);
    const answer = best.answers.length > 1 ? best.answers.shift() : best.answers[0];
    const response = await abortable((async () => (answer as Answer)(request))(), request.signal);
    if (request.signal?.aborted) throw request.signal.reason;
    return response;
  };
}

function matches(route: string, request: Pick<ScriptedRequest, 'method' | 'path'>): Record<string, string> | null {
  const { method, path } = splitPath(route);
  if (method !== request.method) return null;
  const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  const match = pattern.exec(request.path);
  return match ? { ...match.groups } : null;
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal | null): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
    promise.then(resolve, reject);
  });
}
