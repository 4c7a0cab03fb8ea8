import { conversationPaths as routes } from '../../contract/paths.ts';
import type { CommandOptions, ConversationsResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';
const kind = 'conversation';

export function createConversations({ call, entity, list }: Calls): ConversationsResource {
  const act = (route: string) => (conversationId: string, options?: CommandOptions) =>
    entity(kind, route, { params: { conversationId }, ...options });
  const change =
    <Body>(route: string) =>
    (conversationId: string, body: Body, options?: CommandOptions) =>
      entity(kind, route, { params: { conversationId }, body, ...options });
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    counts: (params, options) => call(routes.counts, { query: { ...params }, ...options }),
    get: (conversationId, options) => entity(kind, routes.get, { params: { conversationId }, ...options }),
    accept: act(routes.accept),
    decline: act(routes.decline),
    transfer: change(routes.transfer),
    invite: (conversationId, agentId, options) => change(routes.invite)(conversationId, { agentId }, options),
    join: act(routes.join),
    leave: act(routes.leave),
    park: act(routes.park),
    resume: act(routes.resume),
    save: (conversationId, body = {}, options) => change(routes.save)(conversationId, body, options),
    discard: (conversationId, reason, options) => change(routes.discard)(conversationId, { reason }, options),
    reopen: act(routes.reopen),
    handOver: (conversationId, body = {}, options) => change(routes.handOver)(conversationId, body, options),
    resolve: act(routes.resolve),
    convert: change(routes.convert),
    setTags: (conversationId, tagIds, options) => change(routes.setTags)(conversationId, { tagIds }, options),
    position: (conversationId, options) => call(routes.position, { params: { conversationId }, ...options }),
    viewing: (conversationId, viewing, options) =>
      call(routes.viewing, { params: { conversationId }, body: { viewing }, ...options }),
    close: (conversationId, body = {}, options) => change(routes.close)(conversationId, body, options),
    start: (body, options) => entity(kind, routes.start, { body, ...options }),
    typing: (conversationId, typing, options) =>
      call(routes.typing, { params: { conversationId }, body: { typing }, ...options }),
    markRead: act(routes.read),
  };
}
