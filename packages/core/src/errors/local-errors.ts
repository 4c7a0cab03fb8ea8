import type { ClientErrorCode } from './client-error-codes.ts';
import { ProsaError } from './prosa-error.ts';
import { whySilent } from './why-silent.ts';

/** There was no answer. Browsers do not tell a page why, so the message names the usual causes. */
export class ConnectionError extends ProsaError {
  static override readonly className: string = 'ConnectionError';

  constructor(message: string, cause?: unknown, code: ClientErrorCode = 'connection_failed', requestId?: string) {
    super(message, { code, retryable: true, requestId, cause });
  }

  static unreachable(operation: string, server: string, cause: unknown, requestId?: string): ConnectionError {
    return new ConnectionError(`unable to ${operation}; ${whySilent(server)}`, cause, undefined, requestId);
  }
}

/** The answer took longer than the time given to it; whether the server acted is not known. */
export class TimeoutError extends ProsaError {
  static override readonly className: string = 'TimeoutError';

  constructor(operation: string, timeoutMs: number, requestId?: string) {
    const message = `unable to ${operation}; no answer within ${timeoutMs / 1000} s`;
    super(message, { code: 'timeout', retryable: true, requestId });
  }
}

/** A user who gives up and `AbortSignal.timeout` are told apart. */
export const whyAborted = (reason: unknown) =>
  (reason as Error | null | undefined)?.name === 'TimeoutError' ? 'it timed out' : 'it was aborted';

/** The caller gave up. */
export class AbortedError extends ProsaError {
  static override readonly className: string = 'AbortedError';

  constructor(operation: string, reason?: string, cause?: unknown) {
    super(`unable to ${operation}; ${reason ?? whyAborted(cause)}`, { code: 'aborted', retryable: false, cause });
  }
}

/** The host must act: its token function did not give a token. */
export class AuthError extends ProsaError {
  static override readonly className: string = 'AuthError';

  constructor(reason: string, cause?: unknown) {
    super(`unable to get a token; ${reason}`, { code: 'token_unavailable', retryable: true, cause });
  }
}

/** The developer must act: a method was called in a way that can never work. */
export class UsageError extends ProsaError {
  static override readonly className: string = 'UsageError';

  constructor(message: string, code: ClientErrorCode = 'invalid_argument') {
    super(message, { code, retryable: false });
  }
}
