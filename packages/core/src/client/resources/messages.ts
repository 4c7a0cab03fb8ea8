import { messagePaths as routes } from '../../contract/paths.ts';
import type { Outbox, OutboxOptions } from '../../store/outbox.ts';
import type { MessagesResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';

/** One try: the outbox decides about the others. What comes back goes into the store, and from there to the outbox. */
export function createPost({ entity }: Calls): OutboxOptions['post'] {
  return (conversationId, body, idempotencyKey, signal) => {
    const details = { params: { conversationId }, body, idempotencyKey, signal, tries: 1 };
    return entity('message', routes.send, details);
  };
}

export function createMessages({ call, entity, list }: Calls, outbox: Outbox): MessagesResource {
  return {
    list: (conversationId, params, options) =>
      list(routes.list, { ...params }, { params: { conversationId }, ...options }),
    get: (conversationId, messageId, options) =>
      call(routes.get, { params: { conversationId, messageId }, ...options }),
    send: (conversationId, message, { idempotencyKey, signal } = {}) =>
      outbox.send(conversationId, message, idempotencyKey, signal),
    resend: (conversationId, messageId, options) =>
      entity('message', routes.resend, { params: { conversationId, messageId }, ...options }),
    react: (conversationId, messageId, emoji, options) =>
      entity('message', routes.react, { params: { conversationId, messageId }, body: { emoji }, ...options }),
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
