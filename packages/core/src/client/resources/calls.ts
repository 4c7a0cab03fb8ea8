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
    /** @param takes where the value goes that comes between ids and options; absent: there is none */
    const method =
      (takes?: 'body' | 'query', isList = false) =>
      (path: string, field?: string) =>
      (...values: unknown[]) => {
        const rest = values.slice(path.split('{').length - 1);
        const value = takes ? { ...((field ? { [field]: rest.shift() } : rest.shift()) as PageParams) } : {};
        const options = rest[0] as Options | undefined;
        const request: TransportRequest = { ...options, ids: values, ...(takes && { [takes]: value }) };
        if (isList) {
          const page = (cursor = value.cursor) =>
            call<Page<unknown>>(path, { ...request, query: { ...value, cursor } });
          return createList(page, options?.signal);
        }
        return call<Entities[EntityKind]>(path, request).then((answer) => {
          if (kind) entities.put(kind, answer);
          return answer;
        });
      };
    const say = method('body');
    // Typed by the route, written by what routes have in common.
    return { act: method(), say, name: say, ask: method('query'), list: method('query', true) } as unknown as Methods;
  }
  return { call, methods };
}
