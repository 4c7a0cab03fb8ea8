import { sql } from 'kysely';
import { previewOf } from '../domain/message-preview.ts';
import { newId } from '../domain/ids.ts';
import type { ChannelRow } from '../channels/channel.ts';
import type { ContactRow } from '../store/contacts.ts';
import { messageFromRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { applyToTarget } from './apply-change.ts';
import { beginConversation } from './begin-conversation.ts';
import { appendMessage, draftOf, saveConversation, type ConversationDraft } from './conversation-draft.ts';
import { applyEarlyChanges } from './early-changes.ts';
import type { ImportedMessage, ImportedThread } from './inbound.ts';
import { storeContent } from './inbound-content.ts';
import { marksOf } from './message-marks.ts';
import { resolveContact } from './resolve-contact.ts';

/**
 * What was said with a person before the number came to the gateway: into one conversation that is over, in the order of
 * its times however its parts come in. Nobody is told, nothing opens, and what is known already is left out.
 */
export async function importHistory(unit: Unit, thread: ImportedThread): Promise<void> {
  const { channel } = thread;
  const contact = await resolveContact(unit, channel.id, thread.contact);
  const fresh: ImportedMessage[] = [];
  for (const message of thread.messages) {
    const file = { kind: 'file', content: message.content } as const;
    const { providerId, at } = message;
    const known = await applyToTarget(unit, {
      channel,
      providerId,
      targetId: providerId,
      by: 'phone',
      contact: null,
      at,
      change: file,
    });
    if (known === null && !fresh.some((other) => other.providerId === providerId)) fresh.push(message);
  }
  if (fresh.length === 0) return;
  const draft = await importedDraft(unit, channel, contact, fresh);
  for (const message of fresh) await append(unit, draft, contact, message);
  await putInOrder(unit, draft);
  draft.announcements.length = 0;
  await saveConversation(unit, draft);
  for (const { providerId } of fresh) await applyEarlyChanges(unit, channel, providerId);
}

/** A conversation that is over from its first message on: it holds what was said where the gateway was not. */
export async function beginImported(
  unit: Unit,
  { channel, contactId, at }: { readonly channel: ChannelRow; readonly contactId: string; readonly at: number },
): Promise<ConversationDraft> {
  const { row } = await beginConversation(unit, { channel, contactId, status: 'queued', queueId: channel.queueId });
  const draft = draftOf({
    ...row,
    status: 'closed',
    imported: 1,
    waitingSince: null,
    queuedAt: null,
    windowExpiresAt: at,
    lastActivityAt: at,
    createdAt: at,
    closedAt: at,
  });
  return draft;
}

async function importedDraft(
  unit: Unit,
  channel: ChannelRow,
  { id: contactId }: ContactRow,
  messages: readonly ImportedMessage[],
): Promise<ConversationDraft> {
  const query = unit.tx
    .selectFrom('conversations')
    .selectAll()
    .where('contactId', '=', contactId)
    .where('channelId', '=', channel.id)
    .where('imported', '=', 1)
    .orderBy('id')
    .limit(1);
  const row = await unit.db.lock(query).executeTakeFirst();
  const at = Math.min(...messages.map((message) => message.at));
  return row ? draftOf(row) : await beginImported(unit, { channel, contactId, at });
}

async function append(
  unit: Unit,
  draft: ConversationDraft,
  contact: ContactRow,
  { providerId, at, outbound, status, content, marks }: ImportedMessage,
): Promise<void> {
  const id = newId('message', at);
  const times = {
    deliveredAt: status === 'sent' ? null : at,
    readAt: status === 'read' || status === 'played' ? at : null,
  };
  const failed = status === 'failed';
  await appendMessage(
    unit,
    draft,
    {
      id,
      ...(await storeContent(unit, draft, id, content)),
      ...(await marksOf(unit, { channelId: draft.row.channelId, contactId: contact.id }, marks)),
      providerId,
      createdAt: at,
      ...(outbound
        ? {
            direction: 'outbound',
            authorKind: 'phone',
            status,
            sentAt: failed ? null : at,
            ...(failed ? { failedAt: at, failure: notDelivered } : times),
          }
        : { direction: 'inbound', authorKind: 'customer', authorId: contact.id, authorName: contact.name }),
    },
    { quiet: true },
  );
}

const notDelivered = JSON.stringify({ code: 'history', detail: 'WhatsApp says that it was not delivered' });

/** Messages are numbered by their times; the conversation is as old as the first, and was over with the last. */
async function putInOrder(unit: Unit, { row }: ConversationDraft): Promise<void> {
  const { tx } = unit;
  // Twice, because no two messages may have the same number meanwhile.
  await tx
    .updateTable('messages')
    .set((eb) => ({ position: eb('position', '*', -1) }))
    .where('conversationId', '=', row.id)
    .execute();
  await sql`UPDATE messages SET position = placed.place
    FROM (SELECT id AS placed_id, ROW_NUMBER() OVER (ORDER BY created_at, position DESC) AS place
      FROM messages WHERE conversation_id = ${row.id}) AS placed
    WHERE messages.id = placed.placed_id AND messages.conversation_id = ${row.id}`.execute(tx);
  const ordered = tx.selectFrom('messages').selectAll().where('conversationId', '=', row.id);
  const first = await ordered.orderBy('position').limit(1).executeTakeFirstOrThrow();
  const last = await ordered.orderBy('position', 'desc').limit(1).executeTakeFirstOrThrow();
  const preview = previewOf(await messageFromRow(tx, last));
  row.createdAt = first.createdAt;
  row.closedAt = last.createdAt;
  row.lastActivityAt = last.createdAt;
  row.lastMessage = preview && JSON.stringify(preview);
  row.silentSince = null;
}
