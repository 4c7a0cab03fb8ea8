import type { Message } from '@prosa/core/contract';
import { minute } from '../clock.ts';
import { refuse } from '../domain/problems.ts';
import { getMessage } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { openConversation, saveConversation } from './conversation-draft.ts';
import { authoredBy, type Principal } from './principal.ts';
import { requireFirst, sendAgain } from './send-again.ts';
import { requireReachable, requireSendable } from './send-message.ts';

/** So long a status may still tell what became of a message whose answer was lost; then it is for people to decide. */
export const unconfirmedForMs = 10 * minute;

/** Sends what failed again: a new message, linked to the old one, which keeps its failure. */
export async function resendMessage(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  const draft = await openConversation(unit, conversationId);
  const failed = await getMessage(unit.tx, unit.workspaceId, conversationId, messageId);
  await requireResendable(unit, failed);
  await requireFirst(unit, failed);
  await requireSendable(unit, principal, draft.row, failed.content.type);
  const sent = await sendAgain(unit, draft, messageId, { author: authoredBy(principal) });
  await saveConversation(unit, draft);
  return sent;
}

/** The same for whoever looks after the queue of jobs: it stays a message of who wrote it. */
export async function redriveMessage(unit: Unit, conversationId: string, messageId: string): Promise<Message> {
  const draft = await openConversation(unit, conversationId);
  const failed = await getMessage(unit.tx, unit.workspaceId, conversationId, messageId);
  if (failed.status !== 'failed') refuse('message_not_resendable');
  await requireFirst(unit, failed);
  requireReachable(unit, draft.row, failed.content.type);
  const sent = await sendAgain(unit, draft, messageId);
  await saveConversation(unit, draft);
  return sent;
}

async function requireResendable(unit: Unit, { id, direction, status }: Message): Promise<void> {
  if (direction === 'outbound' && status === 'failed') return;
  if (direction !== 'outbound' || status !== 'unconfirmed') refuse('message_not_resendable');
  const lost = await unit.tx
    .selectFrom('jobs')
    .select('finishedAt')
    .where('subjectId', '=', id)
    .where('state', '=', 'unconfirmed')
    .executeTakeFirst();
  if (!lost) refuse('message_not_resendable');
  if (unit.now - (lost.finishedAt ?? 0) >= unconfirmedForMs) return;
  refuse('message_not_resendable', {
    detail: 'It may have arrived: WhatsApp has ten minutes to say so before it can be sent again.',
  });
}
