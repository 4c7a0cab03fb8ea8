import type { AttachmentRow, MessageRow, Outbound } from '../channels/channel.ts';
import { storedFileIds } from '../domain/outbound-content.ts';
import type { Reader } from '../store/database.ts';
import type { DeliveryDeps } from './deps.ts';
import type { JobRow } from './jobs.ts';

/** The message with everything that its channel needs; `null` when it is no longer there. */
export async function loadOutbound(
  { db }: Pick<DeliveryDeps, 'db'>,
  job: Pick<JobRow, 'workspaceId' | 'subjectId'>,
): Promise<Outbound | null> {
  const message = await db.read
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', job.workspaceId)
    .where('id', '=', job.subjectId)
    .executeTakeFirst();
  if (!message) return null;
  const [channel, contact, files, quotedProviderId] = await Promise.all([
    db.read.selectFrom('channels').selectAll().where('id', '=', message.channelId).executeTakeFirst(),
    db.read
      .selectFrom('contacts')
      .innerJoin('conversations', 'conversations.contactId', 'contacts.id')
      .selectAll('contacts')
      .where('conversations.id', '=', message.conversationId)
      .executeTakeFirst(),
    filesOf(db.read, message),
    quotedBy(db.read, message),
  ]);
  if (!channel || !contact) return null;
  const attachment = files.find(({ id }) => id === message.attachmentId) ?? null;
  return { channel, contact, message, attachment, files, quotedProviderId };
}

async function filesOf(db: Reader, { workspaceId, content, attachmentId }: MessageRow): Promise<AttachmentRow[]> {
  const ids = storedFileIds(JSON.parse(content) as Record<string, unknown>, attachmentId);
  if (ids.length === 0) return [];
  return await db
    .selectFrom('attachments')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .execute();
}

async function quotedBy(db: Reader, { conversationId, replyTo }: MessageRow): Promise<string | null> {
  const { messageId = null } = (replyTo === null ? {} : JSON.parse(replyTo)) as { readonly messageId?: string | null };
  if (messageId === null) return null;
  const quoted = await db
    .selectFrom('messages')
    .select('providerId')
    .where('conversationId', '=', conversationId)
    .where('id', '=', messageId)
    .executeTakeFirst();
  return quoted?.providerId ?? null;
}
