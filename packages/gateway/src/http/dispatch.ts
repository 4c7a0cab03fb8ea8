import * as z from 'zod/mini';
import type { Caller, Route } from '@prosa/core/contract';
import { ownerId, type Principal } from '../commands/principal.ts';
import { refuse } from '../domain/problems.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import type { Authentication } from './authenticate.ts';
import type { Command, Input, Query, Stream, Upload } from './handlers.ts';
import { fingerprintOf, idempotencyKeyOf, once } from './idempotency.ts';
import { readJson } from './read-body.ts';
import { validate, validateParams } from './validate.ts';

/** Any of the handlers, once the types have done their work. */
export type AnyHandler = Query<Route> | Command<Route> | Stream<Route> | Upload<Route, unknown>;

/** One request to a route of the contract: who may, what is valid, and the handler in the way its kind needs. */
export async function dispatch(
  scope: UnitScope,
  definition: Route,
  handler: AnyHandler,
  request: Request,
  params: Readonly<Record<string, string>>,
  authentication: Authentication,
): Promise<Response> {
  const { principal } = authentication;
  requireCaller(definition.callers, principal);
  const input: Input<Route> = {
    params: definition.params ? validateParams(definition.params, params) : undefined,
    query: validate(definition.query ?? emptyQuery, queryOf(request), 'query'),
    body: definition.body ? validate(definition.body, await readJson(request), 'body') : undefined,
  } as Input<Route>;

  if (definition.stream) return await (handler as Stream<Route>)(authentication, input, request);
  if (definition.path.startsWith('GET ')) {
    const context = { db: scope.db.read, principal, now: scope.clock.now() };
    return json(await (handler as Query<Route>)(context, input));
  }
  return definition.binary
    ? await upload(scope, handler as Upload<Route, unknown>, request, principal, input)
    : await command(scope, handler as Command<Route>, request, principal, input);
}

const emptyQuery = z.strictObject({});

function requireCaller(callers: readonly Caller[], principal: Principal): void {
  if (callers.includes(principal.kind)) return;
  const who = callers.map((caller) => (caller === 'api_key' ? 'an API key' : 'an agent token')).join(' or ');
  refuse('forbidden', { detail: `This needs ${who}.` });
}

async function command(
  scope: UnitScope,
  handler: Command<Route>,
  request: Request,
  principal: Principal,
  input: Input<Route>,
): Promise<Response> {
  const key = idempotencyKeyOf(request);
  const { pathname } = new URL(request.url);
  const fingerprint = await fingerprintOf(request.method, pathname, JSON.stringify(input.body) ?? '');
  const { response } = await runUnit(scope, principal.workspaceId, (unit) =>
    once(unit, { owner: ownerId(principal), key, fingerprint }, () => handler(unit, principal, input)),
  );
  return json(response);
}

async function upload(
  scope: UnitScope,
  handler: Upload<Route, unknown>,
  request: Request,
  principal: Principal,
  input: Input<Route>,
): Promise<Response> {
  const key = idempotencyKeyOf(request);
  const prepared = await handler.prepare(request, input, principal);
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
