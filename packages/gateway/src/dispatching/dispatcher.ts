import { loop, type Background } from '../background.ts';
import { second } from '../clock.ts';
import { comesAfterOthers, dispatchNext, mostUnderWay, noteDispatchError } from '../commands/dispatch-next.ts';
import type { Log } from '../log.ts';
import { DatabaseUnavailableError } from '../store/database-unavailable.ts';
import { dueDispatches } from '../store/dispatches.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';

export interface DispatcherDeps extends UnitScope {
  readonly log: Log;
}

/** So many get on at a time; the others after them. */
const atOnce = 20;

/**
 * Writes to the people of dispatches, one after the other, as fast as delivery takes it from there. Everything that it
 * knows is in the database, so any process goes on where another one stopped.
 */
export function dispatcher(deps: DispatcherDeps): Background {
  return loop({
    round: () => runDispatches(deps),
    pollMs: second,
    topic: 'dispatches',
    onWake: (listener) => deps.db.onWake(listener),
    onError: (error) => deps.log('error', 'dispatches do not go on', { error: String(error) }),
  });
}

/**
 * One round: each dispatch that is due gets on by as many people as delivery takes at once. One that fails does not keep
 * the others.
 * @returns whether something was done, and so there may be more at once
 */
export async function runDispatches(deps: DispatcherDeps): Promise<boolean> {
  const due = await dueDispatches(deps.db.read, deps.clock.now(), atOnce);
  let more = false;
  for (const { id, workspaceId } of due) more = (await getOn(deps, workspaceId, id)) || more;
  return more;
}

async function getOn({ db, clock, log }: DispatcherDeps, workspaceId: string, dispatchId: string): Promise<boolean> {
  const scope = { db, clock };
  try {
    let steps = 0;
    while (steps < mostUnderWay && (await runUnit(scope, workspaceId, (unit) => dispatchNext(unit, dispatchId))))
      steps++;
    if (steps === mostUnderWay) await runUnit(scope, workspaceId, (unit) => comesAfterOthers(unit, dispatchId));
    return steps > 0;
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) throw error;
    log('error', 'a dispatch went wrong', { workspaceId, dispatchId, error: String(error) });
    await runUnit(scope, workspaceId, (unit) => noteDispatchError(unit, dispatchId));
    return false;
  }
}
