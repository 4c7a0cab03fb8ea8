import type { Agent, Conversation } from '@prosa/core/contract';
import { readReceiptsOf, type ReadReceipts } from '../channels/read-receipts.ts';
import { getConversation, type ConversationRow } from '../store/conversations.ts';
import type { Reader } from '../store/database.ts';
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
  await tellRead(unit, row, 'on_open');
  return await saveConversation(unit, draft);
}

/** Tells the customer's phone that what they wrote was read, where the channel says that this is the occasion to. */
export async function tellRead(
  unit: Unit,
  { id, channelId, origin }: ConversationRow,
  occasion: Exclude<ReadReceipts, 'never'>,
): Promise<void> {
  // A webchat sees it by the position; a phone is told by its provider.
  if (origin === 'webchat') return;
  const channel = await unit.tx
    .selectFrom('channels')
    .select('config')
    .where('id', '=', channelId)
    .executeTakeFirstOrThrow();
  if (readReceiptsOf(channel) !== occasion) return;
  const newest = await newestInbound(unit.tx, id);
  if (newest) unit.enqueue({ kind: 'mark_read', channelId, subjectId: newest.id, orderKey: null });
}

/** The newest message of the customer that its channel knows as one: a call is shown as one, and cannot be read. */
export async function newestInbound(db: Reader, conversationId: string) {
  return await db
    .selectFrom('messages')
    .select(['id', 'channelId'])
    .where('conversationId', '=', conversationId)
    .where('direction', '=', 'inbound')
    .where('providerId', 'is not', null)
    .where((eb) => eb.or([eb('type', '<>', 'unsupported'), eb('content', 'not like', '%"originalType":"call"%')]))
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
}
