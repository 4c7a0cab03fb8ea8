import type { MessageStatus } from '@prosa/core/contract';
import type { ChannelAdapter, Outbound, SendResult } from '../channels/channel.ts';
import { minute, second } from '../clock.ts';
import { changeMessageById } from '../commands/change-message.ts';
import { applyEarlyChanges } from '../commands/early-changes.ts';
import { learnAddress } from '../commands/learn-address.ts';
import { advanceStatus } from '../domain/message-status.ts';
import { runUnit, type Unit } from '../store/unit.ts';
import type { DeliveryDeps } from './deps.ts';
import { applyEarlyStatuses } from './early-statuses.ts';
import { changeJob, finished, postponed, type JobRow, type LeasedJob } from './jobs.ts';
import { whenAvailable } from './when-available.ts';

/** After so many tries a message is given up, and can be sent again by hand. */
export const maxAttempts = 8;
const maxDelayMs = 5 * minute;

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
  const wait = deps.waitBeforeSending(outbound);
  if (wait > 0) {
    const later = { ...postponed(deps.clock.now() + wait, null), attempts: job.attempts - 1 };
    await deps.db.transaction((tx) => changeJob(tx, job, later));
    return;
  }
  const prepared = (await adapter.prepare?.(outbound, { signal })) ?? { outcome: 'ready' };
  const result = prepared.outcome === 'ready' ? await call(deps, adapter, outbound, job, signal) : prepared;
  // It may have left: an answer that is not written down would leave it unconfirmed.
  await whenAvailable(() => runUnit(deps, job.workspaceId, (unit) => record(unit, job, outbound, result)), signal);
}

async function call(
  { db }: DeliveryDeps,
  adapter: ChannelAdapter,
  outbound: Outbound,
  job: LeasedJob,
  signal: AbortSignal,
): Promise<SendResult> {
  // Until it is known to be written: a commit whose answer was lost must not look like a call that was made.
  await whenAvailable(() => db.transaction((tx) => changeJob(tx, job, { state: 'calling' })), signal);
  try {
    return await adapter.send(outbound, { signal });
  } catch (error) {
    return { outcome: 'unconfirmed', detail: String(error) };
  }
}

/** What came of it, in one transaction with the job's own end. */
async function record(unit: Unit, job: LeasedJob, outbound: Outbound, result: SendResult): Promise<void> {
  const { message } = outbound;
  switch (result.outcome) {
    case 'accepted':
      await changeJob(unit.tx, job, finished('done', unit.now));
      await recordAccepted(unit, outbound, result);
      return;
    case 'retry':
      if (job.attempts < maxAttempts) {
        const delay = Math.min(Math.max(result.afterMs ?? 0, second * 4 ** (job.attempts - 1)), maxDelayMs);
        await changeJob(unit.tx, job, postponed(unit.now + delay, `${result.code}: ${result.detail}`));
        return;
      }
      await fail(unit, job, message.id, result);
      return;
    case 'failed':
      await fail(unit, job, message.id, result);
      return;
    case 'unconfirmed':
      await changeJob(unit.tx, job, finished('unconfirmed', unit.now, result.detail));
      await markUnconfirmed(unit, message.id);
  }
}

async function recordAccepted(
  unit: Unit,
  { channel, contact, message }: Outbound,
  { providerId, address }: Extract<SendResult, { outcome: 'accepted' }>,
): Promise<void> {
  await learnAddress(unit, { channelId: channel.id, contactId: contact.id }, { address });
  await unit.tx
    .updateTable('messages')
    .set({ providerId })
    .where('id', '=', message.id)
    .where('providerId', 'is', null)
    .execute();
  await applyEarlyStatuses(unit, channel, { id: message.id, providerId });
  await applyEarlyChanges(unit, channel, providerId);
}

async function fail(
  unit: Unit,
  job: LeasedJob,
  messageId: string,
  { code, detail }: { readonly code: string; readonly detail: string },
): Promise<void> {
  await changeJob(unit.tx, job, finished('failed', unit.now, `${code}: ${detail}`));
  await changeMessageById(
    unit,
    messageId,
    (message) => ({
      status: advanceStatus(message.status as MessageStatus, 'failed'),
      failure: JSON.stringify({ code, detail }),
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
export async function settleInterrupted(deps: DeliveryDeps, job: JobRow): Promise<void> {
  await runUnit(deps, job.workspaceId, async (unit) => {
    const { numUpdatedRows } = await unit.tx
      .updateTable('jobs')
      .set(finished('unconfirmed', unit.now, 'interrupted during the call'))
      .where('id', '=', job.id)
      .where('state', '=', 'calling')
      .where('leaseToken', '=', job.leaseToken)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) await markUnconfirmed(unit, job.subjectId);
  });
}

/** The message with everything that its channel needs; `null` when it is no longer there. */
export async function loadOutbound({ db }: DeliveryDeps, job: JobRow): Promise<Outbound | null> {
  const message = await db.read
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', job.workspaceId)
    .where('id', '=', job.subjectId)
    .executeTakeFirst();
  if (!message) return null;
  const [channel, contact, attachment] = await Promise.all([
    db.read.selectFrom('channels').selectAll().where('id', '=', message.channelId).executeTakeFirst(),
    db.read
      .selectFrom('contacts')
      .innerJoin('conversations', 'conversations.contactId', 'contacts.id')
      .selectAll('contacts')
      .where('conversations.id', '=', message.conversationId)
      .executeTakeFirst(),
    message.attachmentId === null
      ? null
      : db.read.selectFrom('attachments').selectAll().where('id', '=', message.attachmentId).executeTakeFirst(),
  ]);
  return channel && contact ? { channel, contact, message, attachment: attachment ?? null } : null;
}
