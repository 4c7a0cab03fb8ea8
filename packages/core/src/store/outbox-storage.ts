import type { PendingMessage } from './pending-message.ts';

/** Raised when rows change shape; `readRow` must still understand what an older version wrote. */
export const rowFormat = 2;

/** A pending message as it is kept: the error as data. */
export interface StoredMessage extends Pick<PendingMessage, 'clientId' | 'conversationId' | 'message' | 'createdAt'> {
  readonly format: number;
  /** Order of sending among messages of one millisecond. */
  readonly sequence: number;
  /** Of its file, once that is uploaded. */
  readonly attachmentId: string | null;
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

/** Where unsent messages survive the page: IndexedDB, unless `createClient` is given another one. */
export interface OutboxStorage {
  /** @param owner gateway and agent: what one agent did not send is not another's */
  open(owner: string): Promise<OutboxTable>;
  /** Resolves when nothing of this owner can be read any more. Tables that are open may fail from now on. */
  erase(owner: string): Promise<void>;
}

/** A row that some version wrote; `null` for one of a newer version, which is left where it is, and for a broken one. */
export function readRow(row: Partial<StoredMessage>): StoredMessage | null {
  const { format = 1, clientId, message } = row;
  if (format > rowFormat || !clientId || !message) return null;
  // Format 1 had no files.
  return { attachmentId: null, ...row, format: rowFormat } as StoredMessage;
}
