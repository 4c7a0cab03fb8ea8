import type { MessageStatus } from '@prosa/core/contract';
import type { ChannelAdapter, Outbound, SendResult } from '../channels/channel.ts';
import { changeMessageById } from '../commands/change-message.ts';
import { applyEarlyChanges } from '../commands/early-changes.ts';
import { learnAddress } from '../commands/learn-address.ts';
import { stopMarketing } from '../commands/opt-out.ts';
import { askForTemplates } from '../commands/save-template.ts';
import { advanceStatus } from '../domain/message-status.ts';
import type { Tx } from '../store/database.ts';
import { runUnit, type Unit, type UnitScope } from '../store/unit.ts';
import type { DeliveryDeps } from './deps.ts';
import { applyEarlyStatuses } from './early-statuses.ts';
import { forgetUploads } from './forget-uploads.ts';
import { changeJob, finished, type JobRow, type LeasedJob } from './jobs.ts';
import { loadOutbound } from './load-outbound.ts';
import { settleTry, type Failure } from './settle-try.ts';
import { limitsOf, takeTurn } from './turn.ts';
import { whenAvailable } from './when-available.ts';
import { isCancelled, reasonToWithhold, withdrawQueued, withhold, type Withheld } from './withhold.ts';

/**
 * Hands one message to its channel. `calling` is committed before the call: whoever finds it after a crash knows that
 * the message may have left, and does not send it twice (the Cloud API has no idempotency key).
 */
export async function sendMessageJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const outbound = await loadOutbound(deps, job);
  if (!outbound || outbound.message.status !== 'pending') {
    await deps.db.transaction((tx) => changeJob(tx, job, finished('done', deps.clock.now())));
    return;
  }
  const adapter = deps.adapterOf(outbound.channel.kind);
  const prepared = (await adapter.prepare?.(outbound, { signal })) ?? { outcome: 'ready' };
  let result: SendResult;
  if (prepared.outcome === 'ready') {
    const limits = limitsOf(adapter, outbound);
    const turn = await takeTurn(deps, job, limits, { begin: (tx) => begin(tx, job, outbound), signal });
    if (!turn) return;
    const { withheld } = turn;
    if (withheld) {
      await whenAvailable(() => runUnit(deps, job.workspaceId, (unit) => withhold(unit, job, withheld)), signal);
      return;
    }
    result = await call(adapter, outbound, signal);
  } else result = prepared;
  // It may have left: an answer that is not written down would leave it unconfirmed.
  await whenAvailable(
    () => runUnit(deps, job.workspaceId, (unit) => record(unit, adapter, job, outbound, result)),
    signal,
  );
  if (result.outcome === 'accepted') await learnContact(deps, outbound, result);
}

/** What was written may no longer be wanted: much can happen while a message waits. */
async function begin(tx: Tx, job: LeasedJob, outbound: Outbound): Promise<{ readonly withheld: Withheld | null }> {
  const withheld = await reasonToWithhold(tx, job, outbound.message);
  if (!withheld) await changeJob(tx, job, { state: 'calling' });
  return { withheld };
}

async function call(adapter: ChannelAdapter, outbound: Outbound, signal: AbortSignal): Promise<SendResult> {
  try {
    return await adapter.send(outbound, { signal });
  } catch (error) {
    return { outcome: 'unconfirmed', detail: String(error) };
  }
}

/** What came of it, in one transaction with the job's own end. */
async function record(
  unit: Unit,
  adapter: ChannelAdapter,
  job: LeasedJob,
  outbound: Outbound,
  result: SendResult,
): Promise<void> {
  const { message } = outbound;
  if (result.outcome === 'unconfirmed') {
    await changeJob(unit.tx, job, finished('unconfirmed', unit.now, result.detail));
    await markUnconfirmed(unit, message.id);
    return;
  }
  const isOver = result.outcome !== 'accepted' && (await isCancelled(unit, job));
  const failure = await settleTry(unit, adapter, job, outbound, result);
  if (isOver && !failure) await withdrawQueued(unit, job);
  // Contacts before conversations, as wherever both are locked.
  if (failure?.code === '131050') await stopMarketing(unit, message.conversationId);
  if (failure) await fail(unit, message.id, failure);
  if (failure && adapter.isTemplateRefusal(failure.code)) await askForTemplates(unit, message.channelId);
  if (failure && adapter.isFileRefusal(failure.code)) await forgetUploads(unit, message);
  if (result.outcome === 'accepted') await recordAccepted(unit, outbound, result);
}

async function recordAccepted(
  unit: Unit,
  { channel, message }: Outbound,
  { providerId }: Extract<SendResult, { outcome: 'accepted' }>,
): Promise<void> {
  await unit.tx
    .updateTable('messages')
    .set({ providerId })
    .where('id', '=', message.id)
    .where('providerId', 'is', null)
    .execute();
  await applyEarlyStatuses(unit, channel, { id: message.id, providerId });
  await applyEarlyChanges(unit, channel, providerId);
}

/**
 * The answer tells who it went to: the address that the channel uses, and the user id. It may be somebody who is known by
 * those already, so it is done by itself: whatever becomes of it, the message has left.
 */
async function learnContact(
  deps: DeliveryDeps,
  { channel, contact, message }: Outbound,
  { userId, address }: Extract<SendResult, { outcome: 'accepted' }>,
): Promise<void> {
  if (userId === null && address === null) return;
  const place = { channelId: channel.id, contactId: contact.id };
  await runUnit(deps, channel.workspaceId, (unit) => learnAddress(unit, place, { address, userId })).catch(
    (error: unknown) => {
      deps.log('warn', 'address of a contact not taken over', { messageId: message.id, error: String(error) });
    },
  );
}

async function fail(unit: Unit, messageId: string, failure: Failure): Promise<void> {
  await changeMessageById(
    unit,
    messageId,
    (message) => ({
      status: advanceStatus(message.status as MessageStatus, 'failed'),
      failure: JSON.stringify(failure),
      failedAt: unit.now,
    }),
    'message.status',
  );
}

async function markUnconfirmed(unit: Unit, messageId: string): Promise<void> {
  await changeMessageById(
    unit,
    messageId,
    (message) => {
      const status = advanceStatus(message.status as MessageStatus, 'unconfirmed');
      return status === message.status ? null : { status };
    },
    'message.status',
  );
}

/** A send that was interrupted between its call and its answer: a status of the channel will tell. */
export async function settleInterrupted(scope: UnitScope, job: JobRow): Promise<void> {
  await settle(scope, job, 'interrupted during the call');
}

/** A send that waited when its database was backed up: it may have left since then. Somebody can send it again. */
export async function settleRestored(scope: UnitScope, job: JobRow): Promise<void> {
  await settle(scope, job, 'restored from a backup, may have been sent before');
}

async function settle(scope: UnitScope, job: JobRow, reason: string): Promise<void> {
  await runUnit(scope, job.workspaceId, async (unit) => {
    const { numUpdatedRows } = await unit.tx
      .updateTable('jobs')
      .set(finished('unconfirmed', unit.now, reason))
      .where('id', '=', job.id)
      .where('state', '=', job.state)
      .where('leaseToken', job.leaseToken === null ? 'is' : '=', job.leaseToken)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) await markUnconfirmed(unit, job.subjectId);
  });
}
