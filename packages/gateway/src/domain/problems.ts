import { errorCodes, type ErrorCode, type Problem } from '@prosa/core/contract';

export type ProblemDetails = Partial<
  Pick<Problem, 'detail' | 'errors' | 'owner' | 'retryAfterSeconds' | 'customerId' | 'conversationId'>
>;

/** A refusal that the caller can act on. It becomes a problem document. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly details: ProblemDetails;

  constructor(code: ErrorCode, details: ProblemDetails = {}) {
    super(details.detail ?? errorCodes[code].title);
    this.code = code;
    this.details = details;
  }
}

export function refuse(code: ErrorCode, details?: ProblemDetails): never {
  throw new Refusal(code, details);
}

export function notFound(what: string): never {
  throw new Refusal('not_found', { detail: `There is no such ${what} in this workspace.` });
}
