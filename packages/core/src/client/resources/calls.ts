import type { BodyInputOf, DeepReadonly, Page, QueryOf, ResponseOf, Routes } from '../../contract/index.ts';
import type { Entities, EntityKind, EntityStore } from '../../store/entity-store.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import { createList } from '../list.ts';
import type { Transport, TransportRequest } from '../transport.ts';

type AnyRoute = { [Name in keyof Routes]: Routes[Name][keyof Routes[Name]] }[keyof Routes];
type RouteAt<Path extends string> = Extract<AnyRoute, { readonly path: Path }>;
type Body<Path extends string> = DeepReadonly<BodyInputOf<RouteAt<Path>>>;
type Answer<Path extends string> = ResponseOf<RouteAt<Path>>;
/** Numbers and booleans, too: they become text on their way. */
type Query<Path extends string> = Optional<QueryOf<RouteAt<Path>>>;
type Optional<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };
type Item<Path extends string> = Answer<Path> extends Page<infer Each> ? Each : never;

/** What fills the parameters of the path, in their order. */
type Ids<Path extends string> = Path extends `${string}{${string}}${infer Rest}` ? [id: string, ...ids: Ids<Rest>] : [];

type Asked = NonNullable<TransportRequest['query']>;

interface Options extends CommandOptions {
  readonly tries?: number;
}

/**
 * Makes the methods of resources. What a method takes and gives is what the contract says of its route; first come the
 * ids in its path, last the options.
 */
export interface Methods {
  /** With nothing but ids. */
  act<Path extends string>(path: Path): (...values: [...Ids<Path>, options?: Options]) => Promise<Answer<Path>>;
  /** With a body. */
  say<Path extends string>(
    path: Path,
  ): (...values: [...Ids<Path>, body?: Body<Path>, options?: Options]) => Promise<Answer<Path>>;
  /** With one field of the body. */
  name<Path extends string, Field extends keyof Body<Path>>(
    path: Path,
    field: Field,
  ): (...values: [...Ids<Path>, value: Body<Path>[Field], options?: Options]) => Promise<Answer<Path>>;
  /** With a query. */
  ask<Path extends string>(
    path: Path,
  ): (...values: [...Ids<Path>, query?: Query<Path>, options?: CallOptions]) => Promise<Answer<Path>>;
  /** Page by page. */
  list<Path extends string>(
    path: Path,
  ): (...values: [...Ids<Path>, query?: Query<Path>, options?: CallOptions]) => List<Item<Path>>;
}

/** What resources are written with. */
export interface Calls {
  call<T>(route: string, request?: TransportRequest): Promise<T>;
  /** @param kind what the methods answer with, for the live queries to take it in */
  methods(kind?: EntityKind): Methods;
}

export function createCalls(transport: Transport, entities: EntityStore): Calls {
  const call: Calls['call'] = (route, request) => transport.request(route, request);

  function methods(kind?: EntityKind) {
    /** @param request what is said besides the ids: of one value, or of none */
    const method =
      (request: (value: unknown, options: unknown) => TransportRequest) =>
      (path: string) =>
      async (...values: unknown[]) => {
        const [params, value, options] = fill(path, values);
        const answer = await call(path, { params, ...request(value, options) });
        if (kind) entities.put(kind, answer as Entities[EntityKind]);
        return answer;
      };
    const make = {
      act: method((options) => options as Options),
      say: method((body = {}, options) => ({ body, ...(options as Options) })),
      name: (path: string, field: string) =>
        method((value, options) => ({ body: { [field]: value }, ...(options as Options) }))(path),
      ask: method((query, options) => ({ query: query as Asked, ...(options as Options) })),
      list:
        (path: string) =>
        (...values: unknown[]) => {
          const [params, value, options] = fill(path, values);
          const query = value as PageParams | undefined;
          const request = { params, ...(options as Options) };
          return createList(
            (cursor = query?.cursor) => call<Page<unknown>>(path, { ...request, query: { ...query, cursor } }),
            request.signal,
          );
        },
    };
    // Typed by the route, written by what routes have in common.
    return make as unknown as Methods;
  }
  return { call, methods };
}

/** The values that the path has parameters for, by name, and the two that may come after them. */
function fill(path: string, values: readonly unknown[]) {
  const names = path.match(/\w+(?=\})/g) ?? [];
  const params = Object.fromEntries(names.map((name, index) => [name, values[index] as string]));
  return [params, ...values.slice(names.length)] as [params: typeof params, value?: unknown, options?: unknown];
}
