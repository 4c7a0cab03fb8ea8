import { useMemo } from 'react';
import type { LiveResult } from './live-result.ts';
import { useConversationCounts, type CountsParams } from './use-conversation-counts.ts';

/**
 * How many conversations have messages that were not read: the number on the inbox's tab, for a badge in the menu of the
 * page. `data` is 0 until it is known.
 *
 * @param params compared by value
 * @throws UsageError when there is no provider above
 * @example
 * const { data: unread } = useUnread();
 */
export function useUnread(params: CountsParams = {}): LiveResult<number> {
  const counts = useConversationCounts(params);
  return useMemo(() => ({ ...counts, data: counts.data?.unread ?? 0 }), [counts]);
}
