import type { Activity } from '../activity.ts';
import { utf8 } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import type { SimulatorClock } from '../clock.ts';
import type { FaultBook } from '../control/faults.ts';
import { numericId } from '../ids.ts';
import { isObject, parseJson } from '../json.ts';
import type { DeliveryAttempt, DeliveryLog, WebhookDelivery } from './delivery-log.ts';
import { signBody, signatureHeader } from './sign.ts';

export interface DeliveryPolicy {
  /** Waits before attempt 2, 3, …, in milliseconds; the last one repeats. Meta: at once, then ever more seldom. */
  readonly retryScheduleMs: readonly number[];
  /** Meta says 36 hours in one place and 7 days in another. */
  readonly giveUpAfterMs: number;
  readonly timeoutMs: number;
}

export interface Post {
  readonly callbackUrl: string;
  readonly appSecret: string;
  readonly body: string;
  /** Called once with the outcome: true after a 2xx, false when given up. */
  readonly onSettled?: ((delivered: boolean) => void) | undefined;
}

export interface DeliveryOptions {
  readonly clock: SimulatorClock;
  readonly activity: Activity;
  readonly faults: FaultBook;
  readonly log: DeliveryLog;
  readonly fetch: typeof globalThis.fetch;
  readonly policy: DeliveryPolicy;
}

/** Posts in order within a lane; a lane waits for its head. Lanes do not wait for each other. */
export interface Delivery {
  enqueue(lane: string, post: Post): void;
  /** Attempts now what waits for its next retry. */
  retryNow(): void;
  close(): void;
}

interface Lane {
  readonly queue: Post[];
  running: boolean;
  wake: (() => void) | undefined;
}

interface Work {
  end: () => void;
}

/** Half of a body, and then the end of the connection. */
function cutBody(bytes: Bytes): RequestInit {
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!sent) controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)));
      // The half must have left before the connection does.
      else
        await new Promise((resolve) => setTimeout(resolve, 20)).then(() =>
          controller.error(new TypeError('simulated: cut')),
        );
      sent = true;
    },
  });
  return { body, duplex: 'half' } as RequestInit;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { clock, activity, faults, log, policy } = options;
  const lanes = new Map<string, Lane>();
  const closing = new AbortController();

  async function attempt(post: Post): Promise<DeliveryAttempt> {
    const at = clock.now();
    if (faults.take('webhook_down')) {
      return { at, status: null, error: 'simulated: the endpoint is down' };
    }
    const bytes = utf8(post.body);
    try {
      const response = await options.fetch(post.callbackUrl, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'facebookexternalua',
          [signatureHeader]: await signBody(post.appSecret, bytes),
        },
        ...(faults.take('cut_webhook') ? cutBody(bytes) : { body: bytes }),
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(policy.timeoutMs)]),
      });
      await response.body?.cancel();
      return { at, status: response.status };
    } catch (error) {
      return { at, status: null, error: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Waiting is quiet, as nobody should wait hours for `settled()`; the wake-up is work again from its first instant. */
  function pause(lane: Lane, ms: number, work: Work): Promise<void> {
    if (ms > 0) work.end();
    return new Promise((resolve) => {
      const cancel = clock.after(ms, () => lane.wake?.());
      lane.wake = () => {
        cancel();
        lane.wake = undefined;
        if (ms > 0) work.end = activity.begin();
        resolve();
      };
    });
  }

  async function settle(lane: Lane, post: Post, work: Work): Promise<boolean> {
    const envelope = parseJson(post.body);
    let delivery: WebhookDelivery = {
      id: numericId(12),
      callbackUrl: post.callbackUrl,
      body: post.body,
      envelope: isObject(envelope) ? envelope : undefined,
      attempts: [],
      state: 'pending',
    };
    log.put(delivery);
    const startedAt = clock.now();
    for (let count = 0; !closing.signal.aborted; count += 1) {
      const result = await attempt(post);
      const delivered = result.status !== null && result.status >= 200 && result.status < 300;
      const late = clock.now() - startedAt >= policy.giveUpAfterMs;
      const state = delivered ? 'delivered' : late ? 'abandoned' : 'pending';
      delivery = { ...delivery, attempts: Object.freeze([...delivery.attempts, result]), state };
      log.put(delivery);
      if (state !== 'pending') return delivered;
      const { retryScheduleMs: schedule } = policy;
      await pause(lane, schedule[count] ?? schedule.at(-1) ?? 0, work);
    }
    return false;
  }

  async function run(key: string, lane: Lane): Promise<void> {
    const work: Work = { end: activity.begin() };
    lane.running = true;
    for (let post = lane.queue[0]; post && !closing.signal.aborted; post = lane.queue[0]) {
      const delivered = await settle(lane, post, work);
      if (delivered) {
        for (let again = faults.take('duplicate_webhook')?.copies ?? 0; again > 0; again -= 1) {
          await settle(lane, { ...post, onSettled: undefined }, work);
        }
      }
      lane.queue.shift();
      post.onSettled?.(delivered);
    }
    lane.running = false;
    lanes.delete(key);
    work.end();
  }

  return {
    enqueue(key, post) {
      if (closing.signal.aborted) return;
      const lane = lanes.get(key) ?? { queue: [], running: false, wake: undefined };
      lanes.set(key, lane);
      lane.queue.push(post);
      if (!lane.running) void run(key, lane);
    },
    retryNow() {
      for (const lane of lanes.values()) lane.wake?.();
    },
    close() {
      closing.abort();
      for (const lane of lanes.values()) lane.wake?.();
      lanes.clear();
    },
  };
}
