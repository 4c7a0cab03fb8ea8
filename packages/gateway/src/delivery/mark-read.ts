import { second } from '../clock.ts';
import type { DeliveryDeps } from './deps.ts';
import { changeJob, finished, postponed, type LeasedJob } from './jobs.ts';
import { loadOutbound } from './load-outbound.ts';

/** A read receipt is a courtesy: it is tried a few times and then let go. */
const maxAttempts = 3;
/** Nobody wants to know of typing that was so long ago. */
const typingStaleMs = 10 * second;

export async function markReadJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  await tell(deps, job, { signal, tries: maxAttempts });
}

/** Tells the customer's app that an answer is being written; once, and only while it is news. */
export async function showTypingJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  if (deps.clock.now() - job.createdAt <= typingStaleMs)
    return await tell(deps, job, { signal, typing: true, tries: 1 });
  await deps.db.transaction((tx) => changeJob(tx, job, finished('done', deps.clock.now())));
}

async function tell(
  deps: DeliveryDeps,
  job: LeasedJob,
  { tries, ...options }: { readonly signal: AbortSignal; readonly typing?: boolean; readonly tries: number },
): Promise<void> {
  const { db, clock } = deps;
  const outbound = await loadOutbound(deps, job);
  let error: string | null = null;
  try {
    if (outbound) await deps.adapterOf(outbound.channel.kind).markRead(outbound, options);
  } catch (reason) {
    error = String(reason);
  }
  const now = clock.now();
  const again = error !== null && job.attempts < tries;
  const changes = again
    ? postponed(now + 2000 * job.attempts, error)
    : finished(error === null ? 'done' : 'failed', now, error);
  await db.transaction((tx) => changeJob(tx, job, changes));
}
