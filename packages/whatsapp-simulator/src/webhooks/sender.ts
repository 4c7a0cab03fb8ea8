import type { Activity } from '../activity.ts';
import type { SimulatorClock } from '../clock.ts';
import type { FaultBook } from '../control/faults.ts';
import type { JsonObject } from '../json.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { Delivery } from './delivery.ts';
import { buildEnvelope } from './envelope.ts';
import type { WebhookChange } from './envelope.ts';
import { escapeJson } from './escape.ts';
import { subscriptionsFor } from './subscription.ts';
import type { Subscription } from './subscription.ts';

export interface Outgoing {
  readonly number: BusinessNumber;
  /** Keeps its own order; normally the customer's address. */
  readonly lane: string;
  readonly change: WebhookChange;
  readonly onSettled?: ((delivered: boolean) => void) | undefined;
}

/** Sends changes to the subscriptions that want them. */
export interface WebhookSender {
  readonly subscriptions: Subscription[];
  send(outgoing: Outgoing): void;
  /** Posts a body as it is, escaped unless it is text already. */
  raw(number: BusinessNumber, envelope: JsonObject | string): void;
}

export interface SenderOptions {
  readonly delivery: Delivery;
  readonly clock: SimulatorClock;
  readonly activity: Activity;
  readonly faults: FaultBook;
  /** Most changes in one POST; Meta goes up to 1,000. */
  readonly batchSize: number;
  /** Accounts with an app subscribed to them; what happens in the others is told to nobody. */
  readonly accounts: ReadonlySet<string>;
}

/** Statuses of a message that wait to be overtaken by a later one. */
type Held = Map<string, () => void>;

/** One that nothing overtakes goes by itself: it is late, and not lost. */
const heldMs = 5000;

function statusId(change: WebhookChange): string | undefined {
  const statuses = change.value.statuses as readonly { readonly id?: string }[] | undefined;
  return statuses?.[0]?.id;
}

export function createSender(options: SenderOptions): WebhookSender {
  const { delivery, clock, activity, faults, accounts } = options;
  const subscriptions: Subscription[] = [];
  const held: Held = new Map();
  let pending: Outgoing[] = [];

  function targetsOf({ wabaId, phoneNumberId }: BusinessNumber): readonly Subscription[] {
    return accounts.has(wabaId) ? subscriptionsFor(subscriptions, wabaId, phoneNumberId) : [];
  }

  function post(batch: readonly Outgoing[]): void {
    const [first] = batch;
    if (!first) return;
    const { number } = first;
    const body = escapeJson(buildEnvelope(batch.map((each) => each.change)));
    const targets = targetsOf(number);
    targets.forEach((target, index) => {
      delivery.enqueue(`${target.id}/${number.phoneNumberId}/${first.lane}`, {
        callbackUrl: target.callbackUrl,
        appSecret: number.appSecret,
        body,
        onSettled: (delivered) => {
          if (index === 0) for (const each of batch) each.onSettled?.(delivered);
        },
      });
    });
  }

  /** Gathers what comes in one turn, so that a batch keeps the lane's order. */
  function gather(outgoing: Outgoing): void {
    if (options.batchSize <= 1) {
      post([outgoing]);
      return;
    }
    pending.push(outgoing);
    if (pending.length > 1) return;
    const end = activity.begin();
    queueMicrotask(() => {
      const taken = pending;
      pending = [];
      const laneOf = (each: Outgoing): string => `${each.number.phoneNumberId}/${each.lane}`;
      for (const key of new Set(taken.map(laneOf))) {
        const lane = taken.filter((each) => laneOf(each) === key);
        for (let at = 0; at < lane.length; at += options.batchSize) {
          post(lane.slice(at, at + options.batchSize));
        }
      }
      end();
    });
  }

  function lateStatus({ change }: Outgoing): { readonly delayMs: number } | undefined {
    const statuses = change.value.statuses as readonly { readonly status?: string }[] | undefined;
    const late = faults.take('late_status', { status: statuses?.[0]?.status ?? '' });
    return late && { delayMs: late.delayMs ?? 10_000 };
  }

  let batch: { items: Outgoing[]; size: number; flush: () => void } | undefined;

  /** Opens a batch when a fault asks for one; it goes out when it is full or its time is over. */
  function intoBatch(outgoing: Outgoing): boolean {
    if (!batch) {
      const asked = faults.take('batch_webhooks');
      if (!asked) return false;
      const end = activity.begin();
      const cancel = clock.after(asked.withinMs ?? 1000, () => batch?.flush());
      const items: Outgoing[] = [];
      batch = {
        items,
        size: asked.size ?? 100,
        flush() {
          cancel();
          batch = undefined;
          for (const id of new Set(items.map((each) => each.number.phoneNumberId))) {
            post(items.filter((each) => each.number.phoneNumberId === id));
          }
          end();
        },
      };
    }
    batch.items.push(outgoing);
    if (batch.items.length >= batch.size) batch.flush();
    return true;
  }

  function later(outgoing: Outgoing): void {
    if (intoBatch(outgoing)) return;
    const late = statusId(outgoing.change) === undefined ? undefined : lateStatus(outgoing);
    const delay = late ?? faults.take('delay_webhooks');
    if (!delay) {
      gather(outgoing);
      return;
    }
    const end = activity.begin();
    clock.after(delay.delayMs, () => {
      gather(outgoing);
      end();
    });
  }

  function hold(id: string, outgoing: Outgoing): void {
    const release = () => {
      cancel();
      if (held.delete(id)) later(outgoing);
    };
    const cancel = clock.after(heldMs, release);
    held.set(id, release);
  }

  return {
    subscriptions,
    send(outgoing) {
      const id = statusId(outgoing.change);
      const waiting = id === undefined ? undefined : held.get(id);
      if (id !== undefined && !waiting && faults.take('reorder_statuses')) {
        hold(id, outgoing);
        return;
      }
      later(outgoing);
      waiting?.();
    },
    raw(number, envelope) {
      const body = typeof envelope === 'string' ? envelope : escapeJson(envelope);
      const targets = targetsOf(number);
      for (const target of targets) {
        const { callbackUrl } = target;
        delivery.enqueue(`${target.id}/raw`, { callbackUrl, appSecret: number.appSecret, body });
      }
    },
  };
}
