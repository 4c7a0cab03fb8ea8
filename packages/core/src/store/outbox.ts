import type { MessageSend } from '../contract/index.ts';

/** A message that was sent here and that the gateway has not confirmed. */
export interface PendingMessage {
  readonly clientId: string;
  readonly conversationId: string;
  readonly message: MessageSend;
  /** Epoch milliseconds, by this device's clock. */
  readonly createdAt: number;
  /** `failed`: it will not be tried again by itself; `error` says why. */
  readonly state: 'queued' | 'sending' | 'failed';
  readonly error: Error | null;
}
