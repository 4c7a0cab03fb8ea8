import type { ErrorCode } from '../contract/index.ts';
import type { ApiError } from './api-error.ts';
import type { ClientErrorCode } from './client-error-codes.ts';

/** A newer gateway may answer with a code that this version does not know. */
export type ProsaErrorCode = ErrorCode | ClientErrorCode | (string & {});

const brand = Symbol.for('@prosa/error');

/** What every error of the client carries beside its message. */
export interface ProsaErrorOptions {
  readonly code: ProsaErrorCode;
  readonly retryable: boolean;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** Every error of the client. `code` is stable, `message` is for developers and may change. */
export class ProsaError extends Error {
  declare readonly code: ProsaErrorCode;
  /** The same call may succeed later, unchanged. */
  declare readonly retryable: boolean;
  /** Names the request in the gateway's log; also where no answer came. */
  declare readonly requestId: string | undefined;

  /** Of the message, when `messages.send` rejected with it: for `messages.retryPending` and `.discardPending`. */
  declare readonly clientId?: string;

  constructor(message: string, { code, retryable, requestId, cause }: ProsaErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.className;
    Object.assign(this, { [brand]: true, code, retryable, requestId });
  }

  /** Survives minifiers, which rename classes. */
  static readonly className: string = 'ProsaError';

  /** What may be logged: no cause, no request, no token. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, retryable, requestId } = this;
    return { name, code, message, retryable, requestId };
  }
}

/** Whether it is an error of this client, also when the page carries two copies of it. */
export function isProsaError(value: unknown): value is ProsaError {
  return typeof value === 'object' && value !== null && brand in value;
}

/** Whether it is an answer of the gateway, or of what stands in its place: it has `status`, `problem`, `owner`, `errors`. */
export function isApiError(value: unknown): value is ApiError {
  return isProsaError(value) && 'status' in value;
}

/**
 * Whether it is such an error with this code: `hasCode(error, 'conversation_taken')`. With a code of the gateway it has the
 * gateway's answer, as of `isApiError`; not where it is of a message that an earlier page, or another tab, tried to send.
 */
export function hasCode<Code extends ErrorCode | ClientErrorCode>(
  value: unknown,
  code: Code,
): value is Code extends ErrorCode ? ApiError : ProsaError {
  return isProsaError(value) && value.code === code;
}
