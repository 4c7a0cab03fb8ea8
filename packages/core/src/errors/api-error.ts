import type { FieldProblem, Problem } from '../contract/index.ts';
import { ProsaError } from './prosa-error.ts';

/** What an answer said: `problem` is its document (RFC 9457), `null` where it was none, as a proxy's page. */
export interface ApiErrorOptions {
  readonly status: number;
  readonly problem: Problem | null;
  readonly requestId?: string | undefined;
  /** Milliseconds that the server asks to wait, from `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
  /** Said after the reason, where the answer alone does not tell what may be behind it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** The gateway answered no. Who must act depends on `code`: the agent, the developer, or the gateway's operator. */
export class ApiError extends ProsaError {
  static override readonly className: string = 'ApiError';
  declare readonly status: number;
  /** What the gateway said; `null` when the answer was not a problem document. */
  declare readonly problem: Problem | null;
  declare readonly retryAfterMs: number | undefined;

  constructor(operation: string, { status, problem, requestId, retryAfterMs, hint = '', cause }: ApiErrorOptions) {
    super(`unable to ${operation}; ${reasonOf(status, problem)}${hint}`, {
      code: problem?.code ?? 'unexpected_response',
      retryable: status >= 500 || [408, 425, 429].includes(status),
      requestId: problem?.requestId ?? requestId,
      cause,
    });
    Object.assign(this, { status, problem, retryAfterMs });
  }

  /** With `conversation_taken` and `conversation_not_yours`: who has it, `null` for nobody. */
  get owner(): Problem['owner'] {
    return this.problem?.owner;
  }

  /** The fields that were refused, with `validation_failed`; otherwise empty. */
  get errors(): readonly FieldProblem[] {
    return this.problem?.errors ?? [];
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status };
  }
}

function reasonOf(status: number, problem: Problem | null): string {
  if (!problem) return `the answer (HTTP ${status}) is not from a Prosa gateway, check baseUrl`;
  const reason = problem.detail ?? problem.title;
  const fields = problem.errors?.map(({ path, message }) => `${path} ${message}`).join(', ');
  return fields ? `${reason}: ${fields}` : reason;
}
