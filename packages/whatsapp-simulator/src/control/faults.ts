import { numericId } from '../ids.ts';
import type { TemplateRejection } from '../state/template.ts';

/** How much of the traffic a fault touches. */
interface FaultScope {
  /** How many times it strikes before it is used up; `null` until removed. Default 1. */
  readonly times?: number | null | undefined;
  /** Strikes only sends to this address (any of its forms). Graph faults only. */
  readonly to?: string | undefined;
  readonly phoneNumberId?: string | undefined;
}

/**
 * Trouble on demand.
 *
 * On sending: `throttle` (130429, or 131056 for one pair), `expired_token` (190), `server_error` (131000 with HTTP 500),
 * `graph_error` (any code), `lost_answer` (the message IS accepted, but the answer is dropped, hangs or is late),
 * `fail_message` (accepted with 200, then a `failed` status with the code), `skip_delivered` (`read` without `delivered`).
 * On templates: `reject_template` (the next review says no, for a reason).
 * On webhooks: `duplicate_webhook`, `reorder_statuses`, `delay_webhooks`, `webhook_down` (one failed attempt each).
 */
export type Fault = FaultScope &
  (
    | { readonly kind: 'throttle'; readonly code?: 130429 | 131056 | undefined }
    | { readonly kind: 'expired_token' }
    | { readonly kind: 'server_error' }
    | { readonly kind: 'graph_error'; readonly code: number; readonly details?: string | undefined }
    | {
        readonly kind: 'lost_answer';
        readonly mode?: 'delay' | 'drop' | 'hang' | undefined;
        readonly delayMs?: number | undefined;
      }
    | { readonly kind: 'fail_message'; readonly code: number; readonly details?: string | undefined }
    | { readonly kind: 'skip_delivered' }
    | { readonly kind: 'reject_template'; readonly reason?: TemplateRejection | undefined }
    | { readonly kind: 'duplicate_webhook'; readonly copies?: number | undefined }
    | { readonly kind: 'reorder_statuses' }
    | { readonly kind: 'delay_webhooks'; readonly delayMs: number }
    | { readonly kind: 'webhook_down' }
  );

export type FaultKind = Fault['kind'];
type FaultOf<K extends FaultKind> = Extract<Fault, { readonly kind: K }>;
type Struck<K extends FaultKind> = FaultOf<K> & (K extends 'duplicate_webhook' ? { readonly copies: number } : unknown);

export interface ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  /** How many more times it strikes; `null` until removed. */
  readonly remaining: number | null;
}

/** What a call is about, to be matched with a fault's scope. */
export interface FaultSubject {
  readonly phoneNumberId?: string;
  /** All forms of the recipient's address. */
  readonly addresses?: readonly string[];
}

export interface Faults {
  /** Arms a fault; call the result to remove it. */
  add(fault: Fault): () => void;
  readonly list: readonly ActiveFault[];
  remove(id: string): boolean;
  clear(): void;
}

export interface FaultBook extends Faults {
  /** Uses up one strike of the oldest fault of this kind that applies. */
  take<K extends FaultKind>(kind: K, subject?: FaultSubject): Struck<K> | undefined;
}

function applies(fault: Fault, subject: FaultSubject): boolean {
  if (fault.phoneNumberId !== undefined && fault.phoneNumberId !== subject.phoneNumberId) return false;
  return fault.to === undefined || subject.addresses?.includes(fault.to.replace(/\D/g, '')) === true;
}

export function createFaultBook(): FaultBook {
  let active: readonly ActiveFault[] = [];

  function remove(id: string): boolean {
    const before = active.length;
    active = active.filter((each) => each.id !== id);
    return active.length < before;
  }

  return {
    get list() {
      return active;
    },
    add(fault) {
      const id = numericId(8);
      const remaining = fault.times === undefined ? 1 : fault.times;
      active = [...active, Object.freeze({ id, fault, remaining })];
      return () => {
        remove(id);
      };
    },
    remove,
    clear() {
      active = [];
    },
    take<K extends FaultKind>(kind: K, subject: FaultSubject = {}) {
      const hit = active.find((each) => each.fault.kind === kind && applies(each.fault, subject));
      if (!hit) return undefined;
      const remaining = hit.remaining === null ? null : hit.remaining - 1;
      active = active.flatMap((each) =>
        each !== hit ? [each] : remaining === 0 ? [] : [Object.freeze({ ...each, remaining })],
      );
      return { copies: 1, ...hit.fault } as unknown as Struck<K>;
    },
  };
}
