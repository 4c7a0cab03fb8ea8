import type { NamedFile } from '../domain/outbound-content.ts';
import { refuse } from '../domain/problems.ts';
import { findAttachmentRow } from '../store/attachments.ts';
import type { ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';

/** Whether the file is there, is of a kind that fits, and belongs to no message yet. */
export async function requireFile(unit: Unit, { id, path, kindPath = path, kinds }: NamedFile): Promise<void> {
  const attachment = await findAttachmentRow(unit.tx, unit.workspaceId, id);
  if (!attachment) refuse('validation_failed', { errors: [{ path, message: 'there is no such attachment' }] });
  if (attachment.messageId !== null) refuse('attachment_in_use');
  if (attachment.status !== 'ready') refuse('attachment_not_ready');
  if ((kinds as readonly string[]).includes(attachment.kind)) return;
  const wrong = `the attachment is of kind ${attachment.kind}, not ${kinds.join(' or ')}`;
  refuse('validation_failed', { errors: [{ path: kindPath, message: wrong }] });
}

export async function attachFile(
  unit: Unit,
  attachmentId: string,
  row: Pick<ConversationRow, 'id' | 'channelId'>,
  messageId: string,
): Promise<void> {
  await unit.tx
    .updateTable('attachments')
    .set({ channelId: row.channelId, conversationId: row.id, messageId })
    .where('id', '=', attachmentId)
    .execute();
}
