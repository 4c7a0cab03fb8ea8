import type { Conversation, ConversationListParams } from '@prosa/core';
import type { PagedResult } from './live-result.ts';
import { emptyPaged, openPaged, type QueryKind } from './open-query.ts';
import { useQuery } from './use-query.ts';

/** Which conversations are listed; pages are added with `loadMore`. */
export type ConversationsParams = Omit<ConversationListParams, 'cursor'>;

type Result = PagedResult<readonly Conversation[]>;

const none: readonly Conversation[] = /* @__PURE__ */ Object.freeze([]);

const conversations: QueryKind<ConversationsParams, Result> = {
  name: 'conversations',
  idle: /* @__PURE__ */ emptyPaged('idle', none),
  loading: /* @__PURE__ */ emptyPaged('loading', none),
  open: (client, params) => openPaged(client.live.conversations(params)),
};

/**
 * The conversations of a tab or filter, kept up to date: `{ data, status, error, hasMore, loadingMore, pageError, loadMore, refresh }`.
 *
 * @param params compared by value: they may be written where they are used
 * @throws UsageError when there is no provider above
 * @example
 * const { data, status, hasMore, loadMore } = useConversations({ tab: 'waiting' });
 */
export function useConversations(params: ConversationsParams = {}): PagedResult<readonly Conversation[]> {
  return useQuery(conversations, params);
}
