import { loop, type Background } from '../../background.ts';
import { second } from '../../clock.ts';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import type { Database } from '../../store/database.ts';
import { processEnvelope, type ProcessDeps } from './process-envelope.ts';

/** A claim that is not renewed for this long belongs to a process that died. */
const claimMs = 15 * second;
const batchSize = 20;
const maxRetryMs = 300 * second;
const culpritWaitsMs = 2 * second;
/** An item that cannot be taken so many times is a fault of ours; its webhook is kept until somebody has looked at it. */
const maxAttempts = 8;

/** Webhooks that this process has claimed and not worked on to the end. */
type Claims = Map<string, ClaimedEnvelope>;

/** Takes stored webhooks one by one and does what they say. What fails is tried again; nothing is thrown away. */
export function envelopeWorker(deps: ProcessDeps): Background {
  const claims: Claims = new Map();
  return loop({
    round: () => processDue(deps, claims),
    pollMs: second,
    topic: 'envelopes',
    onWake: (listener) => deps.db.onWake(listener),
    onError: (error) => deps.log('error', 'webhooks cannot be processed', { error: String(error) }),
  });
}

/**
 * One batch of what is due. Returns whether there may be more. Rejects when the database is away: what `claims` keeps
 * then is given back by the next call.
 */
export async function processDue(deps: ProcessDeps, claims: Claims = new Map()): Promise<boolean> {
  await giveBack(deps, claims);
  const claimed = await claim(deps.db, deps.clock.now());
  for (const envelope of claimed) claims.set(envelope.id, envelope);
  for (const envelope of claimed) {
    await processClaimed(deps, envelope);
    claims.delete(envelope.id);
  }
  return claimed.length === batchSize;
}

async function processClaimed(deps: ProcessDeps, envelope: ClaimedEnvelope): Promise<void> {
  try {
    const { note, complete } = await processEnvelope(deps, envelope, () => renew(deps, envelope.id));
    const now = deps.clock.now();
    if (complete) await finish(deps, envelope.id, { state: 'processed', error: note, processedAt: now });
    else if (envelope.attempts + 1 < maxAttempts) await retryLater(deps, envelope, note ?? '');
    else await finish(deps, envelope.id, { state: 'failed', error: note, processedAt: now });
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) throw error;
    await retryLater(deps, envelope, String(error));
  }
}

/**
 * A database that was away is no fault of the webhooks: the attempt does not count, and none waits for its claim to end.
 * The one that met the trouble goes last, should it be the trouble itself.
 */
async function giveBack({ db, clock }: ProcessDeps, claims: Claims): Promise<void> {
  if (claims.size === 0) return;
  const [culprit] = claims.keys();
  await db.transaction(async (tx) => {
    for (const { id, attempts } of claims.values()) {
      await tx
        .updateTable('envelopes')
        .set({ attempts, runAt: clock.now() + (id === culprit ? culpritWaitsMs : 0) })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        // Another process may have claimed it since.
        .where('attempts', '=', attempts + 1)
        .execute();
    }
  });
  claims.clear();
}

async function retryLater(deps: ProcessDeps, { id, attempts }: ClaimedEnvelope, error: string): Promise<void> {
  deps.log('error', 'webhook will be tried again', { envelopeId: id, error });
  const delay = Math.min(second * 2 ** attempts, maxRetryMs);
  await finish(deps, id, { error: error.slice(0, 500), runAt: deps.clock.now() + delay });
}

/** A process that starts alone on its database waits for no claim of a dead one. */
export async function releaseClaims({ db, clock }: Pick<ProcessDeps, 'db' | 'clock'>): Promise<void> {
  await db.transaction((tx) =>
    tx.updateTable('envelopes').set({ runAt: clock.now() }).where('state', '=', 'pending').execute(),
  );
}

type ClaimedEnvelope = Awaited<ReturnType<typeof claim>>[number];

async function claim(db: Database, now: number) {
  return await db.transaction(async (tx) => {
    const due = tx
      .selectFrom('envelopes')
      .selectAll()
      .where('state', '=', 'pending')
      .where('runAt', '<=', now)
      .orderBy('id')
      .limit(batchSize);
    const rows = await db.lockFree(due).execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      await tx
        .updateTable('envelopes')
        .set((eb) => ({ attempts: eb('attempts', '+', 1), runAt: now + claimMs }))
        .where('id', 'in', ids)
        .execute();
    }
    return rows;
  });
}

async function renew({ db, clock }: ProcessDeps, id: string): Promise<void> {
  await finish({ db }, id, { runAt: clock.now() + claimMs });
}

async function finish(
  { db }: Pick<ProcessDeps, 'db'>,
  id: string,
  changes: { state?: string; error?: string | null; processedAt?: number; runAt?: number },
): Promise<void> {
  await db.transaction((tx) => tx.updateTable('envelopes').set(changes).where('id', '=', id).execute());
}
