import type { DeliveryDeps } from './deps.ts';
import { changeJob, finished, postponed, type LeasedJob } from './jobs.ts';
import { loadOutbound } from './send-message.ts';

/** A read receipt is a courtesy: it is tried a few times and then let go. */
const maxAttempts = 3;

export async function markReadJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const { db, clock } = deps;
  const outbound = await loadOutbound(deps, job);
  let error: string | null = null;
  try {
    if (outbound) await deps.adapterOf(outbound.channel.kind).markRead(outbound, { signal });
  } catch (reason) {
    error = String(reason);
  }
  const now = clock.now();
  const again = error !== null && job.attempts < maxAttempts;
  const changes = again
    ? postponed(now + 2000 * job.attempts, error)
    : finished(error === null ? 'done' : 'failed', now, error);
  await db.transaction((tx) => changeJob(tx, job, changes));
}
