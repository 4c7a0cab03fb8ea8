import { AbortedError, ConnectionError, TimeoutError } from '../errors/local-errors.ts';
import { isProsaError } from '../errors/prosa-error.ts';
import type { Clock } from './clock.ts';

export interface Deadline {
  /** What is being done, as in "unable to <operation>". */
  readonly operation: string;
  readonly url: string;
  /** `null`: for as long as it takes. */
  readonly timeoutMs: number | null;
  readonly signals: readonly (AbortSignal | undefined)[];
}

/**
 * Runs `work` until one of the signals is aborted or the time is over, and turns every way to fail into a `ProsaError`.
 * It also ends when `work` does not: a `fetch` on a phone that slept may never settle.
 */
export async function withDeadline<T>(
  clock: Clock,
  { operation, url, timeoutMs, signals }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer =
    timeoutMs === null
      ? null
      : clock.setTimeout(() => {
          controller.abort(new TimeoutError(operation, timeoutMs));
        }, timeoutMs);
  const forwarders = signals.map((signal) => {
    const forward = () => {
      const reason: unknown = signal?.reason;
      controller.abort(isProsaError(reason) ? reason : new AbortedError(operation, undefined, reason));
    };
    if (signal?.aborted) forward();
    signal?.addEventListener('abort', forward);
    return () => signal?.removeEventListener('abort', forward);
  });
  try {
    return await Promise.race([aborted(controller.signal), work(controller.signal)]);
  } catch (cause) {
    if (controller.signal.aborted) throw controller.signal.reason;
    throw isProsaError(cause) ? cause : ConnectionError.unreachable(operation, url, cause);
  } finally {
    if (timer !== null) clock.clearTimeout(timer);
    for (const stop of forwarders) stop();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
