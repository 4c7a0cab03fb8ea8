import { loop, type Background } from '../background.ts';
import { second } from '../clock.ts';
import type { JobKind } from '../store/unit.ts';
import type { DeliveryDeps } from './deps.ts';
import { fetchMediaJob } from './fetch-media.ts';
import {
  changeJob,
  claimJobs,
  LeaseLostError,
  leaseMs,
  leasesOfOthers,
  newLeaseToken,
  postponed,
  recoverJobs,
  releaseJobs,
  type LeasedJob,
} from './jobs.ts';
import { leaseWatch } from './lease-watch.ts';
import { markReadJob, showTypingJob } from './mark-read.ts';
import { sendMessageJob, settleInterrupted } from './send-message.ts';
import { sendReactionJob } from './send-reaction.ts';
import { whenAvailable } from './when-available.ts';
import { deleteTemplateJob, submitTemplateJob, syncTemplatesJob } from './templates.ts';

const runners: Record<JobKind, (deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal) => Promise<void>> = {
  send_message: sendMessageJob,
  send_reaction: sendReactionJob,
  mark_read: markReadJob,
  show_typing: showTypingJob,
  fetch_media: fetchMediaJob,
  submit_template: submitTemplateJob,
  delete_template: deleteTemplateJob,
  sync_templates: syncTemplatesJob,
};

const jobsAtOnce = 8;
/** Messages of dispatches leave room for what people write. */
const dispatchedAtOnce = 6;
const recoverEveryMs = 10 * second;
/** What is being sent when the gateway closes has this long to finish. */
const graceMs = 25 * second;

/**
 * Runs the jobs: several at once, those with the same order key one after another.
 * @param steadyNow milliseconds of a clock that nobody can set
 */
export function deliveryWorker(deps: DeliveryDeps, steadyNow: () => number = () => performance.now()): Background {
  const { db, clock, log } = deps;
  /** By job. */
  const underWay = new Map<string, Promise<void>>();
  /** Those of dispatches among them. */
  const dispatched = new Set<string>();
  /** Tokens of claims of which the database did not say whether they were committed. */
  const unanswered = new Set<string>();
  const abort = new AbortController();
  const watch = leaseWatch({ renewedEveryMs: leaseMs / 3, leaseMs });
  let recoveredAt: { readonly clock: number; readonly steady: number } | null = null;
  const rounds = loop({
    round,
    pollMs: second / 2,
    topic: 'jobs',
    onWake: (listener) => db.onWake(listener),
    onError: (error) => log('error', 'jobs cannot be run', { error: String(error) }),
  });

  return {
    start: () => rounds.start(),
    async stop() {
      await rounds.stop();
      const timer = setTimeout(() => abort.abort(), graceMs);
      await Promise.all(underWay.values());
      clearTimeout(timer);
    },
  };

  async function round(): Promise<boolean> {
    await recover();
    const free = jobsAtOnce - underWay.size;
    if (free <= 0) return false;
    await releaseJobs(db, clock.now(), [...unanswered]);
    unanswered.clear();
    const leaseToken = newLeaseToken();
    unanswered.add(leaseToken);
    const jobs = await claimJobs(db, clock.now(), free, {
      leaseToken,
      dispatched: dispatchedAtOnce - dispatched.size,
    });
    unanswered.delete(leaseToken);
    for (const job of jobs) {
      const run = runJob(job).finally(() => {
        underWay.delete(job.id);
        if (dispatched.delete(job.id)) db.wake({ topic: 'dispatches' });
        // A place is free, and the next of the same order key may go.
        db.wake({ topic: 'jobs' });
      });
      underWay.set(job.id, run);
      if (job.dispatchId !== null) dispatched.add(job.id);
    }
    return jobs.length === free && underWay.size < jobsAtOnce;
  }

  async function recover(): Promise<void> {
    const now = clock.now();
    const steady = steadyNow();
    const soon =
      recoveredAt !== null &&
      Math.abs(now - recoveredAt.clock) < recoverEveryMs &&
      steady - recoveredAt.steady < recoverEveryMs;
    if (soon) return;
    // SQLite has one process: at its start every lease is of a dead one.
    const all = recoveredAt === null && db.engine === 'sqlite';
    const mine = [...underWay.keys()];
    const only = watch.ended(await leasesOfOthers(db, mine), { now, steady });
    const interrupted = await recoverJobs(db, now, { all, mine, only });
    recoveredAt = { clock: now, steady };
    for (const job of interrupted) await settleInterrupted(deps, job);
  }

  async function runJob(job: LeasedJob): Promise<void> {
    const renewal = setInterval(() => void renew(job), leaseMs / 3);
    try {
      await runners[job.kind as JobKind](deps, job, abort.signal);
    } catch (error) {
      if (error instanceof LeaseLostError) log('warn', 'job was taken over', { jobId: job.id });
      else await putBack(job, error);
    } finally {
      clearInterval(renewal);
    }
  }

  async function renew(job: LeasedJob): Promise<void> {
    await db
      .transaction((tx) => changeJob(tx, job, { leaseUntil: clock.now() + leaseMs }))
      .catch((error: unknown) => log('warn', 'lease not renewed', { jobId: job.id, error: String(error) }));
  }

  /** Something else went wrong, the database for instance. A job that was calling is settled when its lease ends. */
  async function putBack(job: LeasedJob, error: unknown): Promise<void> {
    log('error', 'job failed', { jobId: job.id, kind: job.kind, error: String(error) });
    const change = () =>
      db.transaction(async (tx) => {
        const row = await tx.selectFrom('jobs').select('state').where('id', '=', job.id).executeTakeFirst();
        if (row?.state === 'running') await changeJob(tx, job, postponed(clock.now() + 2 * second, String(error)));
      });
    // Otherwise the job would wait for its lease to end.
    await whenAvailable(change, abort.signal).catch(() => undefined);
  }
}
