import { conversationPaths as routes } from '../../contract/paths.ts';
import type { CommandOptions, ConversationsResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';
const kind = 'conversation';

export function createConversations({ call, entity, list }: Calls): ConversationsResource {
  /** On one conversation, with what is said about it. */
  const say =
    <Body>(route: string) =>
    (conversationId: string, body?: Body, options?: CommandOptions) =>
      entity(kind, route, { params: { conversationId }, body: body ?? {}, ...options });
  const act = (route: string) => (conversationId: string, options?: CommandOptions) =>
    entity(kind, route, { params: { conversationId }, ...options });
  const name = (route: string, field: string) => (conversationId: string, value: unknown, options?: CommandOptions) =>
    say(route)(conversationId, { [field]: value }, options);
  const tell = (route: string, field: string) => (conversationId: string, value: boolean, options?: CommandOptions) =>
    call<undefined>(route, { params: { conversationId }, body: { [field]: value }, ...options });
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    counts: (params, options) => call(routes.counts, { query: { ...params }, ...options }),
    get: act(routes.get),
    accept: act(routes.accept),
    decline: act(routes.decline),
    transfer: say(routes.transfer),
    invite: name(routes.invite, 'agentId'),
    join: act(routes.join),
    leave: act(routes.leave),
    park: act(routes.park),
    resume: act(routes.resume),
    save: say(routes.save),
    discard: name(routes.discard, 'reason'),
    reopen: act(routes.reopen),
    handOver: say(routes.handOver),
    resolve: act(routes.resolve),
    convert: say(routes.convert),
    setTags: name(routes.setTags, 'tagIds'),
    position: (conversationId, options) => call(routes.position, { params: { conversationId }, ...options }),
    viewing: tell(routes.viewing, 'viewing'),
    close: say(routes.close),
    start: (body, options) => entity(kind, routes.start, { body, ...options }),
    typing: tell(routes.typing, 'typing'),
    markRead: act(routes.read),
  };
}
