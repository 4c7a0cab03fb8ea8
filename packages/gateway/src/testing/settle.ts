import { runDispatches } from '../dispatching/dispatcher.ts';
import { createAgentStreams } from '../events/agent-streams.ts';
import type { Log } from '../log.ts';
import { routeAll } from '../routing/router.ts';
import { closeExpiredSurveys } from '../store/survey-responses.ts';
import type { UnitScope } from '../store/unit.ts';
import { runDueTimers } from '../timers/desk-timers.ts';

/** Does now what the gateway's own rounds would have done by this time. */
export async function runEverythingDue(scope: UnitScope, log: Log): Promise<void> {
  const { db, clock } = scope;
  // Streams that are listed are held: the clock was put forward, and nobody stood still.
  await db.transaction((tx) => tx.updateTable('agentStreams').set({ seenAt: clock.now() }).execute());
  await createAgentStreams(scope, log).sweep();
  while (await runDueTimers({ ...scope, log }));
  await routeAll(scope, log);
  await closeExpiredSurveys(db, clock.now());
  // Streams look whether their token is over; what had to wait is sent.
  db.wake({ topic: 'events' });
  db.wake({ topic: 'jobs' });
  await untilSettled(scope, log);
}

/** As `untilDelivered`, with everybody of dispatches that have begun. */
export async function untilSettled(scope: UnitScope, log: Log): Promise<void> {
  do await untilDelivered(scope);
  while ((await runDispatches({ ...scope, log })) || (await isDelivering(scope)));
}

/** What has to wait for its next attempt is not waited for. */
export async function untilDelivered(scope: UnitScope): Promise<void> {
  for (;;) {
    let wake = () => {};
    const finished = new Promise<void>((resolve) => (wake = resolve));
    // Before the look: what ends in between is heard of.
    const stopListening = scope.db.onWake(({ topic }) => topic === 'jobs' && wake());
    try {
      if (!(await isDelivering(scope))) return;
      await finished;
    } finally {
      stopListening();
    }
  }
}

async function isDelivering({ db, clock }: UnitScope): Promise<boolean> {
  const underWay = await db.read
    .selectFrom('jobs')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['running', 'calling']),
        eb.and([eb('state', '=', 'queued'), eb('runAt', '<=', clock.now())]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return underWay !== undefined;
}
