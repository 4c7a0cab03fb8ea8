import type { ConversationCounts } from '@prosa/core';
import type { LiveResult } from './live-result.ts';
import { emptyLive, openLive, type QueryKind } from './open-query.ts';
import { useQuery } from './use-query.ts';

/** Whose conversations are counted; all of the desk when absent. */
export interface CountsParams {
  /** Only the conversations of this queue. */
  readonly queueId?: string | undefined;
}

const counts: QueryKind<CountsParams, LiveResult<ConversationCounts | null>> = {
  name: 'counts',
  idle: /* @__PURE__ */ emptyLive('idle', null),
  loading: /* @__PURE__ */ emptyLive('loading', null),
  open: (client, params) => openLive(client.live.counts(params)),
};

/**
 * The numbers on the inbox's tabs, from the server: `data` is `{ waiting, unread, mine, all }`, and `null` until it is
 * known.
 *
 * @param params compared by value
 * @throws UsageError when there is no provider above
 * @example
 * const { data: counts } = useConversationCounts();
 * const waiting = counts?.waiting ?? 0;
 */
export function useConversationCounts(params: CountsParams = {}): LiveResult<ConversationCounts | null> {
  return useQuery(counts, params);
}
