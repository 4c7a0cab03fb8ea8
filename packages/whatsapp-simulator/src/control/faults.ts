import { numericId } from '../ids.ts';
import type { TemplateRejection } from '../state/template.ts';

/** How much of the traffic a fault touches. */
interface FaultScope {
  /** How many times it strikes before it is used up; `null` until removed. Default 1. */
  readonly times?: number | null | undefined;
  /** Strikes only sends to this address (any of its forms). Graph faults only. */
  readonly to?: string | undefined;
  readonly phoneNumberId?: string | undefined;
  /**
   * Strikes only calls of this edge, such as `message_templates`; `''` is a call on an object itself. Without it, sends
   * and uploads are struck, by slow answers and by the limits of an app or account every call.
   */
  readonly edge?: string | undefined;
}

/**
 * Trouble on demand.
 *
 * On calls: `throttle` (130429; 131056 for one pair; 4 and 80007 for the app and the account), `expired_token` (190),
 * `server_error` (131000 with HTTP 500; 503 is Meta's code 2; 502 and 504 are a page of HTML), `graph_error` (any code),
 * `slow_answers` (before anything is done), `lost_answer` (the message IS accepted, but the answer is dropped, hangs or
 * is late), `fail_message` (accepted with 200, then a `failed` status with the code), `skip_delivered` (`read` without
 * `delivered`).
 * On templates: `reject_template` (the next review says no, for a reason).
 * On webhooks: `duplicate_webhook`, `reorder_statuses`, `late_status`, `delay_webhooks`, `webhook_down` (one failed
 * attempt each), `cut_webhook` (the body ends in the middle), `batch_webhooks` (many updates in one POST).
 */
export type Fault = FaultScope &
  (
    | { readonly kind: 'throttle'; readonly code?: 4 | 130429 | 131056 | 80007 | undefined }
    | { readonly kind: 'expired_token' }
    | { readonly kind: 'server_error'; readonly status?: 500 | 502 | 503 | 504 | undefined }
    | { readonly kind: 'slow_answers'; readonly delayMs?: number | undefined }
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
    | {
        readonly kind: 'late_status';
        readonly status?: 'delivered' | 'failed' | 'read' | 'sent' | undefined;
        readonly delayMs?: number | undefined;
      }
    | { readonly kind: 'webhook_down' }
    | { readonly kind: 'cut_webhook' }
    /** Gathers up to `size` updates (default 100, at most 1,000), or what comes within `withinMs` (default 1,000). */
    | { readonly kind: 'batch_webhooks'; readonly size?: number | undefined; readonly withinMs?: number | undefined }
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
  readonly edge?: string;
  /** Of a status webhook. */
  readonly status?: string;
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

const sendingEdges = ['messages', 'media'];

/** Sends and uploads are struck by all; other calls only by what Meta limits for the app or the account. */
function strikesEdge(fault: Fault, edge: string): boolean {
  if (fault.edge !== undefined) return fault.edge === edge;
  if (sendingEdges.includes(edge)) return true;
  return fault.kind === 'slow_answers' || (fault.kind === 'throttle' && (fault.code === 4 || fault.code === 80007));
}

function applies(fault: Fault, subject: FaultSubject): boolean {
  if (subject.edge !== undefined && !strikesEdge(fault, subject.edge)) return false;
  if (fault.kind === 'late_status' && fault.status !== undefined && fault.status !== subject.status) return false;
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
