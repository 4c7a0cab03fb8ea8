import type { Conversation } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { findQueue } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { enterQueue } from './enter-queue.ts';
import { closeUnattended } from './finish-conversation.ts';
import { personOf, type Principal } from './principal.ts';

/** The automation hands it to people (T8): it gets its protocol, and waits in the queue. */
export async function handOver(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  { queueId }: { readonly queueId?: string | undefined },
): Promise<Conversation> {
  const { draft, next } = await openOfBot(unit, conversationId, 'hand_over');
  const { row } = draft;
  if (queueId !== undefined) {
    if (!(await findQueue(unit.tx, unit.workspaceId, queueId))) {
      refuse('validation_failed', { errors: [{ path: 'body.queueId', message: 'there is no such queue' }] });
    }
    row.queueId = queueId;
  }
  row.status = next;
  row.waitingSince = unit.now;
  row.lastActivityAt = unit.now;
  announce(unit, draft, 'bot.handover');
  await appendTimeline(unit, draft, { name: 'handed_over', by: personOf(principal) });
  await enterQueue(unit, draft);
  return await saveConversation(unit, draft);
}

/** The automation is done with it (T9), and has said goodbye itself. */
export async function resolveByBot(unit: Unit, principal: Principal, conversationId: string): Promise<Conversation> {
  const { draft } = await openOfBot(unit, conversationId, 'resolve_by_bot');
  const outcome = 'bot_resolved';
  await closeUnattended(unit, draft, outcome, { name: 'closed', by: personOf(principal), outcome });
  return await saveConversation(unit, draft);
}

async function openOfBot(
  unit: Unit,
  conversationId: string,
  command: 'hand_over' | 'resolve_by_bot',
): Promise<{ readonly draft: ConversationDraft; readonly next: Conversation['status'] }> {
  const draft = await openConversation(unit, conversationId);
  const { status } = draft.row;
  if (isOver(status)) refuse('conversation_closed');
  const next = nextStatus(status as Conversation['status'], command);
  if (next === null) refuse('transition_not_allowed', { detail: 'No automation has it.' });
  return { draft, next };
}
