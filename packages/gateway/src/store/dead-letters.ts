import type { DeadLetter } from '@prosa/core/contract';
import { isoTime } from '../clock.ts';
import { errorsOf, type JobRow } from '../delivery/jobs.ts';
import type { Reader } from './database.ts';
import { afterCursor, pageOf } from './page.ts';

/** What people miss when it is given up; templates and read receipts have other ways to tell, or are no loss. */
const kinds = { send_message: 'message', fetch_media: 'file' } as const;

export type DeadJob = JobRow & { readonly conversationId: string | null; readonly messageId: string | null };

export function deadLetterOf(job: DeadJob): DeadLetter {
  return {
    id: job.id,
    kind: kinds[job.kind as keyof typeof kinds],
    channelId: job.channelId,
    conversationId: job.conversationId,
    messageId: job.messageId,
    attempts: job.attempts,
    errors: errorsOf(job).map(({ at, error }) => ({ at: isoTime(at), error })),
    createdAt: isoTime(job.createdAt),
    failedAt: isoTime(job.finishedAt ?? job.createdAt),
  };
}

/** Jobs that were given up, with the message that each is about. */
export function deadJobs(db: Reader, workspaceId: string) {
  return db
    .selectFrom('jobs')
    .leftJoin('attachments', 'attachments.id', 'jobs.subjectId')
    .leftJoin('messages', (join) =>
      join.on((eb) => eb('messages.id', '=', eb.fn.coalesce('attachments.messageId', 'jobs.subjectId'))),
    )
    .selectAll('jobs')
    .select(['messages.id as messageId', 'messages.conversationId as conversationId'])
    .where('jobs.workspaceId', '=', workspaceId)
    .where('jobs.state', '=', 'failed')
    .where('jobs.kind', 'in', Object.keys(kinds));
}

const newestFirst = { column: 'jobs.finishedAt', id: 'jobs.id', type: 'number', order: 'desc' } as const;

export async function listDeadLetters(
  db: Reader,
  workspaceId: string,
  { cursor, limit }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = deadJobs(db, workspaceId)
    .orderBy('jobs.finishedAt', 'desc')
    .orderBy('jobs.id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where(afterCursor(cursor, newestFirst));
  return pageOf(await query.execute(), limit, (job) => ({ key: job.finishedAt ?? 0, id: job.id }), deadLetterOf);
}
