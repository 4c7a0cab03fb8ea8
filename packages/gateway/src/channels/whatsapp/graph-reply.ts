import type { SendResult } from '../channel.ts';
import { classOf, defaultDetail, limitOf, slowMs, triesWhenUnclear, troubleOf, type ErrorClass } from './errors.ts';
import { fieldsOf, idOf, lineOf } from './parse/fields.ts';

/** What came of a call to Graph. */
export type GraphReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The JSON of the answer; `null` when it was none. */
      readonly body: unknown;
      readonly retryAfterMs: number | null;
      /** The version of the API that answered: a newer one than was asked when that one has been retired. */
      readonly version?: string | undefined;
    }
  /** It never arrived. */
  | { readonly kind: 'unreached'; readonly detail: string }
  /** It may have arrived; its answer did not. */
  | { readonly kind: 'lost'; readonly detail: string };

export type GraphRefusal = Exclude<SendResult, { readonly outcome: 'accepted' }>;

/** The body of a success, or `null`. */
export function successOf(reply: GraphReply): unknown {
  return reply.kind === 'answer' && reply.status >= 200 && reply.status < 300 ? reply.body : null;
}

/** What a reply that is no success means for what was asked. */
export function refusalOf(reply: GraphReply): GraphRefusal {
  if (reply.kind === 'unreached') {
    return { outcome: 'retry', code: 'unreachable', detail: reply.detail, afterMs: null };
  }
  if (reply.kind === 'lost') return { outcome: 'unconfirmed', detail: reply.detail };
  const { status, body, retryAfterMs } = reply;
  const error = errorOf(body);
  // Without Meta's own word somebody in between answered, and what Meta did with the request is unknown.
  if (error === null && (status === 408 || (status >= 500 && status !== 503))) {
    return { outcome: 'unconfirmed', detail: `HTTP ${status} without an error of the API` };
  }
  const { code, detail, errorClass } = describe(status, error);
  const limit = limitOf(error?.code ?? null, errorClass);
  const trouble = troubleOf(error?.code ?? null, errorClass);
  switch (errorClass) {
    case 'transient':
    case 'throttled':
      return { outcome: 'retry', code, detail, afterMs: retryAfterMs, ...(limit && { limit }) };
    case 'unclear':
      return { outcome: 'retry', code, detail, afterMs: retryAfterMs, tries: triesWhenUnclear };
    case 'slow':
      return {
        outcome: 'retry',
        code,
        detail,
        afterMs: Math.max(retryAfterMs ?? 0, slowMs),
        ...(limit && { limit }),
        ...(trouble && { trouble }),
      };
    case 'token':
    case 'permanent':
      return { outcome: 'failed', code, detail, ...(trouble && { trouble }) };
  }
}

interface GraphError {
  readonly code: number;
  readonly details: string | null;
  readonly transient: boolean;
}

function errorOf(body: unknown): GraphError | null {
  const error = fieldsOf(fieldsOf(body)['error']);
  const code = Number(idOf(error['code']) ?? Number.NaN);
  if (!Number.isSafeInteger(code)) return null;
  // Templates are refused with a text for people; `message` then only says "Invalid parameter".
  const texts = [fieldsOf(error['error_data'])['details'], error['error_user_msg'], error['message']];
  const details = texts.map((text) => lineOf(text, 300)).find((text) => text !== null) ?? null;
  return { code, details, transient: error['is_transient'] === true };
}

function describe(status: number, error: GraphError | null): { code: string; detail: string; errorClass: ErrorClass } {
  const errorClass = classOf(error?.code ?? null, status, error?.transient ?? false);
  if (error === null)
    return { code: `http_${status}`, detail: `HTTP ${status} without an error of the API`, errorClass };
  return { code: String(error.code), detail: error.details ?? defaultDetail(error.code), errorClass };
}
