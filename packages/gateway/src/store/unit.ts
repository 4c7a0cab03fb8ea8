import type { EventData, EventType } from '@prosa/core/contract';
import type { Clock } from '../clock.ts';
import { newId } from '../domain/ids.ts';
import { appendEvents, type NewEvent } from '../events/append.ts';
import type { Database, Tx, Wake } from './database.ts';

export const jobKinds = [
  'send_message',
  'send_reaction',
  'mark_read',
  'show_typing',
  'fetch_media',
  'submit_template',
  'delete_template',
  'sync_templates',
] as const;
export type JobKind = (typeof jobKinds)[number];

export interface NewJob {
  readonly kind: JobKind;
  readonly channelId: string;
  /** Message (`send_message`, `send_reaction`, `mark_read`, `show_typing`), attachment (`fetch_media`), template, or channel (`sync_templates`). */
  readonly subjectId: string;
  /** Jobs with the same key run one after another. */
  readonly orderKey: string | null;
  /** The dispatch that a message is of. */
  readonly dispatchId?: string | undefined;
  /** Due so much later, milliseconds. */
  readonly delayMs?: number | undefined;
}

/** What a command works with: one transaction, and what it leaves behind when that commits. */
export interface Unit {
  readonly db: Database;
  readonly tx: Tx;
  readonly workspaceId: string;
  /** The time of the whole command, epoch milliseconds. */
  readonly now: number;
  /** Events get their numbers at the end of the transaction, in the order of the calls. */
  emit<Type extends EventType>(type: Type, data: EventData[Type], conversationId?: string): void;
  /** The job is due as soon as the transaction has committed, or later when it says so. */
  enqueue(job: NewJob): void;
  /** Wakes once the transaction has committed, for what is no event. */
  wake(wake: Wake): void;
}

export interface UnitScope {
  readonly db: Database;
  readonly clock: Clock;
}

/**
 * Runs a command: one transaction that changes the tables, appends the events and inserts the jobs, then a wake-up.
 * `work` may run more than once (the engine can ask for it), so it does no I/O but queries on `unit.tx`.
 */
export async function runUnit<Result>(
  scope: UnitScope,
  workspaceId: string,
  work: (unit: Unit) => Promise<Result>,
): Promise<Result> {
  const { db, clock } = scope;
  let events: NewEvent[] = [];
  let jobs: NewJob[] = [];
  let wakes: Wake[] = [];
  const result = await db.transaction(async (tx) => {
    events = [];
    jobs = [];
    wakes = [];
    const now = clock.now();
    const unit: Unit = {
      db,
      tx,
      workspaceId,
      now,
      emit: (type, data, conversationId) => events.push({ type, data, conversationId: conversationId ?? null }),
      enqueue: (job) => jobs.push(job),
      wake: (wake) => wakes.push(wake),
    };
    const outcome = await work(unit);
    if (jobs.length > 0)
      await tx
        .insertInto('jobs')
        .values(jobs.map((job) => jobRow(job, workspaceId, now)))
        .execute();
    // Last, because it locks the workspace's counter until the commit.
    if (events.length > 0) await appendEvents(tx, workspaceId, now, events);
    return outcome;
  });
  if (events.length > 0) db.wake({ topic: 'events', workspaceId, conversationIds: placesOf(events) });
  if (jobs.length > 0) db.wake({ topic: 'jobs' });
  if (events.some(({ type }) => routed.has(type))) db.wake({ topic: 'routing' });
  for (const wake of wakes) db.wake(wake);
  return result;
}

/** After these, somebody who waits may get an agent. */
const routed: ReadonlySet<EventType> = new Set<EventType>([
  'conversation.created',
  'conversation.queued',
  'conversation.requeued',
  'conversation.reopened',
  'conversation.transferred',
  'conversation.pending',
  'conversation.ended',
  'conversation.expired',
  'triage.converted',
  'bot.handover',
  'offer.declined',
  'offer.timed_out',
  'agent.updated',
  'queue.updated',
  'settings.updated',
]);

/** More are not worth naming: who is woken in vain looks once. */
const placesNamed = 4;

/** A conversation that is new is not named: nobody can know yet that it is theirs. */
function placesOf(events: readonly NewEvent[]): readonly string[] | undefined {
  const places = new Set(
    events.map(({ type, conversationId }) => (type === 'conversation.created' ? null : conversationId)),
  );
  const named = [...places].filter((id) => id !== null);
  return named.length === places.size && named.length <= placesNamed ? named : undefined;
}

function jobRow(job: NewJob, workspaceId: string, now: number) {
  return {
    id: newId('job', now),
    workspaceId,
    channelId: job.channelId,
    kind: job.kind,
    orderKey: job.orderKey,
    subjectId: job.subjectId,
    dispatchId: job.dispatchId ?? null,
    state: 'queued',
    attempts: 0,
    runAt: now + (job.delayMs ?? 0),
    leaseToken: null,
    leaseUntil: null,
    lastError: null,
    createdAt: now,
    finishedAt: null,
  };
}
