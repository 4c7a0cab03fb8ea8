import type { Dispatch } from '@prosa/core/contract';
import { finished } from '../delivery/jobs.ts';
import type { DispatchProblem } from '../domain/dispatch-problems.ts';
import { refuse } from '../domain/problems.ts';
import { getDispatch, lockDispatch, type DispatchRow } from '../store/dispatches.ts';
import type { Unit } from '../store/unit.ts';
import { personOf, type Principal } from './principal.ts';
import { withdrawMessages } from './withdraw-message.ts';

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
  // `calling` is committed before the call: what is not there yet never will be. What is there, and is refused for now,
  // finds the dispatch cancelled when it would go back into the queue.
  const kept = await unit.tx
    .updateTable('jobs')
    .set(finished('done', unit.now, problem))
    .where('dispatchId', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returning('subjectId')
    .execute();
  const messageIds = kept.map(({ subjectId }) => subjectId);
  await withdrawMessages(unit, id, messageIds, { state: 'cancelled', problem, by });
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
