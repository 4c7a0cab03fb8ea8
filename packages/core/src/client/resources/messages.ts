import type { Message, MessageSend, Page } from '../../contract/index.ts';
import { paths } from '../../contract/paths.ts';
import type { EntityStore } from '../../store/entity-store.ts';
import type { Outbox } from '../../store/outbox.ts';
import { createList } from '../list.ts';
import type { MessagesResource } from '../prosa-client.ts';
import type { Transport } from '../transport.ts';

const routes = paths.messages;

/** One try: the outbox decides about the others. */
export function postMessage(
  transport: Transport,
  conversationId: string,
  body: MessageSend,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<Message> {
  const operation = 'send the message';
  return transport.request(routes.send, {
    operation,
    params: { conversationId },
    body,
    idempotencyKey,
    signal,
    tries: 1,
  });
}

export function createMessages(transport: Transport, entities: EntityStore, outbox: Outbox): MessagesResource {
  return {
    list: (conversationId, params = {}, options = {}) =>
      createList((cursor) =>
        transport.request<Page<Message>>(routes.list, {
          operation: 'list messages',
          params: { conversationId },
          query: { ...params, cursor: cursor ?? params.cursor },
          ...options,
        }),
      ),
    get: (conversationId, messageId, options = {}) =>
      transport.request<Message>(routes.get, {
        operation: 'get the message',
        params: { conversationId, messageId },
        ...options,
      }),
    send: (conversationId, message, { idempotencyKey, signal } = {}) =>
      outbox.send(conversationId, message, idempotencyKey, signal),
    async resend(conversationId, messageId, options = {}) {
      const message = await transport.request<Message>(routes.resend, {
        operation: 'send the message again',
        params: { conversationId, messageId },
        ...options,
      });
      entities.put('message', message);
      return message;
    },
    retryPending: (clientId) => {
      outbox.retry(clientId);
    },
    discardPending: (clientId) => outbox.discard(clientId),
  };
}
