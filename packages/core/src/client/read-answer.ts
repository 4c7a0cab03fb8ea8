import type { Problem } from '../contract/index.ts';
import { ApiError } from '../errors/api-error.ts';

/** The JSON of a good answer. Fields that this version does not know stay in it. */
export async function readJson(response: Response, operation: string, requestId?: string): Promise<unknown> {
  const text = await response.text();
  if (response.status === 204) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ApiError(operation, { status: response.status, problem: null, requestId, cause });
  }
}

export interface Asked {
  /** Completes "unable to <operation>". */
  readonly operation: string;
  readonly requestId: string;
  /** Epoch milliseconds, by the clock of this device. */
  readonly now: number;
  /** With a token that was got because the one before it had expired: says what may be behind it that this one has, too. */
  readonly clockHint?: ((date: string | null, now: number) => string) | undefined;
}

/** The error of an answer that is not a success. */
export async function readProblem(
  response: Response,
  { operation, requestId, now, clockHint }: Asked,
): Promise<ApiError> {
  const { status, headers } = response;
  let problem: Problem | null = null;
  try {
    const body = JSON.parse(await response.text()) as Partial<Problem> | null;
    if (typeof body?.code === 'string') problem = body as Problem;
  } catch {
    // A proxy's page: the status is all there is.
  }
  const wait = String(headers.get('retry-after') ?? problem?.retryAfterSeconds);
  // Seconds, or a date (RFC 9110, 10.2.3): the clock of this device may be wrong, but nobody waits long for it.
  const retryAfterMs = Number(wait) * 1000 || Date.parse(wait) - now;
  return new ApiError(operation, {
    status,
    problem,
    requestId: headers.get('x-request-id') ?? requestId,
    retryAfterMs: retryAfterMs > 0 ? retryAfterMs : undefined,
    hint: problem?.code === 'token_expired' ? clockHint?.(headers.get('date'), now) : '',
  });
}
