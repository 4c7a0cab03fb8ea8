import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route, Routes } from '@prosa/core/contract';
import type { Principal, VisitorPrincipal } from '../commands/principal.ts';
import type { Database, Reader } from '../store/database.ts';
import type { Unit, UnitScope } from '../store/unit.ts';

/** Who can have called: the contract lists visitors on routes of their own. */
export type CallerOf<R extends Route> = R['callers'][number] extends 'visitor' ? VisitorPrincipal : Principal;

export interface Input<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
}

/** Answers a GET from what is committed. */
export type Query<R extends Route> = (
  context: {
    readonly db: Reader;
    readonly engine: Database['engine'];
    readonly principal: CallerOf<R>;
    readonly now: number;
  },
  input: Input<R>,
) => Promise<ResponseOf<R>>;

/** Does a change inside the transaction of the request. */
export type Command<R extends Route> = (unit: Unit, principal: CallerOf<R>, input: Input<R>) => Promise<ResponseOf<R>>;

/** Asks the outside world, with no transaction around it. */
export type Question<R extends Route> = (
  context: { readonly principal: CallerOf<R>; readonly signal: AbortSignal },
  input: Input<R>,
) => Promise<ResponseOf<R>>;

/** Tells others something that is not kept. */
export type Signal<R extends Route> = (
  context: { readonly db: Database; readonly principal: CallerOf<R>; readonly now: number },
  input: Input<R>,
) => Promise<void>;

/** Answers anybody: it finds out by itself who that may be. `address`: where the call comes from; `null`: not known. */
export type Public<R extends Route> = (
  scope: UnitScope,
  input: Input<R>,
  request: Request,
  address: string | null,
) => Promise<ResponseOf<R>>;

/** A route with a file as its body: `prepare` stores the file, `command` does the change, `undo` removes the file. */
export interface Upload<R extends Route, Prepared> {
  prepare(request: Request, input: Input<R>, principal: CallerOf<R>): Promise<Prepared>;
  fingerprint(prepared: Prepared): string;
  command(unit: Unit, principal: CallerOf<R>, prepared: Prepared): Promise<ResponseOf<R>>;
  undo(prepared: Prepared): Promise<void>;
}

/** Streams answer by themselves. */
export type Stream<R extends Route> = (
  authentication: { readonly principal: CallerOf<R>; readonly expiresAt: number | null },
  input: Input<R>,
  request: Request,
) => Promise<Response>;

/** Waits until there is something to answer. */
export type Poll<R extends Route> = (
  authentication: { readonly principal: CallerOf<R>; readonly expiresAt: number | null },
  input: Input<R>,
  request: Request,
) => Promise<ResponseOf<R>>;

type HandlerOf<R extends Route> = 'public' extends R['callers'][number]
  ? Public<R>
  : R extends { readonly stream: true }
    ? Stream<R>
    : R extends { readonly poll: true }
      ? Poll<R>
      : R extends { readonly signal: true }
        ? Signal<R>
        : R extends { readonly asks: true }
          ? Question<R>
          : R extends { readonly binary: object }
            ? // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each upload has a type of its own between its steps
              Upload<R, any>
            : R['path'] extends `GET ${string}`
              ? Query<R>
              : Command<R>;

/** One handler for each route of the contract: a route without one does not compile. */
export type Handlers = {
  readonly [Resource in keyof Routes]: {
    readonly [Name in keyof Routes[Resource]]: Routes[Resource][Name] extends Route
      ? HandlerOf<Routes[Resource][Name]>
      : never;
  };
};
