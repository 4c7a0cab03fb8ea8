import type { MessageStatus } from '../contract/index.ts';

/** A status is never replaced by one of a lower rank. */
const ranks: Record<MessageStatus, number> = {
  pending: 0,
  unconfirmed: 1,
  sent: 2,
  failed: 2,
  delivered: 3,
  read: 4,
  played: 5,
};

/**
 * The status after news about a message. News come late, twice and in any order, so they may change nothing: `read`
 * stays `read` when `delivered` comes after it, and a failure after a delivery is no failure. What failed stays failed
 * unless the channel says that it arrived after all.
 */
export function advanceStatus(current: MessageStatus, news: MessageStatus): MessageStatus {
  if (news === 'failed') return ranks[current] < ranks.failed || current === 'sent' ? 'failed' : current;
  if (current === 'failed' && news === 'sent') return current;
  return ranks[news] > ranks[current] ? news : current;
}
