import type { Activity } from './activity.ts';
import type { SimulatorClock } from './clock.ts';
import type { FaultBook } from './control/faults.ts';
import type { RequestLog } from './graph/request-log.ts';
import type { PhoneDisplays } from './phone/displays.ts';
import type { SimulatorState } from './state/state.ts';
import type { WebhookSender } from './webhooks/sender.ts';

/** Delays that make a demo feel like a network, in milliseconds. */
export interface Pace {
  /** From accepted to `sent`. Default 0. */
  readonly sentMs: number;
  /** From `sent` to `delivered`. Default 0. */
  readonly deliveredMs: number;
  /** How long a template waits for its review. Default 2,000. */
  readonly reviewMs: number;
}

/** The parts of one simulator, handed to every operation. */
export interface SimulatorContext {
  readonly state: SimulatorState;
  readonly clock: SimulatorClock;
  readonly activity: Activity;
  readonly faults: FaultBook;
  readonly requests: RequestLog;
  readonly webhooks: WebhookSender;
  readonly displays: PhoneDisplays;
  readonly fetch: typeof globalThis.fetch;
  readonly pace: Pace;
  /** Address under which the simulator is reached, without a slash at the end. */
  readonly origin: () => string;
  /** Keeps the state for the next run, soon. */
  readonly persist: () => void;
  /** Told about failures that no caller waits for. */
  readonly onError: (error: unknown) => void;
  /** Aborted when the simulator closes. */
  readonly closing: AbortSignal;
}

/** Runs `task` after a delay on the clock and counts it as activity until it has ended. */
export function schedule(context: SimulatorContext, ms: number, task: () => Promise<void> | void): void {
  const end = context.activity.begin();
  const cancel = context.clock.after(ms, () => {
    context.closing.removeEventListener('abort', stop);
    Promise.resolve().then(task).finally(end).catch(context.onError);
  });
  function stop(): void {
    cancel();
    end();
  }
  context.closing.addEventListener('abort', stop, { once: true });
}
