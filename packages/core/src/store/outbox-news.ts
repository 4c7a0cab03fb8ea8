import type { Message } from '../contract/index.ts';
import { isProsaError, ProsaError } from '../errors/prosa-error.ts';
import type { StoredMessage } from './outbox-storage.ts';
import type { PendingMessage } from './pending-message.ts';

/** An error that can go to another tab. */
export interface ErrorData {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** What the outboxes of an agent's tabs tell each other. */
export type OutboxNews =
  /** One tab has it, new or to be tried again; it is in the storage. */
  | { readonly kind: 'row'; readonly row: StoredMessage }
  /** How far the tab that sends has come. */
  | {
      readonly kind: 'state';
      readonly clientId: string;
      readonly change: Pick<PendingMessage, 'state' | 'progress'> & { readonly error: ErrorData | null };
    }
  /** The gateway has it, or, without a message, somebody gave it up. */
  | { readonly kind: 'gone'; readonly clientId: string; readonly message: Message | null };

/** The other tabs of the same agent. */
export interface OutboxPeers {
  /** Whether this tab sends for all. */
  readonly isLeader: boolean;
  tell(news: OutboxNews): void;
}

export function errorData(error: Error | null): ErrorData | null {
  if (!error) return null;
  const { code, retryable } = isProsaError(error) ? error : { code: 'unexpected_response', retryable: false };
  return { code, message: error.message, retryable };
}

export function errorOf(data: ErrorData | null): ProsaError | null {
  return data && new ProsaError(data.message, data);
}
