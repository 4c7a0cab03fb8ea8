import type { LiveResult } from './live-result.ts';
import { emptyLive, openLive, type QueryKind } from './open-query.ts';
import { useQuery } from './use-query.ts';

export interface UnreadParams {
  /** Only the conversations of this queue. */
  readonly queueId?: string | undefined;
}

const unread: QueryKind<UnreadParams, LiveResult<number>> = {
  name: 'unread',
  idle: /* @__PURE__ */ emptyLive('idle', 0),
  loading: /* @__PURE__ */ emptyLive('loading', 0),
  open: (client, params) => openLive(client.live.counts(params), (counts) => counts?.unread ?? 0),
};

/**
 * How many conversations have messages that were not read: the number on the inbox's tab, for a badge in the menu of the
 * page. `data` is 0 until it is known.
 *
 * @param params compared by value
 * @throws UsageError when there is no provider above
 * @example
 * const { data: unread } = useUnread();
 */
export function useUnread(params: UnreadParams = {}): LiveResult<number> {
  return useQuery(unread, params);
}
