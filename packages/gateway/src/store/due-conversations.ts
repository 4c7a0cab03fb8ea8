import type { QueueSettings } from '@prosa/core/contract';
import { sql } from 'kysely';
import { minute } from '../clock.ts';
import { parseQueueSettings } from '../domain/queue-settings.ts';
import type { Reader } from './database.ts';

export interface DueConversation {
  readonly id: string;
  readonly workspaceId: string;
}

export interface TimedQueue {
  readonly id: string;
  readonly workspaceId: string;
  readonly settings: QueueSettings;
}

/** Conversations in which a timer may have run out. `timerDue` has the last word, under the lock. */
export async function dueConversations(db: Reader, now: number, limit: number): Promise<readonly DueConversation[]> {
  const due = await unanswered(db, now).limit(limit).execute();
  for (const queue of await timedQueues(db)) {
    for (const query of timedOutIn(db, queue, now)) {
      if (due.length >= limit) return due;
      due.push(...(await query.limit(limit - due.length).execute()));
    }
  }
  return due;
}

// SQLite uses a partial index only where the statement has its condition written out: what is closed is never read.
const awaitsReply = sql<boolean>`status = 'awaiting_reply'`;
const isOpen = sql<boolean>`status <> 'closed'`;

/** What began with a template and was not answered in time. */
export function unanswered(db: Reader, now: number) {
  return db
    .selectFrom('conversations')
    .select(['id', 'workspaceId'])
    .where(awaitsReply)
    .where('replyDeadline', '<=', now)
    .orderBy('replyDeadline');
}

/** Most queues have no timers: what says nothing is not even read. */
async function timedQueues(db: Reader): Promise<readonly TimedQueue[]> {
  const rows = await db
    .selectFrom('queues')
    .select(['id', 'workspaceId', 'settings'])
    .where('settings', '!=', '{}')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, settings: parseQueueSettings(row.settings) }));
}

/** What a queue's own timers have made due: a query for each of them. */
export function timedOutIn(db: Reader, { id, workspaceId, settings }: TimedQueue, now: number) {
  const here = db
    .selectFrom('conversations')
    .select(['id', 'workspaceId'])
    .where('workspaceId', '=', workspaceId)
    .where('queueId', '=', id)
    .where(isOpen);
  const queries: (typeof here)[] = [];
  const { expireUnanswered, queueTimeoutMinutes, inactivityMinutes, pendingMinutes } = settings;
  if (expireUnanswered) {
    queries.push(
      here
        .where('status', 'in', ['bot', 'queued', 'offered', 'active', 'pending'])
        .where('answeredAt', 'is', null)
        .where('windowExpiresAt', '<=', now),
    );
  }
  if (queueTimeoutMinutes !== null) {
    queries.push(here.where('status', '=', 'queued').where('queuedAt', '<=', now - queueTimeoutMinutes * minute));
  }
  for (const origin of ['whatsapp', 'webchat'] as const) {
    const silent = here.where('origin', '=', origin);
    const timers = [
      { statuses: ['active', 'pending'], minutes: inactivityMinutes[origin] },
      { statuses: ['active'], minutes: pendingMinutes[origin] },
    ];
    for (const { statuses, minutes } of timers) {
      if (minutes === null) continue;
      queries.push(silent.where('status', 'in', statuses).where('silentSince', '<=', now - minutes * minute));
    }
  }
  return queries;
}
