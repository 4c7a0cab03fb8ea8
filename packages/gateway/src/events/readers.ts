import { second } from '../clock.ts';

/** Also for a few readers: whoever loses a process at once comes back spread over this long. */
const leastMs = 2 * second;
const mostMs = 30 * second;
/** So many readers a second may come back. */
const returnsPerSecond = 200;
/**
 * Whoever came while there were few has a short window, and comes back among the first. With this figure the windows of
 * 1,000 readers that came one after the other bring back less than 250 in any second; 200 for each would bring 380.
 */
const arrivalsPerSecond = 80;

/** The readers of this process, and over how long they are to come back when they lose it. */
export interface Readers {
  /** One more; returns what says that it is gone. */
  enter(): () => void;
  /** For one that comes now, and may find the process dead later. */
  helloWindowMs(): number;
  /** For all at once. */
  byeWindowMs(): number;
}

/** @param shutdown aborted when all of them are sent away */
export function createReaders(shutdown: AbortSignal): Readers {
  let count = 0;
  // While they are sent away one by one, the last one must not think that it is alone.
  let atShutdown = 0;
  shutdown.addEventListener('abort', () => (atShutdown = count));
  const windowMs = (readers: number, perSecond: number) =>
    Math.min(mostMs, Math.max(leastMs, Math.round((readers / perSecond) * second)));
  return {
    enter() {
      count++;
      let isGone = false;
      return () => {
        if (isGone) return;
        isGone = true;
        count--;
      };
    },
    helloWindowMs: () => windowMs(count, arrivalsPerSecond),
    byeWindowMs: () => windowMs(Math.max(count, atShutdown), returnsPerSecond),
  };
}
