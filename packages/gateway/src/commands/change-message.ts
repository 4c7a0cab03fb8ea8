import type { Message } from '@prosa/core/contract';
import { previewOf } from '../domain/message-preview.ts';
import { messageFromRow, type MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { openConversation, saveConversation, type ConversationDraft } from './conversation-draft.ts';

export type MessageChange = 'message.status' | 'message.updated';

/** Writes a message of a locked conversation with its next version, keeps the list's preview true, and tells. */
export async function changeMessage(
  unit: Unit,
  draft: ConversationDraft,
  message: MessageRow,
  changes: Partial<MessageRow>,
  event: MessageChange,
): Promise<Message> {
  const changed = await applyChange(unit, draft, message, changes, event);
  await saveConversation(unit, draft);
  return changed;
}

/** As `changeMessage`, for a draft that is saved later. */
export async function applyChange(
  unit: Unit,
  draft: ConversationDraft,
  message: MessageRow,
  changes: Partial<MessageRow>,
  event: MessageChange,
): Promise<Message> {
  const { id, ...columns } = { ...message, ...changes, version: message.version + 1 };
  await unit.tx.updateTable('messages').set(columns).where('id', '=', id).execute();
  const changed = await messageFromRow(unit.tx, { id, ...columns });
  if (isNewest(draft.row.lastMessage, id)) draft.row.lastMessage = JSON.stringify(previewOf(changed));
  draft.announcements.push((conversation) => unit.emit(event, { message: changed, conversation }, conversation.id));
  return changed;
}

/** The same for a message that is known by its id; locks its conversation first, as every command does. */
export async function changeMessageById(
  unit: Unit,
  messageId: string,
  change: (message: MessageRow) => Partial<MessageRow> | null,
  event: MessageChange,
): Promise<void> {
  const found = await unit.tx
    .selectFrom('messages')
    .select('conversationId')
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', messageId)
    .executeTakeFirst();
  if (!found) return;
  const draft = await openConversation(unit, found.conversationId);
  const message = await unit.tx
    .selectFrom('messages')
    .selectAll()
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow();
  const changes = change(message);
  if (changes) await changeMessage(unit, draft, message, changes, event);
}

function isNewest(lastMessage: string | null, messageId: string): boolean {
  return lastMessage !== null && (JSON.parse(lastMessage) as { id?: string }).id === messageId;
}
