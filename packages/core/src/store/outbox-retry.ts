import { backoff } from '../client/backoff.ts';
import type { Clock } from '../client/clock.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { ProsaError } from '../errors/prosa-error.ts';
import { expiresAfterMs } from './outbox-lanes.ts';
import type { Row } from './outbox-row.ts';

const retryRange = { minMs: 500, baseMs: 1000, maxMs: 30_000 };
/** Without a token there is nothing to hurry for. */
const authWaitMs = 5000;
/** The server may fail on this very message. */
const maxServerErrors = 5;

/** Milliseconds until a message is tried again; `null` when trying would not help. */
export function waitToRetry(clock: Clock, { tries, pending }: Row, error: ProsaError): number | null {
  const { status = 0, retryAfterMs = 0 } = error as Partial<ApiError>;
  const needsToken = error.code === 'token_unavailable' || (status === 401 && error.code !== 'agent_deactivated');
  const isLasting = status === 500 && tries >= maxServerErrors;
  const isExpired = clock.now() - pending.createdAt > expiresAfterMs;
  if ((!error.retryable && !needsToken) || isLasting || isExpired) return null;
  return backoff(clock, retryRange, tries - 1, needsToken ? authWaitMs : retryAfterMs);
}
