import type { PendingMessage } from './outbox.ts';

/** A pending message as it is kept: the error as data. */
export interface StoredMessage extends Omit<PendingMessage, 'error' | 'state'> {
  /** Order of sending among messages of one millisecond. */
  readonly sequence: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** Where one agent's unsent messages are kept. Every method may reject; the outbox then goes on in memory. */
export interface OutboxTable {
  all(): Promise<readonly StoredMessage[]>;
  has(clientId: string): Promise<boolean>;
  put(message: StoredMessage): Promise<void>;
  delete(clientId: string): Promise<void>;
  close(): void;
}

export interface OutboxStorage {
  /** @param owner gateway and agent: what one agent did not send is not another's */
  open(owner: string): Promise<OutboxTable>;
}
