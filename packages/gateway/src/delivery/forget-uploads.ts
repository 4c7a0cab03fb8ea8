import { storedFileIds } from '../domain/outbound-content.ts';
import type { MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';

/**
 * The provider refused what the message has in it: its files are brought there anew when it is sent again, or another
 * message with the same file. The upload may have been deleted, or be of another time of the number.
 */
export async function forgetUploads(
  unit: Unit,
  { content, attachmentId }: Pick<MessageRow, 'content' | 'attachmentId'>,
): Promise<void> {
  const ids = storedFileIds(JSON.parse(content) as Record<string, unknown>, attachmentId);
  if (ids.length === 0) return;
  await unit.tx
    .updateTable('attachments')
    .set({ providerMediaExpiresAt: null })
    .where('workspaceId', '=', unit.workspaceId)
    .where('providerMediaExpiresAt', 'is not', null)
    .where('storageKey', 'in', (eb) => eb.selectFrom('attachments').select('storageKey').where('id', 'in', ids))
    .execute();
}
