import type { ConversationListParams } from '../client/prosa-client.ts';
import type { Conversation, ConversationTab } from '../contract/index.ts';

const tabs: Readonly<Record<ConversationTab, (conversation: Conversation, meId: string | null) => boolean>> = {
  waiting: ({ status }) => status === 'queued',
  unread: ({ status, unreadCount }) => status === 'active' && unreadCount > 0,
  mine: ({ status, assignee }, meId) => status !== 'closed' && assignee !== null && assignee.id === meId,
  all: ({ status }) => status !== 'closed',
};

/** Whether the server would list the conversation with these parameters, for the agent `meId`. */
export function belongsTo(
  conversation: Conversation,
  { tab, status, contactId, customerId, queueId }: ConversationListParams,
  meId: string | null,
): boolean {
  return (
    (tab === undefined || tabs[tab](conversation, meId)) &&
    (status === undefined || conversation.status === status) &&
    (contactId === undefined || conversation.contact.id === contactId) &&
    (customerId === undefined || conversation.customer?.id === customerId) &&
    (queueId === undefined || conversation.queue?.id === queueId)
  );
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
