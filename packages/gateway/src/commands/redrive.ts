import type { DeadLetter } from '@prosa/core/contract';
import { notFound } from '../domain/problems.ts';
import { deadJobs, deadLetterOf, type DeadJob } from '../store/dead-letters.ts';
import type { Unit } from '../store/unit.ts';
import { changeMessageById } from './change-message.ts';
import { redriveMessage } from './resend-message.ts';

/** Tries once more what was given up, and takes it from the list. Whoever does the same at the same time finds nothing. */
export async function redrive(unit: Unit, deadLetterId: string): Promise<DeadLetter> {
  const query = unit.tx
    .selectFrom('jobs')
    .select('id')
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', deadLetterId);
  await unit.db.lock(query).executeTakeFirst();
  const job = await deadJobs(unit.tx, unit.workspaceId).where('jobs.id', '=', deadLetterId).executeTakeFirst();
  if (!job) notFound('dead letter');
  if (job.kind === 'fetch_media') await fetchAgain(unit, job);
  else await redriveMessage(unit, job.conversationId ?? '', job.subjectId);
  return deadLetterOf(job);
}

async function fetchAgain(unit: Unit, { id, channelId, subjectId, messageId }: DeadJob): Promise<void> {
  await unit.tx.updateTable('jobs').set({ state: 'redriven' }).where('id', '=', id).execute();
  await unit.tx
    .updateTable('attachments')
    .set((eb) => ({ status: 'pending', version: eb('version', '+', 1) }))
    .where('id', '=', subjectId)
    .where('status', '=', 'failed')
    .execute();
  unit.enqueue({ kind: 'fetch_media', channelId, subjectId, orderKey: null });
  if (messageId !== null) await changeMessageById(unit, messageId, () => ({}), 'message.updated');
}
