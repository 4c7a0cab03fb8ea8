import { loop, type Background } from '../background.ts';
import type { ChannelRow } from '../channels/channel.ts';
import { minute, second } from '../clock.ts';
import { noteTrouble, noteWell } from '../commands/channel-health.ts';
import { runUnit } from '../store/unit.ts';
import type { DeliveryDeps } from './deps.ts';

const probeEveryMs = minute;

/** Asks every minute whether channels that pause are let in again. */
export function channelProbe(deps: DeliveryDeps): Background {
  const abort = new AbortController();
  const rounds = loop({
    async round() {
      await probePausedChannels(deps, abort.signal);
      return false;
    },
    pollMs: second,
    onError: (error) => deps.log('error', 'channels cannot be probed', { error: String(error) }),
  });
  return {
    start: () => rounds.start(),
    async stop() {
      abort.abort();
      await rounds.stop();
    },
  };
}

/** One round: each paused channel whose turn it is, in one of the processes. */
export async function probePausedChannels(deps: DeliveryDeps, signal: AbortSignal): Promise<void> {
  const paused = await deps.db.read
    .selectFrom('channels')
    .selectAll()
    .whereRef('pausedVersion', '=', 'version')
    .execute();
  for (const channel of paused) {
    if (signal.aborted) return;
    if (await takeTurn(deps, channel)) await probe(deps, channel, signal);
  }
}

/** A clock that was set back must not keep it from being asked. */
async function takeTurn({ db, clock }: DeliveryDeps, { id, probedAt }: ChannelRow): Promise<boolean> {
  const now = clock.now();
  if (probedAt !== null && now - probedAt < probeEveryMs && now >= probedAt) return false;
  const { numUpdatedRows } = await db.transaction((tx) =>
    tx
      .updateTable('channels')
      .set({ probedAt: now })
      .where('id', '=', id)
      .where('probedAt', probedAt === null ? 'is' : '=', probedAt)
      .executeTakeFirstOrThrow(),
  );
  return numUpdatedRows > 0n;
}

async function probe(deps: DeliveryDeps, channel: ChannelRow, signal: AbortSignal): Promise<void> {
  const { db, log } = deps;
  const result = await deps.adapterOf(channel.kind).probe(channel, { signal });
  if (result.outcome === 'well') {
    await runUnit(deps, channel.workspaceId, (unit) => noteWell(unit, channel));
    log('info', 'channel works again', { channelId: channel.id });
    db.wake({ topic: 'jobs' });
    return;
  }
  // A provider that does not answer says nothing about the channel.
  const trouble = result.outcome === 'failed' ? result.trouble : undefined;
  if (!trouble) return;
  const { code, detail } = result;
  await runUnit(deps, channel.workspaceId, (unit) =>
    noteTrouble(unit, channel, { ...trouble, pauses: true }, `${code}: ${detail}`),
  );
}
