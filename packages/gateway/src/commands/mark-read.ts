import type { Agent, Conversation } from '@prosa/core/contract';
import { getConversation } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { announce, openConversation, saveConversation } from './conversation-draft.ts';

/** The assignee has seen the thread: nothing is unread, and the customer is told. Anybody else only peeks. */
export async function markConversationRead(unit: Unit, agent: Agent, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (row.assigneeId !== agent.id || row.unreadCount === 0) {
    return await getConversation(unit.tx, unit.workspaceId, conversationId);
  }
  row.unreadCount = 0;
  row.agentReadPosition = row.nextPosition - 1;
  announce(unit, draft, 'conversation.read');
  // A webchat sees it by the position; a phone is told by its provider.
  if (row.origin === 'webchat') return await saveConversation(unit, draft);
  const newest = await unit.tx
    .selectFrom('messages')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('direction', '=', 'inbound')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest) unit.enqueue({ kind: 'mark_read', channelId: row.channelId, subjectId: newest.id, orderKey: null });
  return await saveConversation(unit, draft);
}
