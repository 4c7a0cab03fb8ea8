import type { UploadProgress } from '../client/prosa-client.ts';
import type { MessageSend } from '../contract/index.ts';

/** A message with a file that has not been uploaded: the outbox does it when the message's turn comes. */
export interface FileSend {
  readonly type: 'image' | 'audio' | 'video' | 'document';
  readonly file: Blob;
  /** 1 to 240 characters. Absent: the name of the `File`. */
  readonly fileName?: string | undefined;
  /** Not of an `audio`. */
  readonly caption?: string | null | undefined;
  readonly clientId?: string | undefined;
}

/** What helps a message that failed, best first. */
export type PendingRemedy =
  /** The same message may go now, or once what refused it has changed (it is your conversation): `messages.retryPending`. */
  | 'retry'
  /** WhatsApp's window is closed, or the template is paused: an approved template goes. */
  | 'send_template'
  /** The text or the file itself was refused. */
  | 'edit'
  | 'discard';

/** A message that was sent here, or in another tab of the same agent, and that the gateway has not confirmed. */
export interface PendingMessage {
  readonly clientId: string;
  readonly conversationId: string;
  readonly message: MessageSend | FileSend;
  /** Epoch milliseconds, by this device's clock. */
  readonly createdAt: number;
  /** `failed`: it will not be tried again by itself; `error` says why. */
  readonly state: 'queued' | 'sending' | 'failed';
  readonly error: Error | null;
  /** Of its file, while that is uploaded; until then it can still be discarded. */
  readonly progress: UploadProgress | null;
  /** Empty until it has failed. */
  readonly remedies: readonly PendingRemedy[];
}

export const noPending: readonly PendingMessage[] = Object.freeze([]);

const none: readonly PendingRemedy[] = Object.freeze([]);
const remedyOf: Readonly<Record<string, PendingRemedy>> = {
  window_closed: 'send_template',
  template_not_sendable: 'send_template',
  validation_failed: 'edit',
  media_type_not_allowed: 'edit',
  payload_too_large: 'edit',
  attachment_in_use: 'edit',
  not_found: 'discard',
  forbidden: 'discard',
  type_not_supported: 'discard',
  idempotency_key_reused: 'discard',
};

/** @param code of the error; `null` when it has not failed */
export function remediesOf(code: string | null): readonly PendingRemedy[] {
  return code === null ? none : Object.freeze([...new Set([remedyOf[code] ?? 'retry', 'discard' as const])]);
}
