import { traceId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { graphErrors } from './error-table.ts';

export interface RefusalOptions {
  readonly details?: string | undefined;
  readonly message?: string | undefined;
  readonly subcode?: number | undefined;
  readonly status?: number | undefined;
  readonly type?: 'GraphMethodException' | 'OAuthException' | undefined;
  /** Words for a person, as management calls bring: `error_user_title` and `error_user_msg`. */
  readonly user?: { readonly title: string; readonly message: string } | undefined;
}

/** A request that Graph answers with an error object. Thrown by handlers, turned into a Response by the router. */
export class GraphRefusal extends Error {
  readonly code: number;
  readonly status: number;
  readonly body: JsonObject;

  constructor(code: number, options: RefusalOptions = {}) {
    const entry = graphErrors[code];
    const message = options.message ?? `(#${code}) ${entry?.title ?? 'Something went wrong'}`;
    super(message);
    this.name = 'GraphRefusal';
    this.code = code;
    this.status = options.status ?? entry?.status ?? 400;
    const details = options.details ?? (options.message === undefined ? entry?.details : undefined);
    this.body = {
      error: {
        message,
        type: options.type ?? 'OAuthException',
        code,
        ...(options.subcode === undefined ? {} : { error_subcode: options.subcode }),
        ...(options.user === undefined
          ? {}
          : { is_transient: false, error_user_title: options.user.title, error_user_msg: options.user.message }),
        ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: traceId(),
      },
    };
  }
}

/** 100: a parameter is misspelt, of the wrong kind or too long. */
export function invalidParameter(details: string): GraphRefusal {
  return new GraphRefusal(100, { details });
}

/** 131009: the parameter is known, its value cannot be taken. */
export function invalidValue(details: string): GraphRefusal {
  return new GraphRefusal(131009, { details });
}

/** 131008 */
export function missingParameter(details: string): GraphRefusal {
  return new GraphRefusal(131008, { details });
}

/** Graph's answer for an object that is not there, or not this token's. */
export function unknownObject(method: string, id: string): GraphRefusal {
  return new GraphRefusal(100, {
    type: 'GraphMethodException',
    subcode: 33,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });
}
