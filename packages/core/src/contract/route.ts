import type * as z from 'zod/mini';
import type { ErrorCode } from './error-codes.ts';
import type { DeepReadonly } from './readonly.ts';

/** Who may call a route: an agent's page, a server with an API key, a visitor of a website, or anybody. */
export type Caller = 'agent' | 'api_key' | 'visitor' | 'public';

/**
 * One route of the API: who may call it, what it takes, answers and refuses. Client, gateway and reference come from
 * it.
 */
export interface Route {
  /** `METHOD /path`, from `paths.ts`. */
  readonly path: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly callers: readonly Caller[];
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  /** JSON body. Absent: no body, or `binary`. */
  readonly body?: z.ZodMiniType;
  /** Largest JSON body in bytes; absent: what is enough for anything that somebody writes. */
  readonly maxBytes?: number;
  /** The body is a file: `Content-Type` is its type. Largest size in bytes. */
  readonly binary?: { readonly maxBytes: number };
  /** Absent for a stream. */
  readonly response?: z.ZodMiniType;
  /** The answer is Server-Sent Events. */
  readonly stream?: true;
  /** The answer waits until there is something to tell. */
  readonly poll?: true;
  /** Asks the outside world, now and each time: no `Idempotency-Key`, no transaction around it. */
  readonly asks?: true;
  /** Tells others something that is not kept: no `Idempotency-Key`, no answer. */
  readonly signal?: true;
  /** Beyond those that every route can answer. */
  readonly errors: readonly ErrorCode[];
}

/** Errors that any route can answer, whatever it does. */
export const commonErrors = [
  'unauthenticated',
  'token_expired',
  'agent_deactivated',
  'origin_not_allowed',
  'forbidden',
  'validation_failed',
  'rate_limited',
  'internal',
  'unavailable',
] as const satisfies readonly ErrorCode[];

/** Errors that any route which changes something can answer. */
export const commandErrors = [
  'malformed_json',
  'payload_too_large',
  'idempotency_key_missing',
  'idempotency_key_reused',
] as const satisfies readonly ErrorCode[];

export function route<const R extends Route>(definition: R): R {
  return definition;
}

/** Whether it changes something on behalf of a known caller, and so needs an `Idempotency-Key`. */
export function isCommand({ path, signal, asks, callers }: Route): boolean {
  return !path.startsWith('GET ') && signal !== true && asks !== true && !callers.includes('public');
}

type Output<S> = S extends z.ZodMiniType ? z.output<S> : undefined;
type Input<S> = S extends z.ZodMiniType ? z.input<S> : undefined;

/** What the gateway's handler receives, after validation. */
export type ParamsOf<R extends Route> = Output<R['params']>;
/** What a server finds in the query. */
export type QueryOf<R extends Route> = Output<R['query']>;
/** What a server finds in the body. */
export type BodyOf<R extends Route> = Output<R['body']>;
/** What the client passes, before defaults are filled in. */
export type QueryInputOf<R extends Route> = Input<R['query']>;
/** What the client sends as body, before defaults are filled in. */
export type BodyInputOf<R extends Route> = Input<R['body']>;
/** What a route answers. */
export type ResponseOf<R extends Route> = DeepReadonly<Output<R['response']>>;
