import { companyReaction, takeReactionBack } from '../commands/react-to-message.ts';
import type { SendResult } from '../channels/channel.ts';
import { runUnit } from '../store/unit.ts';
import type { DeliveryDeps } from './deps.ts';
import { applyEarlyStatuses } from './early-statuses.ts';
import { changeJob, finished, type LeasedJob } from './jobs.ts';
import { loadOutbound } from './load-outbound.ts';
import { settleTry } from './settle-try.ts';
import { limitsOf, takeTurn } from './turn.ts';

/**
 * Tells the channel the company's reaction to a message, as it is now. To say it twice is harmless, so a lost answer is a
 * reason to say it again.
 */
export async function sendReactionJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const outbound = await loadOutbound(deps, job);
  const reaction = outbound && companyReaction(outbound.message);
  // What was given on the phone meanwhile is known to the channel.
  if (!outbound || !reaction || reaction.by.kind === 'phone') {
    await deps.db.transaction((tx) => changeJob(tx, job, finished('done', deps.clock.now())));
    return;
  }
  const { channel, message } = outbound;
  const adapter = deps.adapterOf(channel.kind);
  const begin = () => Promise.resolve(outbound);
  if (!(await takeTurn(deps, job, limitsOf(adapter, outbound), { begin, signal }))) return;
  const answer = await adapter
    .react(outbound, reaction.emoji, { signal })
    .catch((error: unknown): SendResult => ({ outcome: 'unconfirmed', detail: String(error) }));
  const result =
    answer.outcome === 'unconfirmed'
      ? ({ outcome: 'retry', code: 'unconfirmed', detail: answer.detail, afterMs: null } as const)
      : answer;
  await runUnit(deps, job.workspaceId, async (unit) => {
    const failure = await settleTry(unit, adapter, job, outbound, result);
    if (failure) await takeReactionBack(unit, message, { emoji: reaction.emoji, failure });
    if (result.outcome !== 'accepted') return;
    const { providerId } = result;
    await unit.tx
      .updateTable('messages')
      .set({ reactionProviderId: providerId })
      .where('id', '=', message.id)
      .execute();
    await applyEarlyStatuses(unit, channel, { id: message.id, providerId });
  });
}
