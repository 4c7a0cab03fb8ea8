import { loop, type Background } from './background.ts';
import type { SecretBox } from './channels/secret-box.ts';
import { whatsappAdapter } from './channels/whatsapp/adapter.ts';
import { envelopeWorker, releaseClaims } from './channels/whatsapp/envelope-worker.ts';
import { pruneVisitors, pruneVisitorUploads } from './channels/webchat/retention.ts';
import { minute, type Clock } from './clock.ts';
import { settleEarlyChanges } from './commands/early-changes.ts';
import { pruneEnvelopes } from './channels/whatsapp/retention.ts';
import type { DeliveryDeps } from './delivery/deps.ts';
import { settleEarlyStatuses } from './delivery/early-statuses.ts';
import { pruneLimits } from './delivery/send-limits.ts';
import { channelProbe } from './delivery/probe-channels.ts';
import { pruneTyping } from './delivery/jobs.ts';
import { deliveryWorker } from './delivery/worker.ts';
import { dispatcher } from './dispatching/dispatcher.ts';
import { pruneEvents } from './events/retention.ts';
import { pruneIdempotencyKeys } from './http/idempotency.ts';
import type { Log } from './log.ts';
import type { MediaStore } from './media/media-store.ts';
import { router } from './routing/router.ts';
import type { Database } from './store/database.ts';
import { closeExpiredSurveys } from './store/survey-responses.ts';
import { deskTimers } from './timers/desk-timers.ts';

export interface WorkerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly media: MediaStore;
  readonly log: Log;
  readonly fetch: typeof fetch;
  readonly secretBox?: SecretBox | undefined;
}

/** Everything that goes on beside the requests: webhooks are processed, jobs are run, old rows are deleted. */
export function createWorkers(deps: WorkerDeps): Background {
  const { db, clock, log } = deps;
  const delivery = deliveryDeps(deps);
  const all = [
    envelopeWorker({ db, clock, log }),
    deliveryWorker(delivery),
    channelProbe(delivery),
    deskTimers(deps),
    dispatcher({ db, clock, log }),
    housekeeping(deps),
    router({ db, clock }, log),
  ];
  return {
    start() {
      // SQLite has one process: what is claimed when it starts was claimed by a dead one.
      const ready = db.engine === 'sqlite' ? releaseClaims({ db, clock }) : Promise.resolve();
      void ready
        .catch((error: unknown) => log('error', 'claims cannot be released', { error: String(error) }))
        .then(() => {
          for (const worker of all) worker.start();
        });
    },
    async stop() {
      await Promise.all(all.map((worker) => worker.stop()));
    },
  };
}

function deliveryDeps(deps: WorkerDeps): DeliveryDeps {
  const { db, clock, log } = deps;
  const adapter = whatsappAdapter(deps);
  return {
    db,
    clock,
    log,
    adapterOf(kind) {
      if (kind === adapter.kind) return adapter;
      throw new Error(`unable to deliver; there is no channel of kind ${kind}`);
    },
  };
}

function housekeeping({ db, clock, media, log }: WorkerDeps): Background {
  return loop({
    async round() {
      await settleEarlyStatuses({ db, clock });
      await settleEarlyChanges({ db, clock });
      await pruneEnvelopes(db, clock.now());
      await pruneLimits(db, clock.now());
      await pruneTyping(db, clock.now());
      await pruneEvents(db, clock.now());
      await pruneIdempotencyKeys(db, clock.now());
      await pruneVisitors(db, clock.now());
      await pruneVisitorUploads({ db, media }, clock.now());
      await closeExpiredSurveys(db, clock.now());
      return false;
    },
    pollMs: minute,
    onError: (error) => log('error', 'housekeeping failed', { error: String(error) }),
  });
}
