import { conversationPaths as routes } from '../../contract/paths.ts';
import type { ConversationsResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';
const kind = 'conversation';

export function createConversations({ call, entity, list }: Calls): ConversationsResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    counts: (params, options) => call(routes.counts, { query: { ...params }, ...options }),
    get: (conversationId, options) => entity(kind, routes.get, { params: { conversationId }, ...options }),
    accept: (conversationId, options) => entity(kind, routes.accept, { params: { conversationId }, ...options }),
    transfer: (conversationId, body, options) =>
      entity(kind, routes.transfer, { params: { conversationId }, body, ...options }),
    close: (conversationId, body = {}, options) =>
      entity(kind, routes.close, { params: { conversationId }, body, ...options }),
    start: (body, options) => entity(kind, routes.start, { body, ...options }),
    typing: (conversationId, typing, options) =>
      call(routes.typing, { params: { conversationId }, body: { typing }, ...options }),
    markRead: (conversationId, options) => entity(kind, routes.read, { params: { conversationId }, ...options }),
  };
}
