import { settleRestored } from '../delivery/send-message.ts';
import { randomText } from '../store/random-text.ts';
import type { UnitScope } from '../store/unit.ts';

export interface NewEpoch {
  /** Messages that were waiting to be sent, and that nobody can say of whether they left after the backup. */
  readonly unconfirmed: number;
}

/**
 * Begins another life of a database that was restored: readers of before start anew instead of resuming in a log that
 * went another way, and what waited to be sent is not sent again by itself. No gateway may run on it meanwhile.
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
  // Last: a run that was cut off is begun again.
  await db.transaction((tx) =>
    tx
      .updateTable('meta')
      .set({ value: randomText(16) })
      .where('key', '=', 'epoch')
      .execute(),
  );
  return { unconfirmed: jobs.length };
}
