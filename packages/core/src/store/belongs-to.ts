import type { ConversationListParams } from '../client/prosa-client.ts';
import type { Conversation, ConversationTab } from '../contract/index.ts';

/** Whether the server would list the conversation with these parameters, for the agent `meId`. */
export function belongsTo(
  conversation: Conversation,
  { tab, status, contactId, customerId, queueId }: ConversationListParams,
  meId: string | null,
): boolean {
  const filters = [
    [status, conversation.status],
    [contactId, conversation.contact.id],
    [customerId, conversation.customer?.id],
    [queueId, conversation.queue?.id],
  ];
  return isInTab(conversation, tab, meId) && filters.every(([wanted, is]) => wanted === undefined || wanted === is);
}

function isInTab(
  { status, unreadCount, assignee }: Conversation,
  tab: ConversationTab | undefined,
  meId: string | null,
): boolean {
  if (tab === 'waiting') return status === 'queued';
  if (tab === 'unread') return status === 'active' && unreadCount > 0;
  if (tab === undefined) return true;
  return status !== 'closed' && (tab === 'all' || (assignee !== null && assignee.id === meId));
}

/** The server's order: with `waiting` the longest wait first, otherwise the newest activity first. */
export function conversationOrder(tab: ConversationTab | undefined): (a: Conversation, b: Conversation) => number {
  if (tab === 'waiting') return (a, b) => compare(a.waitingSince ?? '', b.waitingSince ?? '') || compare(a.id, b.id);
  return (a, b) => compare(b.lastActivityAt, a.lastActivityAt) || compare(b.id, a.id);
}

/** Times and ids are made so that their text sorts as they do. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
