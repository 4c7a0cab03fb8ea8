import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import { minute } from '../clock.ts';
import type { Database, Tx } from '../store/database.ts';
import { randomText } from '../store/random-text.ts';
import type { JobsTable, Schema } from '../store/schema.ts';

export type JobRow = Selectable<JobsTable>;

/** A job that is being run, and the token that proves by whom. */
export type LeasedJob = JobRow & { readonly leaseToken: string };

/** A lease that is not renewed for this long belongs to a process that died. */
export const leaseMs = minute;

const unfinished = ['queued', 'running', 'calling'] as const;

/** The lease has passed to somebody else: whoever finds out changes nothing any more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

export function newLeaseToken(): string {
  return randomText(12);
}

/** Where a job stands in its line: by the place of its message in the thread; jobs without a message go first. */
function placeOf(alias: 'jobs' | 'other') {
  return sql<number>`coalesce((select position from messages where messages.id = ${sql.ref(`${alias}.subjectId`)}), 0)`;
}

/**
 * Takes jobs that are due: of those with the same order key only the first that is not finished, and none while another
 * one runs. Ids are no order: each process makes them from its own clock, before it gets hold of the conversation.
 */
export async function claimJobs(
  db: Database,
  now: number,
  limit: number,
  {
    leaseToken = newLeaseToken(),
    dispatched = limit,
  }: {
    readonly leaseToken?: string;
    /** Of messages of dispatches at most so many; they come after all others. */
    readonly dispatched?: number;
  } = {},
): Promise<LeasedJob[]> {
  return await db.transaction(async (tx) => {
    const due = tx
      .selectFrom('jobs')
      .selectAll()
      .where('state', '=', 'queued')
      .where('runAt', '<=', now)
      // A channel that the provider lets nothing through waits, and with it all that it has to do.
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('channels')
              .select('channels.id')
              .whereRef('channels.id', '=', 'jobs.channelId')
              .whereRef('channels.pausedVersion', '=', 'channels.version'),
          ),
        ),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('jobs as other')
              .select('other.id')
              .whereRef('other.orderKey', '=', 'jobs.orderKey')
              .whereRef('other.id', '<>', 'jobs.id')
              .where('other.state', 'in', unfinished)
              .where(
                sql<boolean>`(other.state <> 'queued' or ${placeOf('other')} < ${placeOf('jobs')}
                  or (${placeOf('other')} = ${placeOf('jobs')} and other.id < jobs.id))`,
              ),
          ),
        ),
      )
      .orderBy((eb) => eb.case().when('dispatchId', 'is', null).then(0).else(1).end())
      .orderBy('runAt')
      .orderBy('id')
      .limit(limit);
    let places = dispatched;
    const rows = (await db.lockFree(due).execute()).filter(({ dispatchId }) => dispatchId === null || places-- > 0);
    const lease = { state: 'running', leaseToken, leaseUntil: now + leaseMs };
    if (rows.length > 0) {
      await tx
        .updateTable('jobs')
        .set((eb) => ({ ...lease, attempts: eb('attempts', '+', 1) }))
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute();
    }
    return rows.map((row) => ({ ...row, ...lease, attempts: row.attempts + 1 }));
  });
}

/** Gives back what was claimed with these tokens and not begun: nobody heard that the claim was committed. */
export async function releaseJobs(db: Database, now: number, leaseTokens: readonly string[]): Promise<void> {
  if (leaseTokens.length === 0) return;
  await db.transaction((tx) =>
    tx
      .updateTable('jobs')
      .set((eb) => ({ ...postponed(now, null), attempts: eb('attempts', '-', 1) }))
      .where('leaseToken', 'in', leaseTokens)
      .where('state', '=', 'running')
      .execute(),
  );
}

/** Changes a job that this lease still holds; rejects with `LeaseLostError` when it does not. */
export async function changeJob(tx: Tx, job: LeasedJob, changes: Partial<JobRow>): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(changes)
    .where('id', '=', job.id)
    .where('leaseToken', '=', job.leaseToken)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new LeaseLostError();
}

/** Ends a job. */
export function finished(state: 'done' | 'failed' | 'unconfirmed', now: number, lastError: string | null = null) {
  return { state, leaseToken: null, leaseUntil: null, finishedAt: now, lastError: lastError?.slice(0, 500) ?? null };
}

/** Puts it back, to be claimed again at `runAt`. */
export function postponed(runAt: number, lastError: string | null) {
  return { state: 'queued', leaseToken: null, leaseUntil: null, runAt, lastError: lastError?.slice(0, 500) ?? null };
}

/** What went wrong with a job, as its dead letter tells it. */
export interface JobError {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly error: string;
}

const errorsKept = 20;

export function errorsOf({ errors }: Pick<JobRow, 'errors'>): readonly JobError[] {
  return errors === null ? [] : (JSON.parse(errors) as readonly JobError[]);
}

/** The column with one more error. */
export function withError(job: Pick<JobRow, 'errors'>, now: number, error: string): Pick<JobRow, 'errors'> {
  const next: JobError = { at: now, error: error.slice(0, 500) };
  return { errors: JSON.stringify([...errorsOf(job), next].slice(-errorsKept)) };
}

/** Leases that others hold, as far as they can be told to have ended. */
export type Lease = Pick<JobRow, 'id' | 'leaseToken' | 'leaseUntil'>;

export async function leasesOfOthers(db: Database, mine: readonly string[]): Promise<readonly Lease[]> {
  let query = db.read
    .selectFrom('jobs')
    .select(['id', 'leaseToken', 'leaseUntil'])
    .where('state', 'in', ['running', 'calling']);
  if (mine.length > 0) query = query.where('id', 'not in', mine);
  return await query.execute();
}

/**
 * Leases of processes that died. `running` goes back to the queue: nothing had left yet. `calling` may have left, so
 * its message is never sent again by itself; those jobs are returned to be settled.
 * @param all also those that have not run out: for the only process of a database, when it starts
 * @param mine ids of the jobs that this process runs: it lives, whatever a clock that jumped says of their leases
 * @param only those that nobody has renewed, whatever the clock says, and that are still as they were seen; absent:
 * those that have run out by the clock
 */
export async function recoverJobs(
  db: Database,
  now: number,
  {
    all,
    mine = [],
    only,
  }: { readonly all: boolean; readonly mine?: readonly string[]; readonly only?: readonly Lease[] | undefined },
): Promise<JobRow[]> {
  return await db.transaction(async (tx) => {
    if (only?.length === 0 && !all) return [];
    const until = all || only ? Number.MAX_SAFE_INTEGER : now;
    let running = tx
      .updateTable('jobs')
      .set(postponed(now, 'interrupted'))
      .where('state', '=', 'running')
      .where('leaseUntil', '<=', until);
    let calling = tx.selectFrom('jobs').selectAll().where('state', '=', 'calling').where('leaseUntil', '<=', until);
    if (mine.length > 0) {
      running = running.where('id', 'not in', mine);
      calling = calling.where('id', 'not in', mine);
    }
    if (only && !all) {
      running = running.where(isOneOf(only));
      calling = calling.where(isOneOf(only));
    }
    await running.execute();
    return await db.lockFree(calling).execute();
  });
}

/** Whether it is one of these leases: a renewed one is alive, and the job of one that ended may have a new one. */
function isOneOf(leases: readonly Lease[]) {
  return (eb: ExpressionBuilder<Schema, 'jobs'>) =>
    eb.or(
      leases.map(({ id, leaseToken, leaseUntil }) =>
        eb.and([
          eb('id', '=', id),
          eb('leaseToken', leaseToken === null ? 'is' : '=', leaseToken),
          eb('leaseUntil', leaseUntil === null ? 'is' : '=', leaseUntil),
        ]),
      ),
    );
}

/** What told of typing is of no use afterwards, and there is much of it. */
export async function pruneTyping(db: Database, now: number): Promise<void> {
  await db.transaction((tx) =>
    tx
      .deleteFrom('jobs')
      .where('kind', '=', 'show_typing')
      .where('finishedAt', '<', now - minute)
      .execute(),
  );
}
