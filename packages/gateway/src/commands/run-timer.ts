import type { Conversation } from '@prosa/core/contract';
import { timerDue, type DeskTimer } from '../domain/deadlines.ts';
import { nextStatus } from '../domain/lifecycle.ts';
import { queueInEffect } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';
import { sayIfReachable, sayOfQueue } from './automatic-message.ts';
import { endService } from './close-conversation.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { closeUnattended, endChat } from './finish-conversation.ts';
import { park } from './park-conversation.ts';

/**
 * Does what time has made due in a conversation: looked at again under the lock, because an agent, the customer or
 * another process may have been first.
 * @returns what it was; `null`: nothing any more
 */
export async function runTimer(unit: Unit, conversationId: string): Promise<DeskTimer | null> {
  const draft = await openConversation(unit, conversationId);
  const { settings } = await queueInEffect(unit.tx, draft.row.queueId);
  const timer = timerDue(draft.row, settings, unit.now);
  switch (timer) {
    case null:
      return null;
    case 'no_answer':
    case 'window_expired':
      await expire(unit, draft, timer);
      break;
    case 'queue_timeout':
      await giveUpWaiting(unit, draft);
      break;
    case 'inactivity':
      await endService(unit, draft, 'inactivity', { by: null, outcome: 'inactivity' });
      break;
    case 'pending':
      await park(unit, draft, null);
  }
  await saveConversation(unit, draft);
  return timer;
}

/** T7, T30. The customer is told nothing: there is no window to do it in. */
async function expire(unit: Unit, draft: ConversationDraft, reason: 'no_answer' | 'window_expired'): Promise<void> {
  const { row } = draft;
  row.status = nextStatus(row.status as Conversation['status'], 'expire') ?? row.status;
  endChat(unit, draft, reason);
  row.closedAt = unit.now;
  await appendTimeline(unit, draft, { name: 'expired', reason });
  announce(unit, draft, 'conversation.expired');
}

const timeoutNotice = 'Não conseguimos atender você desta vez. Se ainda precisar de ajuda, escreva de novo.';

/** T15. */
async function giveUpWaiting(unit: Unit, draft: ConversationDraft): Promise<void> {
  if (!(await sayOfQueue(unit, draft, 'unavailable'))) await sayIfReachable(unit, draft, timeoutNotice);
  await closeUnattended(unit, draft, 'queue_timeout');
}
