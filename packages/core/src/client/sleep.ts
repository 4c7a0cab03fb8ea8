import type { Clock } from './clock.ts';
import { Timer } from './timer.ts';

/** Resolves after `delayMs`, or as soon as the signal is aborted: what comes next finds that out. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = new Timer(clock);
    timer.set(delayMs, resolve);
    signal.addEventListener('abort', () => {
      timer.clear();
      resolve();
    });
  });
}
