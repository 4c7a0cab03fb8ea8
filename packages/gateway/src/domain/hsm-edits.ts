import { day } from '../clock.ts';

const inDays = 30;
const mostInDays = 10;

/**
 * Why an approved template cannot be changed again now (Meta, "Template management": at most ten times in 30 days, and
 * once in 24 hours); `null`: it can.
 * @param edits when it was changed while it was approved, epoch milliseconds
 */
export function editBlock(edits: readonly number[], now: number): string | null {
  const last = Math.max(...edits.map((at) => at + day), 0);
  if (last > now) {
    return `Meta takes one change of an approved template in 24 hours: again from ${new Date(last).toISOString()}.`;
  }
  const recent = recentEdits(edits, now);
  const [oldest] = recent;
  if (recent.length < mostInDays || oldest === undefined) return null;
  const free = new Date(oldest + inDays * day).toISOString();
  return `Meta takes ${mostInDays} changes of an approved template in ${inDays} days: again from ${free}.`;
}

/** Those that still count, oldest first. */
export function recentEdits(edits: readonly number[], now: number): readonly number[] {
  return edits.filter((at) => at > now - inDays * day).sort((a, b) => a - b);
}
