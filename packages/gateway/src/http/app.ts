import { routes, splitPath, type Route } from '@prosa/core/contract';
import { Hono } from 'hono';
import type { Clock } from '../clock.ts';
import { newId } from '../domain/ids.ts';
import { refuse, Refusal } from '../domain/problems.ts';
import type { Log } from '../log.ts';
import type { RequestSource } from '../options.ts';
import type { UnitScope } from '../store/unit.ts';
import type { Authentication } from './authenticate.ts';
import { allowOrigin, preflightResponse } from './cors.ts';
import { dispatch, dispatchPublic, type AnyHandler } from './run-route.ts';
import type { Handlers } from './handlers.ts';
import type { Origins } from './origins.ts';
import { problemResponse, responseOfError } from './problem-response.ts';
import { createRefusedOrigins } from './refused-origins.ts';

export interface AppDeps extends UnitScope {
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: Handlers;
  readonly origins: Origins;
  readonly authenticate: (request: Request) => Promise<Authentication>;
  /** What is not of the contract: webhooks, files, health. By `METHOD /path`. */
  readonly extra: Readonly<Record<string, (request: Request, params: Record<string, string>) => Promise<Response>>>;
}

type Env = { Variables: { requestId: string }; Bindings: RequestSource };

/** What strangers send must not write anything else into the log. */
const sayableId = /^[\w-]{8,64}$/;

/** The gateway as a function from requests to answers. */
export function createApp(deps: AppDeps): (request: Request, source?: RequestSource) => Promise<Response> {
  const app = new Hono<Env>();
  const tellRefusedOrigin = createRefusedOrigins(deps);
  const methodsByPath = new Map<string, string[]>();

  app.use(async (context, next) => {
    // The caller's own name of it leads from its error to the log, also when the answer gets lost.
    const named = context.req.header('x-request-id') ?? '';
    context.set('requestId', sayableId.test(named) ? named : newId('request', deps.clock.now()));
    await next();
    // The webhook names its own in its problem documents.
    if (!context.res.headers.has('X-Request-Id')) context.res.headers.set('X-Request-Id', context.get('requestId'));
    context.res.headers.set('X-Content-Type-Options', 'nosniff');
    context.res.headers.append('Vary', 'Origin');
  });
  app.onError((error, context) => failure(error, context.req.raw, context.get('requestId')));
  app.notFound((context) => problemResponse('not_found', context.get('requestId')));

  app.options('/v1/*', async (context) => {
    const origin = context.req.header('origin');
    if (origin === undefined || !(await deps.origins.isKnown(origin))) refuse('origin_not_allowed');
    return preflightResponse(origin);
  });

  for (const [resource, group] of Object.entries(routes)) {
    for (const [name, definition] of Object.entries(group as Record<string, Route>)) {
      const handler = (deps.handlers as unknown as Record<string, Record<string, AnyHandler>>)[resource]?.[name];
      if (!handler) throw new Error(`unable to serve ${resource}.${name}; it has no handler`);
      const { method, path } = splitPath(definition.path);
      const pattern = path.replace(/\{(\w+)\}/g, ':$1');
      remember(pattern, method);
      app.on(method, pattern, async (context) => {
        const { raw } = context.req;
        const origin = raw.headers.get('origin');
        const response = await answer(definition, handler, raw, context.req.param(), context.env).catch(
          (error: unknown) => failure(error, raw, context.get('requestId')),
        );
        // Refusals too: a page must be able to read that its token has expired.
        if (origin !== null && (await deps.origins.isKnown(origin))) allowOrigin(response.headers, origin);
        return response;
      });
    }
  }
  for (const [entry, handler] of Object.entries(deps.extra)) {
    const { method, path } = splitPath(entry);
    remember(path, method);
    app.on(method, path, (context) => handler(context.req.raw, context.req.param() as Record<string, string>));
  }
  for (const [path, methods] of methodsByPath) {
    app.all(path, (context) => {
      const response = problemResponse('method_not_allowed', context.get('requestId'));
      response.headers.set('Allow', methods.join(', '));
      return response;
    });
  }
  return async (request, source = {}) => await app.fetch(request, source);

  async function answer(
    definition: Route,
    handler: AnyHandler,
    request: Request,
    params: Readonly<Record<string, string>>,
    { remoteAddress = null }: RequestSource,
  ): Promise<Response> {
    if (definition.callers.includes('public')) {
      return await dispatchPublic(deps, definition, handler, request, params, remoteAddress);
    }
    const authentication = await deps.authenticate(request);
    await requireOrigin(request.headers.get('origin'), authentication);
    return await dispatch(deps, definition, handler, request, params, authentication);
  }

  function failure(error: unknown, request: Request, requestId: string): Response {
    if (error instanceof Refusal && error.code === 'origin_not_allowed') tellRefusedOrigin(request);
    return responseOfError(error, requestId, deps.log);
  }

  function remember(path: string, method: string): void {
    methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), method]);
  }

  /** Servers send no origin; a page that does must be on the list of the workspace, or of the webchat, it speaks for. */
  async function requireOrigin(origin: string | null, { principal, origins }: Authentication): Promise<void> {
    if (origin === null) return;
    if (origins) return origins.includes(origin) ? undefined : refuse('origin_not_allowed');
    if (await deps.origins.isAllowed(origin, principal.workspaceId)) return;
    refuse('origin_not_allowed', {
      detail: `Add it with \`prosa-gateway origin add ${origin.slice(0, 200)}\`.`,
    });
  }
}
