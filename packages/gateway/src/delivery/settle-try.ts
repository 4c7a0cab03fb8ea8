import type { Message } from '@prosa/core/contract';
import type { ChannelAdapter, ChannelRow, ChannelTrouble, Outbound, SendResult } from '../channels/channel.ts';
import { noteTrouble, noteWell } from '../commands/channel-health.ts';
import { pauseAfter } from '../domain/send-limit.ts';
import type { Unit } from '../store/unit.ts';
import { changeJob, finished, postponed, withError, type LeasedJob } from './jobs.ts';
import { blockLimit, forgiveLimits } from './send-limits.ts';
import { limitsOf } from './turn.ts';

/** After so many tries a message is given up, and can be sent again by hand. */
export const maxAttempts = 8;

export type Failure = NonNullable<Message['failure']>;

/**
 * Ends the job of a message or a reaction, or puts it back, as its try came out, with what that says of the limits and
 * of the channel.
 * @returns why it will not go any more; `null`: it went, or may still
 */
export async function settleTry(
  unit: Unit,
  adapter: ChannelAdapter,
  job: LeasedJob,
  outbound: Outbound,
  result: Exclude<SendResult, { readonly outcome: 'unconfirmed' }>,
): Promise<Failure | null> {
  const { channel } = outbound;
  const limits = limitsOf(adapter, outbound);
  if (result.outcome === 'accepted') {
    await changeJob(unit.tx, job, finished('done', unit.now));
    await forgiveLimits(unit.tx, [limits.number, limits.person]);
    if (channel.status !== 'healthy') await noteWell(unit, channel);
    return null;
  }
  const error = `${result.code}: ${result.detail}`;
  if (result.outcome === 'failed') {
    if (await waitsForChannel(unit, job, channel, result.trouble, error)) return null;
  } else {
    if (result.limit) await blockLimit(unit.db, unit.tx, limits[result.limit], result.afterMs, unit.now);
    if (result.trouble) await noteTrouble(unit, channel, result.trouble, error);
    if (job.attempts < Math.min(maxAttempts, result.tries ?? maxAttempts)) {
      const runAt = unit.now + pauseAfter(job.attempts - 1, result.afterMs);
      await changeJob(unit.tx, job, { ...postponed(runAt, error), ...withError(job, unit.now, error) });
      return null;
    }
  }
  await changeJob(unit.tx, job, { ...finished('failed', unit.now, error), ...withError(job, unit.now, error) });
  const { code, detail } = result;
  return { code, detail, reason: adapter.failureReason(code) };
}

/**
 * Whether a refusal is about the channel: then the job waits until that is well again. A job that is refused so every
 * time the channel is let in has its reason in itself.
 */
export async function waitsForChannel(
  unit: Unit,
  job: LeasedJob,
  channel: ChannelRow,
  trouble: ChannelTrouble | undefined,
  error: string,
): Promise<boolean> {
  if (trouble) await noteTrouble(unit, channel, trouble, error);
  if (!trouble?.pauses || job.attempts >= maxAttempts) return false;
  await changeJob(unit.tx, job, { ...postponed(unit.now, error), ...withError(job, unit.now, error) });
  return true;
}
