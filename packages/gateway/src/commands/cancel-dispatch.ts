import type { Dispatch } from '@prosa/core/contract';
import { finished } from '../delivery/jobs.ts';
import { dispatchReason, type DispatchProblem } from '../domain/dispatch-problems.ts';
import { refuse } from '../domain/problems.ts';
import { getDispatch, lockDispatch, type DispatchRow } from '../store/dispatches.ts';
import type { Unit } from '../store/unit.ts';
import { applyChange } from './change-message.ts';
import { openConversation, saveConversation } from './conversation-draft.ts';
import { closeUnattended } from './finish-conversation.ts';
import { personOf, type Principal } from './principal.ts';

/** Nothing of it is handed to Meta any more, from this commit on. Cancelling it again changes nothing. */
export async function cancelDispatch(unit: Unit, principal: Principal, dispatchId: string): Promise<Dispatch> {
  const dispatch = await lockDispatch(unit.db, unit.tx, unit.workspaceId, dispatchId);
  if (dispatch.status === 'finished') refuse('dispatch_over', { detail: 'Everybody was written to or passed over.' });
  if (dispatch.status !== 'cancelled') await cancelRest(unit, dispatch, 'cancelled', personOf(principal));
  return await getDispatch(unit.tx, unit.workspaceId, dispatchId, unit.now);
}

/** Ends a locked dispatch before its time. What Meta has, or may have, stays as it is. */
export async function cancelRest(
  unit: Unit,
  { id, version }: DispatchRow,
  problem: DispatchProblem,
  by: { readonly id: string; readonly name: string } | null,
): Promise<void> {
  // `calling` is committed before the call: what is not there yet never will be.
  const kept = await unit.tx
    .updateTable('jobs')
    .set(finished('done', unit.now, problem))
    .where('dispatchId', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returning('subjectId')
    .execute();
  const messageIds = kept.map(({ subjectId }) => subjectId);
  if (messageIds.length > 0) {
    await withdraw(unit, messageIds, problem, by);
    await unit.tx
      .updateTable('dispatchRecipients')
      .set({ state: 'cancelled', problem })
      .where('dispatchId', '=', id)
      .where('messageId', 'in', messageIds)
      .execute();
  }
  await unit.tx
    .updateTable('dispatchRecipients')
    .set({ state: 'cancelled', problem })
    .where('dispatchId', '=', id)
    .where('state', '=', 'waiting')
    .execute();
  await unit.tx
    .updateTable('dispatches')
    .set({ status: 'cancelled', finishedAt: unit.now, updatedAt: unit.now, version: version + 1 })
    .where('id', '=', id)
    .execute();
  unit.emit('dispatch.updated', { dispatch: await getDispatch(unit.tx, unit.workspaceId, id, unit.now) });
}

/** Messages that did not go: they stay in their conversations as failed, and a conversation with nothing else is over. */
async function withdraw(
  unit: Unit,
  messageIds: readonly string[],
  problem: DispatchProblem,
  by: { readonly id: string; readonly name: string } | null,
): Promise<void> {
  const messages = await unit.tx
    .selectFrom('messages')
    .select(['id', 'conversationId'])
    .where('id', 'in', messageIds)
    .orderBy('conversationId')
    .execute();
  const reason = dispatchReason(problem);
  const failure = JSON.stringify({ code: problem, detail: reason?.en ?? problem, reason });
  for (const { id, conversationId } of messages) {
    const draft = await openConversation(unit, conversationId);
    const message = await unit.tx.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    if (message.status !== 'pending') continue;
    await applyChange(unit, draft, message, { status: 'failed', failure, failedAt: unit.now }, 'message.status');
    if (draft.row.status === 'awaiting_reply') {
      const told = by && { name: 'discarded' as const, by, reason: reason?.['pt-BR'] ?? problem };
      await closeUnattended(unit, draft, 'discarded', told ?? undefined);
    }
    await saveConversation(unit, draft);
  }
}
