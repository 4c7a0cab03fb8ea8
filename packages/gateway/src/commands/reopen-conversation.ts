import type { Conversation } from '@prosa/core/contract';
import { minute } from '../clock.ts';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import type { Person } from '../domain/person.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { lockConversation, type ConversationRow } from '../store/conversations.ts';
import { queueInEffect } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { enterQueue } from './enter-queue.ts';
import { personOf, type Principal } from './principal.ts';
import { requireFree } from './require-free.ts';

/** Puts what is over back into its queue, with the protocol that it has (T28). */
export async function reopenConversation(
  unit: Unit,
  principal: Principal,
  conversationId: string,
): Promise<Conversation> {
  const contactId = await lockContactOf(unit, conversationId);
  const draft = await openConversation(unit, conversationId);
  const { status } = draft.row;
  if (nextStatus(status as Conversation['status'], 'reopen') === null) {
    refuse('transition_not_allowed', {
      detail: status === 'wrap_up' ? 'Its record has to be saved first.' : 'It is not over.',
    });
  }
  await requireFree(unit, principal, contactId);
  await reopen(unit, draft, personOf(principal));
  return await saveConversation(unit, draft);
}

/** Of the locked conversation. `by` is `null` when the customer wrote again. */
export async function reopen(unit: Unit, draft: ConversationDraft, by: Person | null): Promise<void> {
  const { row } = draft;
  row.status = nextStatus(row.status as Conversation['status'], 'reopen') ?? row.status;
  row.assigneeId = null;
  row.outcome = null;
  row.endedAt = null;
  row.closedAt = null;
  row.waitingSince = unit.now;
  row.refusedBy = '[]';
  row.priority = 0;
  row.lastActivityAt = unit.now;
  announce(unit, draft, 'conversation.reopened');
  await appendTimeline(unit, draft, { name: 'reopened', by });
  await enterQueue(unit, draft, { byHand: by !== null });
}

/** Ended by somebody who did not want to hear more of it, or by an automation that has to be asked first. */
const notReopened: readonly (string | null)[] = ['discarded', 'bot_resolved'];

/**
 * The last conversation of the contact, locked, when a message of theirs at `at` reopens it: its queue says for how long
 * after the end. The contact is locked already.
 */
export async function lockReopenable(
  unit: Unit,
  { contactId, channelId, at }: { readonly contactId: string; readonly channelId: string; readonly at: number },
): Promise<ConversationRow | undefined> {
  const last = await unit.tx
    .selectFrom('conversations')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('contactId', '=', contactId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last || last.channelId !== channelId || !isOver(last.status)) return undefined;
  const { settings } = await queueInEffect(unit.tx, last.queueId);
  const { reopenWithinMinutes } = settings;
  if (reopenWithinMinutes === null) return undefined;
  // Under its lock: an agent may have reopened and finished it meanwhile.
  const row = await lockConversation(unit.db, unit.tx, unit.workspaceId, last.id);
  const reopens =
    isOver(row.status) &&
    !notReopened.includes(row.outcome) &&
    row.endedAt !== null &&
    at < row.endedAt + reopenWithinMinutes * minute;
  return reopens ? row : undefined;
}

/** Before the conversation, as whoever receives a message does: so that no other one can begin meanwhile. */
async function lockContactOf(unit: Unit, conversationId: string): Promise<string> {
  const { workspaceId, tx } = unit;
  const found = await tx
    .selectFrom('conversations')
    .select('contactId')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', conversationId)
    .executeTakeFirst();
  if (!found) notFound('conversation');
  const query = tx
    .selectFrom('contacts')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', found.contactId);
  const contact = await unit.db.lock(query).executeTakeFirst();
  // A visitor has just become somebody else's contact: asked again, the conversation says whose.
  return contact?.id ?? (await lockContactOf(unit, conversationId));
}
