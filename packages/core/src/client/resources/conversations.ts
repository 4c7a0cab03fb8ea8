import type { Conversation, ConversationCounts, Page } from '../../contract/index.ts';
import { paths } from '../../contract/paths.ts';
import type { EntityStore } from '../../store/entity-store.ts';
import { createList } from '../list.ts';
import type { ConversationsResource } from '../prosa-client.ts';
import type { Transport, TransportRequest } from '../transport.ts';

const routes = paths.conversations;

export function createConversations(transport: Transport, entities: EntityStore): ConversationsResource {
  async function one(route: string, conversationId: string, request: TransportRequest): Promise<Conversation> {
    const conversation = await transport.request<Conversation>(route, { ...request, params: { conversationId } });
    entities.put('conversation', conversation);
    return conversation;
  }

  return {
    list: (params = {}, options = {}) =>
      createList((cursor) =>
        transport.request<Page<Conversation>>(routes.list, {
          operation: 'list conversations',
          query: { ...params, cursor: cursor ?? params.cursor },
          ...options,
        }),
      ),
    counts: (params = {}, options = {}) =>
      transport.request<ConversationCounts>(routes.counts, {
        operation: 'count conversations',
        query: { ...params },
        ...options,
      }),
    get: (id, options = {}) => one(routes.get, id, { operation: 'get the conversation', ...options }),
    accept: (id, options = {}) => one(routes.accept, id, { operation: 'accept the conversation', ...options }),
    transfer: (id, body, options = {}) =>
      one(routes.transfer, id, { operation: 'transfer the conversation', body, ...options }),
    close: (id, body = {}, options = {}) =>
      one(routes.close, id, { operation: 'close the conversation', body, ...options }),
    markRead: (id, options = {}) => one(routes.read, id, { operation: 'mark the conversation as read', ...options }),
  };
}
