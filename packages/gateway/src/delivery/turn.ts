import type { ChannelAdapter, Outbound, ReachedLimit } from '../channels/channel.ts';
import { second } from '../clock.ts';
import type { Tx } from '../store/database.ts';
import type { DeliveryDeps } from './deps.ts';
import { changeJob, postponed, type LeasedJob } from './jobs.ts';
import { numberLimitId, personLimitId, takePlace, type SharedLimit } from './send-limits.ts';
import { whenAvailable } from './when-available.ts';

/** Who waits no longer than this keeps the job; longer, and it goes back into the queue. */
const horizonMs = second / 2;
const glanceMs = 20;

/** The limits that a message is under, as rows that all processes share. */
export function limitsOf(
  adapter: Pick<ChannelAdapter, 'limits'>,
  { channel, contact }: Pick<Outbound, 'channel' | 'contact'>,
): Readonly<Record<ReachedLimit, SharedLimit>> {
  const { number, person } = adapter.limits(channel);
  return {
    number: { id: numberLimitId(channel.id), limit: number },
    person: { id: personLimitId(channel.id, contact.id), limit: person },
  };
}

/** A dispatch takes three quarters of what the number may send: the rest is there for what people write meanwhile. */
function limitsOfJob(
  { dispatchId }: LeasedJob,
  { number, person }: Readonly<Record<ReachedLimit, SharedLimit>>,
): readonly SharedLimit[] {
  if (dispatchId === null) return [number, person];
  const { burst, everyMs } = number.limit;
  const share = { burst: Math.max(1, Math.floor((burst * 3) / 4)), everyMs: (everyMs * 4) / 3 };
  return [number, person, { id: `dispatched:${number.id}`, limit: share }];
}

/**
 * Waits for the turn of a message within the limits of its number and its recipient.
 * @param begin runs in the transaction that makes it its turn; may run again
 * @returns what `begin` says; `null`: it is not its turn for a while, and the job is back in the queue
 */
export async function takeTurn<Begun extends object>(
  deps: DeliveryDeps,
  job: LeasedJob,
  limits: Readonly<Record<ReachedLimit, SharedLimit>>,
  { begin, signal }: { readonly begin: (tx: Tx) => Promise<Begun>; readonly signal: AbortSignal },
): Promise<Begun | null> {
  const { db, clock } = deps;
  const putBack = (runAt: number) => ({ ...postponed(runAt, null), attempts: job.attempts - 1 });
  // Until it is known to be written: a commit whose answer was lost must not look like a call that was made.
  const place = await whenAvailable(
    () =>
      db.transaction(async (tx) => {
        const now = clock.now();
        const found = await takePlace(db, tx, limitsOfJob(job, limits), { now, horizonMs });
        if (!found.taken) await changeJob(tx, job, putBack(found.at));
        const begun = found.taken && found.at <= now ? await begin(tx) : null;
        return { ...found, begun };
      }),
    signal,
  );
  if (!place.taken || place.begun) return place.begun;
  const onTime = await waitUntil(place.at, deps, signal);
  return await whenAvailable(
    () =>
      db.transaction(async (tx) => {
        if (onTime) return await begin(tx);
        await changeJob(tx, job, putBack(place.at));
        return null;
      }),
    signal,
  );
}

/** @returns `false` when the clock does not get there, although it should have, or the gateway stops */
async function waitUntil(at: number, { clock }: Pick<DeliveryDeps, 'clock'>, signal: AbortSignal): Promise<boolean> {
  for (let waited = 0; clock.now() < at; waited += glanceMs) {
    if (signal.aborted || waited > 2 * horizonMs) return false;
    const ms = Math.min(at - clock.now(), glanceMs);
    await new Promise<void>((resolve) => setTimeout(resolve, ms));
  }
  return true;
}
