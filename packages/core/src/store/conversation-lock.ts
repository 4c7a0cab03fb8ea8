import type { Clock } from '../client/clock.ts';
import { sleep } from '../client/sleep.ts';
import { isProsaError } from '../errors/prosa-error.ts';

const tryAgainMs = 250;
/** A tab that is frozen while it sends keeps its lock; the gateway recognises a message that comes twice. */
const giveUpAfterMs = 5000;

/**
 * Sends while no other tab sends to the same conversation, where the browser has Web Locks. A lock that stays taken is
 * passed by: sending late would be worse than sending a message whose key repeats.
 */
export async function withConversationLock<T>(
  clock: Clock,
  name: string,
  signal: AbortSignal,
  send: () => Promise<T>,
): Promise<T> {
  const { locks } = (globalThis as { navigator?: { locks?: LockManager } }).navigator ?? {};
  const giveUpAt = clock.now() + giveUpAfterMs;
  try {
    while (locks && clock.now() < giveUpAt && !signal.aborted) {
      const taken = await locks.request(name, { ifAvailable: true }, async (lock) =>
        lock ? { result: await send() } : null,
      );
      if (taken) return taken.result;
      await sleep(clock, tryAgainMs, signal);
    }
  } catch (error) {
    // A frame without an origin may not use locks.
    if (isProsaError(error)) throw error;
  }
  return send();
}
