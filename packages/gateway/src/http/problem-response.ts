import { errorCodes, type ErrorCode, type Problem } from '@prosa/core/contract';
import { Refusal, type ProblemDetails } from '../domain/problems.ts';
import type { Log } from '../log.ts';
import { MediaFullError } from '../media/media-full.ts';
import { DatabaseUnavailableError } from '../store/database-unavailable.ts';

/** RFC 9457. `type` names the code; there is no page behind it to load. */
export function problemResponse(code: ErrorCode, requestId: string, details: ProblemDetails = {}): Response {
  const { status, title } = errorCodes[code];
  const problem: Problem = { type: `urn:prosa:problem:${code}`, title, status, code, requestId, ...details };
  const headers = new Headers({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' });
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer');
  if (details.retryAfterSeconds !== undefined) headers.set('Retry-After', String(details.retryAfterSeconds));
  return new Response(JSON.stringify(problem), { status, headers });
}

/** A refusal tells why; anything else tells only the request's id, and the log has the rest. */
export function responseOfError(error: unknown, requestId: string, log: Log): Response {
  if (error instanceof Refusal) return problemResponse(error.code, requestId, error.details);
  if (error instanceof DatabaseUnavailableError) {
    log('error', 'database unavailable', { requestId, error: messageOf(error) });
    return problemResponse('unavailable', requestId, { retryAfterSeconds: 5 });
  }
  if (error instanceof MediaFullError) {
    log('error', 'media folder full', { requestId, error: messageOf(error) });
    return problemResponse('unavailable', requestId, { retryAfterSeconds: 5 });
  }
  log('error', 'request failed', { requestId, error: messageOf(error) });
  return problemResponse('internal', requestId);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
