import { loop, type Background } from '../background.ts';
import { second } from '../clock.ts';
import { runTimer } from '../commands/run-timer.ts';
import type { Log } from '../log.ts';
import { DatabaseUnavailableError } from '../store/database-unavailable.ts';
import { dueConversations } from '../store/due-conversations.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';

export interface TimerDeps extends UnitScope {
  readonly log: Log;
}

const atOnce = 100;

/** Looks for conversations whose time has passed. Their deadlines are minutes: a few seconds more harm nobody. */
export function deskTimers(deps: TimerDeps): Background {
  return loop({
    round: () => runDueTimers(deps),
    pollMs: 5 * second,
    onError: (error) => deps.log('error', 'timers failed', { error: String(error) }),
  });
}

/**
 * One round. Several processes may do it at once: each conversation is looked at again under its lock. One that fails
 * does not keep the others.
 * @returns whether there may be more at once
 */
export async function runDueTimers({ db, clock, log }: TimerDeps): Promise<boolean> {
  const due = await dueConversations(db.read, clock.now(), atOnce);
  let done = 0;
  for (const { id, workspaceId } of due) {
    try {
      await runUnit({ db, clock }, workspaceId, (unit) => runTimer(unit, id));
      done += 1;
    } catch (error) {
      if (error instanceof DatabaseUnavailableError) throw error;
      log('error', 'a timer of a conversation failed', { workspaceId, conversationId: id, error: String(error) });
    }
  }
  return due.length === atOnce && done > 0;
}
