import type { AttachmentRow, ChannelRow, FetchedMedia } from '../channels/channel.ts';
import { minute, second } from '../clock.ts';
import { changeMessageById } from '../commands/change-message.ts';
import { runUnit, type Unit } from '../store/unit.ts';
import type { DeliveryDeps } from './deps.ts';
import { changeJob, finished, postponed, withError, type LeasedJob } from './jobs.ts';
import { waitsForChannel } from './settle-try.ts';
import { whenAvailable } from './when-available.ts';

/** Meta keeps a file for seven days, so an outage is waited for with patience. */
const maxAttempts = 20;
const maxDelayMs = 30 * minute;

/** Copies a file that a customer sent into the media store. */
export async function fetchMediaJob(deps: DeliveryDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const { db } = deps;
  const attachment = await db.read
    .selectFrom('attachments')
    .selectAll()
    .where('workspaceId', '=', job.workspaceId)
    .where('id', '=', job.subjectId)
    .executeTakeFirst();
  const channel = await db.read.selectFrom('channels').selectAll().where('id', '=', job.channelId).executeTakeFirst();
  if (!attachment || !channel || attachment.status !== 'pending') {
    await db.transaction((tx) => changeJob(tx, job, finished('done', deps.clock.now())));
    return;
  }
  const key = `${job.workspaceId}/${attachment.id}`;
  const fetched = await deps
    .adapterOf(channel.kind)
    .fetchMedia(channel, attachment, key, { signal })
    .catch((error: unknown): FetchedMedia => ({ outcome: 'retry', detail: String(error) }));
  await whenAvailable(
    () => runUnit(deps, job.workspaceId, (unit) => record(unit, job, channel, attachment, key, fetched)),
    signal,
  );
}

async function record(
  unit: Unit,
  job: LeasedJob,
  channel: ChannelRow,
  attachment: AttachmentRow,
  key: string,
  fetched: FetchedMedia,
): Promise<void> {
  if (fetched.outcome === 'retry' && job.attempts < maxAttempts) {
    const delay = Math.min(second * 2 ** (job.attempts - 1), maxDelayMs);
    const noted = withError(job, unit.now, fetched.detail);
    await changeJob(unit.tx, job, { ...postponed(unit.now + delay, fetched.detail), ...noted });
    return;
  }
  if (fetched.outcome === 'failed') {
    if (await waitsForChannel(unit, job, channel, fetched.trouble, fetched.detail)) return;
  }
  const stored = fetched.outcome === 'stored';
  const end = stored
    ? finished('done', unit.now)
    : { ...finished('failed', unit.now, fetched.detail), ...withError(job, unit.now, fetched.detail) };
  await changeJob(unit.tx, job, end);
  await unit.tx
    .updateTable('attachments')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(stored
        ? { status: 'ready', storageKey: key, size: fetched.size, sha256: fetched.sha256, mimeType: fetched.mimeType }
        : { status: 'failed' }),
    }))
    .where('id', '=', attachment.id)
    .execute();
  if (attachment.messageId !== null) await changeMessageById(unit, attachment.messageId, () => ({}), 'message.updated');
}
