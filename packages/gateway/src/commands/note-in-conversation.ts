import type { TimelineEvent } from '@prosa/core/contract';
import type { Unit } from '../store/unit.ts';
import { lockOpenConversation } from './begin-conversation.ts';
import { appendMessage, draftOf, saveConversation } from './conversation-draft.ts';

/**
 * A line in the conversation that the contact, which is locked, is in; without one there is nobody to tell.
 * @param providerId the channel's id of the news: told again, they are no second line
 */
export async function noteInConversation(
  unit: Unit,
  contactId: string,
  event: TimelineEvent,
  providerId: string | null,
): Promise<void> {
  const row = await lockOpenConversation(unit, contactId);
  if (!row) return;
  if (providerId !== null && (await isKnown(unit, row.channelId, providerId))) return;
  const draft = draftOf(row);
  await appendMessage(unit, draft, {
    direction: 'internal',
    authorKind: 'system',
    type: 'event',
    content: { event },
    providerId,
  });
  await saveConversation(unit, draft);
}

/** Whether a message with the channel's id is stored. Its contact is locked. */
export async function isKnown({ tx }: Unit, channelId: string, providerId: string): Promise<boolean> {
  const known = await tx
    .selectFrom('messages')
    .select('id')
    .where('channelId', '=', channelId)
    .where('providerId', '=', providerId)
    .executeTakeFirst();
  return known !== undefined;
}
