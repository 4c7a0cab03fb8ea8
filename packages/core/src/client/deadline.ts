import { AbortedError, ConnectionError, TimeoutError } from '../errors/local-errors.ts';
import { isProsaError } from '../errors/prosa-error.ts';
import type { Clock } from './clock.ts';
import { Timer } from './timer.ts';

export interface Deadline {
  /** What is being done, as in "unable to <operation>". */
  readonly operation: string;
  /** Who did not answer when it fails. */
  readonly server?: string;
  /** Goes into the error when there is no answer. */
  readonly requestId?: string;
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
  { operation, server = 'the server', requestId, timeoutMs, signals = [] }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const { signal } = end;
  // By hand: signals that `AbortSignal.any` makes pile up in Node while one of theirs lives as long as the program.
  const follow = (): void => {
    const over = signals.find((outer) => outer?.aborted);
    if (over) end.abort(over.reason);
  };
  for (const outer of signals) outer?.addEventListener('abort', follow);
  const timer = new Timer(clock);
  if (timeoutMs !== undefined) {
    timer.set(timeoutMs, () => {
      end.abort(new TimeoutError(operation, timeoutMs, requestId));
    });
  }
  try {
    follow();
    signal.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', reject);
    });
    return await Promise.race([aborted, work(signal)]);
  } catch (error) {
    const cause: unknown = signal.aborted ? signal.reason : error;
    if (isProsaError(cause)) throw cause;
    throw signal.aborted
      ? new AbortedError(operation, undefined, cause)
      : ConnectionError.unreachable(operation, server, cause, requestId);
  } finally {
    timer.clear();
    for (const outer of signals) outer?.removeEventListener('abort', follow);
  }
}
