import type { ConversationListParams } from '../client/prosa-client.ts';
import type { Conversation, ConversationTab } from '../contract/index.ts';
import { compareText } from './compare-text.ts';

/** Whether the server would list the conversation with these parameters, for the agent `meId`. */
export function belongsTo(
  conversation: Conversation,
  { tab, status, contactId, customerId, queueId, tagId, origin, agentId }: ConversationListParams,
  meId: string | null,
): boolean {
  return (
    isInTab(conversation, tab, meId) &&
    fits(status, conversation.status) &&
    fits(contactId, conversation.contact.id) &&
    fits(customerId, conversation.customer?.id) &&
    fits(queueId, conversation.queue?.id) &&
    fits(origin, conversation.origin) &&
    fits(agentId, conversation.assignee?.id) &&
    (tagId === undefined || conversation.tags.some(({ id }) => id === tagId))
  );
}

function fits(wanted: string | undefined, is: string | undefined): boolean {
  return wanted === undefined || wanted === is;
}

function isInTab(
  { status, unreadCount, assignee }: Conversation,
  tab: ConversationTab | undefined,
  meId: string | null,
): boolean {
  if (tab === undefined) return true;
  if (tab === 'waiting') return status === 'queued' || status === 'offered';
  if (tab === 'unread') return (status === 'active' || status === 'pending') && unreadCount > 0;
  return status !== 'closed' && status !== 'expired' && (tab === 'all' || (assignee !== null && assignee.id === meId));
}

/** The server's order: with `waiting` the longest wait first, otherwise the newest activity first. */
export function conversationOrder(tab: ConversationTab | undefined): (a: Conversation, b: Conversation) => number {
  if (tab === 'waiting') {
    return (a, b) => compareText(a.waitingSince ?? '', b.waitingSince ?? '') || compareText(a.id, b.id);
  }
  return (a, b) => compareText(b.lastActivityAt, a.lastActivityAt) || compareText(b.id, a.id);
}
