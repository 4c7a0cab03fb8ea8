import type { Problem } from '../contract/index.ts';
import { ApiError } from '../errors/api-error.ts';

/** The JSON of a good answer. Fields that this version does not know stay in it. */
export async function readJson(response: Response, operation: string): Promise<unknown> {
  const text = await response.text();
  if (response.status === 204) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ApiError(operation, { status: response.status, problem: null, cause });
  }
}

/** The error of an answer that is not a success. */
export async function readProblem(response: Response, operation: string): Promise<ApiError> {
  const { status, headers } = response;
  let problem: Problem | null = null;
  try {
    const body = JSON.parse(await response.text()) as Partial<Problem> | null;
    if (typeof body?.code === 'string') problem = body as Problem;
  } catch {
    // A proxy's page: the status is all there is.
  }
  // The header may also be a date (RFC 9110, 10.2.3), but a device's clock is not to be trusted with it.
  const seconds = Number(headers.get('retry-after') ?? problem?.retryAfterSeconds);
  return new ApiError(operation, {
    status,
    problem,
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfterMs: seconds * 1000 || undefined,
  });
}
