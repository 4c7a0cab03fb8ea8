import type { ConversationOutcome, TimelineEvent } from '@prosa/core/contract';
import type { Unit } from '../store/unit.ts';
import { announce, appendTimeline, type ConversationDraft } from './conversation-draft.ts';
import { withdrawOffer } from './offer.ts';

/** The chat is over: nothing is unread in it, and no card of it is out. What is left to do is its record. */
export function endChat(unit: Unit, draft: ConversationDraft, outcome: ConversationOutcome): void {
  const { row } = draft;
  row.outcome = outcome;
  row.endedAt = unit.now;
  row.lastActivityAt = unit.now;
  row.unreadCount = 0;
  row.silentSince = null;
  withdrawOffer(draft);
}

/** Puts the locked conversation, whose chat is over, among those that are closed, and says how in the timeline. */
export async function closeFor(unit: Unit, draft: ConversationDraft, told: TimelineEvent): Promise<void> {
  draft.row.status = 'closed';
  draft.row.closedAt = unit.now;
  draft.row.lastActivityAt = unit.now;
  await appendTimeline(unit, draft, told);
  announce(unit, draft, 'conversation.closed');
}

/** Closes what nobody attended (T9, T10, T15): nothing is left to fill in. */
export async function closeUnattended(
  unit: Unit,
  draft: ConversationDraft,
  outcome: ConversationOutcome,
  told: TimelineEvent = { name: 'closed', by: null, outcome },
): Promise<void> {
  endChat(unit, draft, outcome);
  announce(unit, draft, 'conversation.ended');
  await closeFor(unit, draft, told);
}
