import { chatOverStatuses } from '../domain/lifecycle.ts';
import type { ConversationStatus } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import { newId } from '../domain/ids.ts';
import type { ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { announce, draftOf, type ConversationDraft } from './conversation-draft.ts';

const inService = ['active', 'pending'] as const satisfies readonly ConversationStatus[];

/**
 * The conversation that the contact is in, locked. The contact is locked already, so no other can begin meanwhile. Who
 * was two contacts can be in two: then it is the one that somebody attends, or the newer one.
 */
export async function lockOpenConversation(unit: Unit, contactId: string): Promise<ConversationRow | undefined> {
  const query = unit.tx
    .selectFrom('conversations')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('contactId', '=', contactId)
    .where('status', 'not in', chatOverStatuses)
    .orderBy((eb) => eb.case().when('status', 'in', inService).then(0).else(1).end())
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1);
  return await unit.db.lock(query).executeTakeFirst();
}

export interface Beginning {
  readonly channel: Pick<ChannelRow, 'id' | 'kind'>;
  readonly contactId: string;
  readonly status: Extract<ConversationStatus, 'queued' | 'bot' | 'awaiting_reply'>;
  readonly queueId: string | null;
  readonly assigneeId?: string | null;
  readonly subject?: string | null | undefined;
  readonly pageUrl?: string | null | undefined;
}

/** A new conversation of the contact, linked to the one before. It has no message yet, and is not saved. */
export async function beginConversation(
  unit: Unit,
  { channel, contactId, status, queueId, assigneeId = null, subject = null, pageUrl = null }: Beginning,
): Promise<ConversationDraft> {
  const previous = await unit.tx
    .selectFrom('conversations')
    .select(['id', 'windowExpiresAt'])
    .where('contactId', '=', contactId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const awaiting = status === 'awaiting_reply';
  const waitingSince = status === 'queued' ? unit.now : null;
  const row = await unit.tx
    .insertInto('conversations')
    .values({
      id: newId('conversation', unit.now),
      workspaceId: unit.workspaceId,
      channelId: channel.id,
      origin: channel.kind,
      contactId,
      queueId,
      assigneeId,
      status,
      protocol: null,
      previousConversationId: previous?.id ?? null,
      unreadCount: 0,
      waitingSince,
      queuedAt: waitingSince,
      // The window is the customer's, not the conversation's: what they wrote before holds it open.
      windowExpiresAt: awaiting ? Math.max(previous?.windowExpiresAt ?? 0, unit.now) : null,
      outcome: null,
      subject,
      pageUrl,
      agentReadPosition: 0,
      visitorReadPosition: 0,
      lastMessage: null,
      nextPosition: 1,
      lastActivityAt: unit.now,
      createdAt: unit.now,
      closedAt: null,
      version: 0,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const draft = draftOf(row);
  announce(unit, draft, 'conversation.created');
  return draft;
}
