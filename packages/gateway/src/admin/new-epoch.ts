import { cancelRest } from '../commands/cancel-dispatch.ts';
import { settleRestored } from '../delivery/send-message.ts';
import { randomText } from '../store/random-text.ts';
import { lockDispatch, isDispatchOver } from '../store/dispatches.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';

export interface NewEpoch {
  /** Messages that were waiting to be sent, and that nobody can say of whether they left after the backup. */
  readonly unconfirmed: number;
  /** Dispatches that had begun, or were to begin since: whom they reached after the backup is not known. */
  readonly cancelled: number;
}

/**
 * Begins another life of a database that was restored: readers of before start anew instead of resuming in a log that
 * went another way, and what waited to be sent is not sent again by itself, nor do dispatches go on. No gateway may run on it meanwhile.
 */
export async function startNewEpoch(scope: UnitScope): Promise<NewEpoch> {
  const { db } = scope;
  const jobs = await db.read
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', 'send_message')
    .where('state', 'in', ['queued', 'running', 'calling'])
    .orderBy('id')
    .execute();
  for (const job of jobs) await settleRestored(scope, job);
  const cancelled = await cancelDispatches(scope);
  // Last: a run that was cut off is begun again.
  await db.transaction((tx) =>
    tx
      .updateTable('meta')
      .set({ value: randomText(16) })
      .where('key', '=', 'epoch')
      .execute(),
  );
  return { unconfirmed: jobs.length, cancelled };
}

/** What is still to come stays. */
async function cancelDispatches(scope: UnitScope): Promise<number> {
  const begun = await scope.db.read
    .selectFrom('dispatches')
    .select(['id', 'workspaceId'])
    .where((eb) =>
      eb.or([
        eb('status', '=', 'running'),
        eb.and([eb('status', '=', 'scheduled'), eb('scheduledAt', '<=', scope.clock.now())]),
      ]),
    )
    .execute();
  for (const { id, workspaceId } of begun) {
    await runUnit(scope, workspaceId, async (unit) => {
      const dispatch = await lockDispatch(unit.db, unit.tx, workspaceId, id);
      if (!isDispatchOver(dispatch)) await cancelRest(unit, dispatch, 'restored', null);
    });
  }
  return begun.length;
}
