import * as z from 'zod/mini';
import type { Route } from '@prosa/core/contract';
import { ownerId, type Caller, type Principal } from '../commands/principal.ts';
import { refuse } from '../domain/problems.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import type { Authentication } from './authenticate.ts';
import type { Command, Input, Poll, Public, Query, Question, Signal, Stream, Upload } from './handlers.ts';
import { fingerprintOf, idempotencyKeyOf, once } from './idempotency.ts';
import { readJson } from './read-body.ts';
import { requireAccess } from './require-access.ts';
import { validate, validateParams } from './validate.ts';

/** Any of the handlers, once the types have done their work. */
export type AnyHandler =
  | Public<Route>
  | Query<Route>
  | Poll<Route>
  | Question<Route>
  | Command<Route>
  | Signal<Route>
  | Stream<Route>
  | Upload<Route, unknown>;

interface Call {
  readonly definition: Route;
  readonly handler: AnyHandler;
  readonly request: Request;
  readonly input: Input<Route>;
}

/** One request to a route that anybody may call. */
export async function dispatchPublic(
  scope: UnitScope,
  definition: Route,
  handler: AnyHandler,
  request: Request,
  params: Readonly<Record<string, string>>,
  address: string | null,
): Promise<Response> {
  const input = await inputOf(definition, request, params);
  return json(await (handler as Public<Route>)(scope, input, request, address));
}

/** One request to a route of the contract: who may, what is valid, and the handler in the way its kind needs. */
export async function dispatch(
  scope: UnitScope,
  definition: Route,
  handler: AnyHandler,
  request: Request,
  params: Readonly<Record<string, string>>,
  authentication: Authentication,
): Promise<Response> {
  requireCaller(definition.callers, authentication.principal);
  // The contract's list has been checked: the handler's type says who that leaves.
  const principal = authentication.principal as Principal;
  const call: Call = { definition, handler, request, input: await inputOf(definition, request, params) };
  const now = scope.clock.now();
  const isCommand = !definition.stream && !definition.signal && !definition.asks && !definition.path.startsWith('GET ');

  if (!isCommand || definition.binary) await requireAccess(scope.db.read, principal, definition, params);
  if (definition.stream) {
    return await (handler as Stream<Route>)({ ...authentication, principal }, call.input, request);
  }
  if (definition.poll) {
    return json(await (handler as Poll<Route>)({ ...authentication, principal }, call.input, request));
  }
  if (definition.signal) {
    await (handler as Signal<Route>)({ db: scope.db, principal, now }, call.input);
    return new Response(null, { status: 204 });
  }
  if (definition.asks) {
    return json(await (handler as Question<Route>)({ principal, signal: request.signal }, call.input));
  }
  if (!isCommand) {
    return json(
      await (handler as Query<Route>)({ db: scope.db.read, engine: scope.db.engine, principal, now }, call.input),
    );
  }
  return definition.binary ? await upload(scope, call, principal) : await command(scope, call, principal, params);
}

const emptyQuery = z.strictObject({});

async function inputOf(
  definition: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<Input<Route>> {
  return {
    params: definition.params ? validateParams(definition.params, params) : undefined,
    query: validate(definition.query ?? emptyQuery, queryOf(request), 'query'),
    body: definition.body ? validate(definition.body, await readJson(request, definition.maxBytes), 'body') : undefined,
  } as Input<Route>;
}

const callerNames: Readonly<Record<string, string>> = {
  agent: 'an agent token',
  api_key: 'an API key',
  visitor: "a visitor's session",
};

function requireCaller(callers: readonly string[], caller: Caller): void {
  if (callers.includes(caller.kind)) return;
  const who = caller.kind === 'api_key' ? 'An API key is nobody in particular: this' : 'This';
  refuse('forbidden', { detail: `${who} needs ${callers.map((kind) => callerNames[kind]).join(' or ')}.` });
}

async function command(
  scope: UnitScope,
  { definition, handler, request, input }: Call,
  principal: Principal,
  params: Readonly<Record<string, string>>,
): Promise<Response> {
  const key = idempotencyKeyOf(request);
  const { pathname } = new URL(request.url);
  const fingerprint = await fingerprintOf(request.method, pathname, JSON.stringify(input.body) ?? '');
  const { response } = await runUnit(scope, principal.workspaceId, (unit) =>
    // What was done already is answered again, also when it is no longer the caller's business.
    once(unit, { owner: ownerId(principal), key, fingerprint }, async () => {
      await requireAccess(unit.tx, principal, definition, params);
      return await (handler as Command<Route>)(unit, principal, input);
    }),
  );
  return json(response);
}

async function upload(scope: UnitScope, call: Call, principal: Principal): Promise<Response> {
  const handler = call.handler as Upload<Route, unknown>;
  const key = idempotencyKeyOf(call.request);
  const prepared = await handler.prepare(call.request, call.input, principal);
  try {
    const fingerprint = await fingerprintOf('upload', handler.fingerprint(prepared));
    const { response, repeated } = await runUnit(scope, principal.workspaceId, (unit) =>
      once(unit, { owner: ownerId(principal), key, fingerprint }, () => handler.command(unit, principal, prepared)),
    );
    if (repeated) await handler.undo(prepared);
    return json(response);
  } catch (error) {
    await handler.undo(prepared);
    throw error;
  }
}

/** A parameter that is given twice is a mistake, and is refused as one. */
function queryOf(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  const query: Record<string, string> = {};
  for (const [name, value] of searchParams) {
    if (name in query) refuse('validation_failed', { errors: [{ path: `query.${name}`, message: 'is given twice' }] });
    query[name] = value;
  }
  return query;
}

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  });
}
