import type { Clock } from '../client/clock.ts';
import type { UploadProgress } from '../client/prosa-client.ts';
import type { Attachment, Message, MessageSend } from '../contract/index.ts';
import type { OutboxStorage } from './outbox-storage.ts';

export interface OutboxOptions {
  readonly clock: Clock;
  /** `null` for memory only; the browser's when absent. */
  readonly storage: OutboxStorage | null | undefined;
  /** Gateway and agent: names what is kept. */
  readonly owner: () => Promise<string>;
  /** One try, without retries of its own. What comes back is also told to `settle`. */
  readonly post: (conversationId: string, message: MessageSend, key: string, signal: AbortSignal) => Promise<Message>;
  /** One try, likewise. */
  readonly upload: (file: Blob, fileName: string, options: UploadOptions) => Promise<Attachment>;
  /** A message that another tab sent. It is also told to `settle`. */
  readonly onSent: (message: Message) => void;
  /** What is written from now on is lost with the page. */
  readonly onUnsaved: (error: Error) => void;
}

export interface UploadOptions {
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: UploadProgress) => void;
}
