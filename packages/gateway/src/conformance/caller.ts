import {
  errorCodes,
  problemSchema,
  splitPath,
  type ErrorCode,
  type Problem,
  type ResponseOf,
  type Route,
} from '@prosa/core/contract';
import { second } from '../clock.ts';
import { shown, Unmet } from './unmet.ts';

export interface CallInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** A body that is no JSON, or meant to be wrong. */
  readonly raw?: BodyInit;
  /** The idempotency key of a command; a new one when absent, `null`: none. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** `GET /v1/agents/me → 200`, for the report. */
  readonly line: string;
}

/** What was wrong with an answer, whatever it was asked for. */
export interface Violations {
  readonly answers: string[];
  readonly problems: string[];
  readonly frames: string[];
}

export interface Wire {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly violations: Violations;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** A limit that asks for a longer wait than this fails what ran into it. */
const longestWaitSeconds = 60;
const tries = 3;

/** Calls the backend as somebody, and looks at each answer. */
export class Caller {
  readonly #wire: Wire;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(wire: Wire, headers: Readonly<Record<string, string>> = {}) {
    this.#wire = wire;
    this.#headers = headers;
  }

  /** The answer is a success, and what the contract says; that of a signal is nothing. */
  async ok<R extends Route>(route: R, input: CallInput = {}): Promise<ResponseOf<R>> {
    const answer = await this.send(route, input);
    const wanted = route.signal ? 204 : 200;
    if (answer.status !== wanted) {
      throw new Unmet(`${answer.line.replace(/\d+$/, String(wanted))}`, `${answer.status} ${shown(answer.body)}`);
    }
    if (route.response) this.#note(route, answer);
    return answer.body as ResponseOf<R>;
  }

  /** The answer is a refusal with this code. */
  async refused(route: Route, input: CallInput, code: ErrorCode): Promise<Problem> {
    const answer = await this.send(route, input);
    const { status } = errorCodes[code];
    const problem = problemOf(answer);
    if (answer.status !== status || problem?.code !== code) {
      throw new Unmet(
        `${answer.line.replace(/\d+$/, String(status))} ${code}`,
        `${answer.status} ${shown(answer.body)}`,
      );
    }
    return problem;
  }

  async send(route: Route, input: CallInput = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.open(route, input);
      const waitSeconds = Number(response.headers.get('retry-after') ?? NaN);
      const isLimited = response.status === 429 && waitSeconds <= longestWaitSeconds && attempt < tries;
      if (!isLimited) return await this.#read(route, response);
      await response.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, waitSeconds * second));
    }
  }

  /** The answer before its body. */
  async open(route: Route, input: CallInput = {}): Promise<Response> {
    const { method, path } = splitPath(route.path);
    const { params = {}, query = {}, body, raw, key = crypto.randomUUID() } = input;
    const url = new URL(this.#wire.url + path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? ''));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const headers = new Headers({ Accept: 'application/json', ...this.#headers });
    if (method !== 'GET' && key !== null) headers.set('Idempotency-Key', key);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(input.headers ?? {})) headers.set(name, value);
    const payload = raw ?? (body === undefined ? null : JSON.stringify(body));
    const signal = input.signal ?? AbortSignal.timeout(this.#wire.timeoutMs);
    try {
      return await this.#wire.fetch(url.href, { method, headers, body: payload, signal });
    } catch (error) {
      throw new Unmet(`an answer to ${method} ${url.pathname}`, shown(String(error)));
    }
  }

  async #read(route: Route, response: Response): Promise<Answer> {
    const text = await response.text();
    const { status, headers } = response;
    const { method, path } = splitPath(route.path);
    const line = `${method} ${path} → ${status}`;
    const answer = { status, headers, body: jsonOf(text), line };
    if (status >= 400) this.#noteProblem(answer);
    return answer;
  }

  #note(route: Route, { body, line }: Answer): void {
    const result = route.response?.safeParse(body);
    if (!result || result.success) return;
    for (const { path, message } of result.error.issues) {
      this.#wire.violations.answers.push(`${line}: ${path.join('.') || 'the body'}: ${message}`);
    }
  }

  #noteProblem({ body, headers, line, status }: Answer): void {
    const { problems } = this.#wire.violations;
    const type = headers.get('content-type') ?? 'no type';
    if (!type.startsWith('application/problem+json')) problems.push(`${line}: it is ${type}`);
    const result = problemSchema.safeParse(body);
    for (const { path, message } of result.error?.issues ?? []) {
      problems.push(`${line}: ${path.join('.') || 'the body'}: ${message}`);
    }
    if (!result.success) return;
    const { code, requestId } = result.data;
    if (errorCodes[code].status !== status) problems.push(`${line}: ${code} comes with ${errorCodes[code].status}`);
    if (result.data.status !== status) problems.push(`${line}: its status says ${result.data.status}`);
    if (headers.get('x-request-id') !== requestId) problems.push(`${line}: X-Request-Id is not its requestId`);
  }
}

/** Without regard to what else is wrong with it. */
export function problemOf({ body }: Answer): Problem | null {
  return typeof body === 'object' && body !== null && 'code' in body ? (body as Problem) : null;
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
