import { changeMessageById } from '../commands/change-message.ts';
import { ownFailure, withdrawMessages } from '../commands/withdraw-message.ts';
import type { MessageRow } from '../channels/channel.ts';
import type { Tx } from '../store/database.ts';
import { lockDispatch } from '../store/dispatches.ts';
import type { Unit } from '../store/unit.ts';
import { changeJob, finished, type LeasedJob } from './jobs.ts';

/** Why a message that waits is not handed to its channel. */
export type Withheld = 'cancelled' | 'contact_opted_out';

/** @returns why the message must not go any more, as it is at this moment; `null`: nothing is in its way */
export async function reasonToWithhold(tx: Tx, job: LeasedJob, message: MessageRow): Promise<Withheld | null> {
  if (job.dispatchId !== null) {
    const dispatch = await tx
      .selectFrom('dispatches')
      .select('status')
      .where('id', '=', job.dispatchId)
      .executeTakeFirst();
    if (dispatch?.status === 'cancelled') return 'cancelled';
  }
  return (await isUnwantedMarketing(tx, message)) ? 'contact_opted_out' : null;
}

/** By the category that the template has now: that is what the person gets. */
async function isUnwantedMarketing(tx: Tx, { type, content, conversationId }: MessageRow): Promise<boolean> {
  if (type !== 'template') return false;
  const { templateId } = JSON.parse(content) as { readonly templateId?: string };
  if (templateId === undefined) return false;
  const found = await tx
    .selectFrom('conversations')
    .innerJoin('contacts', 'contacts.id', 'conversations.contactId')
    .innerJoin('messageTemplates', (join) => join.on('messageTemplates.id', '=', templateId))
    .select('contacts.id')
    .where('conversations.id', '=', conversationId)
    .where('contacts.marketingAllowed', '=', 0)
    .where('messageTemplates.category', '=', 'MARKETING')
    .executeTakeFirst();
  return found !== undefined;
}

/** Ends a job before its call, and says why at its message and at its line of the dispatch. */
export async function withhold(unit: Unit, job: LeasedJob, problem: Withheld): Promise<void> {
  await changeJob(unit.tx, job, finished(job.dispatchId === null ? 'failed' : 'done', unit.now, problem));
  await tellWithheld(unit, job, problem);
}

/**
 * Whether the dispatch of a message was cancelled during its call. It stays locked, as by whoever cancels: either they
 * find the job back in the queue, or it finds them. To be called before anything else is locked.
 */
export async function isCancelled(unit: Unit, { dispatchId }: LeasedJob): Promise<boolean> {
  if (dispatchId === null) return false;
  return (await lockDispatch(unit.db, unit.tx, unit.workspaceId, dispatchId)).status === 'cancelled';
}

/** Ends a job that this transaction has just put back into the queue. */
export async function withdrawQueued(unit: Unit, job: LeasedJob): Promise<void> {
  await unit.tx
    .updateTable('jobs')
    .set(finished('done', unit.now, 'cancelled'))
    .where('id', '=', job.id)
    .where('state', '=', 'queued')
    .execute();
  await tellWithheld(unit, job, 'cancelled');
}

async function tellWithheld(unit: Unit, { dispatchId, subjectId }: LeasedJob, problem: Withheld): Promise<void> {
  if (dispatchId !== null) {
    const state = problem === 'cancelled' ? 'cancelled' : 'skipped';
    await withdrawMessages(unit, dispatchId, [subjectId], { state, problem, by: null });
    return;
  }
  const changes = { status: 'failed', failure: JSON.stringify(ownFailure(problem)), failedAt: unit.now };
  await changeMessageById(unit, subjectId, ({ status }) => (status === 'pending' ? changes : null), 'message.status');
}
