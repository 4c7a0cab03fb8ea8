import type { Message, MessageSend } from '../../contract/index.ts';
import { messagePaths as routes } from '../../contract/paths.ts';
import type { LazyOutbox } from '../../store/lazy-outbox.ts';
import type { OutboxOptions } from '../../store/outbox-options.ts';
import type { FileSend, PendingMessage } from '../../store/pending-message.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** A method that takes ids rejects with `not_found` when there is no such message or conversation for the caller. */
export interface MessagesResource {
  /**
   * Newest first; with `around` the page that has that message in its middle. Its `previousCursor`, given as `cursor`,
   * leads to newer ones. Rejects with `cursor_invalid`.
   * @example
   * const { data } = await prosa.messages.list(conversationId, { limit: 50 });
   */
  list(
    conversationId: string,
    params?: PageParams & { readonly around?: string | undefined },
    options?: CallOptions,
  ): List<Message>;
  /** One message of a conversation, with its status as the gateway has it. */
  get(conversationId: string, messageId: string, options?: CallOptions): Promise<Message>;
  /**
   * Resolves once the gateway has the message, with the status `pending`; what becomes of it at the channel comes as
   * events. It is shown at once by `live.thread`; it is kept and tried again while there is no connection, in order, and
   * reaches the gateway once. With a `file` instead of an `attachmentId` the file is kept too, and uploaded when the
   * message's turn comes. Texts have up to 4096 characters, captions 1024.
   *
   * Rejects with `window_closed` (only a template may be sent), `template_not_sendable`, `contact_opted_out` (of
   * marketing), `conversation_not_yours`, `conversation_closed`, `type_not_supported`, `attachment_not_ready`, `attachment_in_use`, `media_type_not_allowed`, and `outbox_expired`
   * after 24 hours without a connection: the message then stays as `failed`, for `retryPending` or `discardPending` with the
   * error's `clientId`; in memory alone, as in Node, the last hundred that failed are kept. Rejects with `aborted` when it is
   * given up: its `cause` is the signal's reason, and its message names what kept it from leaving until then. Without a
   * signal it waits for as long as there is no connection, up to those 24 hours.
   * @example
   * await prosa.messages.send(conversationId, { type: 'document', file, caption: 'Segue o contrato.' });
   * // In a script: give up after a while.
   * await prosa.messages.send(conversationId, { type: 'text', text }, { signal: AbortSignal.timeout(30_000) });
   */
  send(conversationId: string, message: MessageSend | FileSend, options?: CommandOptions): Promise<Message>;
  /**
   * Sends a message that failed at the channel again, as a new message. Rejects with `message_not_resendable`,
   * `window_closed`, `conversation_not_yours`, `conversation_closed`, `template_not_sendable`, `type_not_supported`,
   * `contact_opted_out`.
   */
  resend(conversationId: string, messageId: string, options?: CommandOptions): Promise<Message>;
  /**
   * One emoji, or `null` to take it back; another reaction of the team replaces the first. WhatsApp only. Rejects with
   * `message_not_reactable`, `window_closed`, `conversation_not_yours`, `conversation_closed`.
   * @example
   * await prosa.messages.react(conversationId, messageId, '👍');
   */
  react(conversationId: string, messageId: string, emoji: string | null, options?: CommandOptions): Promise<Message>;
  /** Tries a message that could not reach the gateway again now. */
  retryPending(clientId: string): void;
  /** Gives up a message that has not reached the gateway, also while its file is uploaded. `false` when it may have. */
  discardPending(clientId: string): boolean;
  /**
   * What has not reached the gateway, of all conversations and all tabs of the agent.
   * @example
   * for (const { clientId } of await prosa.messages.pending()) prosa.messages.retryPending(clientId);
   */
  pending(): Promise<readonly PendingMessage[]>;
  /**
   * Whether `pending` outlives the page: `false` in Node, before the agent is known, and where the browser's storage
   * does not work or stopped working (`outbox.unsaved`). Messages are sent all the same.
   */
  readonly pendingAreSaved: boolean;
}

/** One try: the outbox decides about the others. What comes back goes into the store, and from there to the outbox. */
export function createPost({ methods }: Calls): OutboxOptions['post'] {
  const send = methods('message').say(routes.send);
  return (conversationId, body, idempotencyKey, signal) =>
    send(conversationId, body, { idempotencyKey, signal, tries: 1 });
}

export function createMessages({ methods }: Calls, outbox: LazyOutbox): MessagesResource {
  const { list, act } = methods();
  return {
    list: list(routes.list),
    get: act(routes.get),
    send: (conversationId, message, { idempotencyKey, signal } = {}) =>
      outbox.send(conversationId, message, idempotencyKey, signal),
    resend: methods('message').act(routes.resend),
    react: methods('message').name(routes.react, 'emoji'),
    retryPending: (clientId) => {
      outbox.retry(clientId);
    },
    discardPending: (clientId) => outbox.discard(clientId),
    pending: () => outbox.all(),
    get pendingAreSaved() {
      return outbox.isSaved;
    },
  };
}
