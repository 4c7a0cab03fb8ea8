import { AbortedError, ConnectionError, TimeoutError } from '../errors/local-errors.ts';
import { isProsaError } from '../errors/prosa-error.ts';
import type { Clock } from './clock.ts';
import { Timer } from './timer.ts';

export interface Deadline {
  /** What is being done, as in "unable to <operation>". */
  readonly operation: string;
  /** Who did not answer when it fails. */
  readonly server?: string;
  /** Absent: for as long as it takes. */
  readonly timeoutMs?: number;
  readonly signals?: readonly (AbortSignal | undefined)[];
}

/**
 * Runs `work` until one of the signals is aborted or the time is over, and turns every way to fail into a `ProsaError`.
 * It also ends when `work` does not: a `fetch` on a phone that slept may never settle.
 */
export async function withDeadline<T>(
  clock: Clock,
  { operation, server = 'the server', timeoutMs, signals = [] }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const isOver = new AbortController();
  const timer = new Timer(clock);
  if (timeoutMs !== undefined) {
    timer.set(timeoutMs, () => {
      controller.abort(new TimeoutError(operation, timeoutMs));
    });
  }
  for (const outer of signals) {
    const forward = () => {
      const reason: unknown = outer?.reason;
      controller.abort(isProsaError(reason) ? reason : new AbortedError(operation, undefined, reason));
    };
    if (outer?.aborted) forward();
    outer?.addEventListener('abort', forward, { signal: isOver.signal });
  }
  try {
    return await Promise.race([aborted(signal), work(signal)]);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw isProsaError(cause) ? cause : ConnectionError.unreachable(operation, server, cause);
  } finally {
    timer.clear();
    isOver.abort();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail);
  });
}
