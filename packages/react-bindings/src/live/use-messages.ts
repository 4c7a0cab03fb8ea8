import type { ThreadSnapshot } from '@prosa/core';
import type { PagedResult } from './live-result.ts';
import { emptyPaged, openPaged, type QueryKind } from './open-query.ts';
import { useQuery } from './use-query.ts';

const nothing: ThreadSnapshot = /* @__PURE__ */ Object.freeze({ conversation: null, messages: [], pending: [] });

const thread: QueryKind<string, PagedResult<ThreadSnapshot>> = {
  name: 'thread',
  idle: /* @__PURE__ */ emptyPaged('idle', nothing),
  loading: /* @__PURE__ */ emptyPaged('loading', nothing),
  open: (client, conversationId) => openPaged(client.live.thread(conversationId)),
};

/**
 * A conversation with its messages, kept up to date. `data` is `{ conversation, messages, pending }`: messages oldest
 * first, then those that were sent from here and that the gateway has not confirmed. `loadMore` loads older ones.
 *
 * @param conversationId `null`: none is chosen, and `status` is `idle`
 * @throws UsageError when there is no provider above
 * @example
 * const { data: { messages, pending }, hasMore, loadMore } = useMessages(conversationId);
 */
export function useMessages(conversationId: string | null | undefined): PagedResult<ThreadSnapshot> {
  return useQuery(thread, conversationId ?? null);
}
