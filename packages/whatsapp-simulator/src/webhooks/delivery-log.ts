import type { JsonObject } from '../json.ts';

export interface DeliveryAttempt {
  /** Milliseconds of the simulator's clock. */
  readonly at: number;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  readonly error?: string;
}

/** One POST to one subscriber, with all attempts at it. */
export interface WebhookDelivery {
  readonly id: string;
  readonly callbackUrl: string;
  /** The exact text on the wire. */
  readonly body: string;
  readonly envelope: JsonObject | undefined;
  readonly attempts: readonly DeliveryAttempt[];
  readonly state: 'abandoned' | 'delivered' | 'pending';
}

/** The newest deliveries, oldest first. */
export interface DeliveryLog {
  readonly all: readonly WebhookDelivery[];
  put(delivery: WebhookDelivery): void;
  clear(): void;
}

export function createDeliveryLog(limit = 2000): DeliveryLog {
  const byId = new Map<string, WebhookDelivery>();
  return {
    get all() {
      return Object.freeze([...byId.values()]);
    },
    put(delivery) {
      byId.set(delivery.id, Object.freeze(delivery));
      const oldest = byId.keys().next().value;
      if (byId.size > limit && oldest !== undefined) byId.delete(oldest);
    },
    clear: () => byId.clear(),
  };
}
