import type { Clock } from './clock.ts';
import { Timer } from './timer.ts';

/** Resolves after `delayMs`, or as soon as the signal is aborted: what comes next finds that out. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = new Timer(clock);
    const end = () => {
      timer.clear();
      signal.removeEventListener('abort', end);
      resolve();
    };
    timer.set(delayMs, end);
    signal.addEventListener('abort', end);
  });
}
