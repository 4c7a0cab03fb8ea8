import type { Message } from '@prosa/core/contract';
import { dispatchReason, type DispatchProblem } from '../domain/dispatch-problems.ts';
import type { Unit } from '../store/unit.ts';
import { applyChange } from './change-message.ts';
import { openConversation, saveConversation } from './conversation-draft.ts';
import { closeUnattended } from './finish-conversation.ts';

/** Why messages of a dispatch do not go, and what their lines are from then on. */
export interface Withdrawal {
  readonly state: 'cancelled' | 'skipped';
  readonly problem: DispatchProblem;
  /** `null`: nobody in particular. */
  readonly by: { readonly id: string; readonly name: string } | null;
}

/** What a message says that we kept back ourselves. */
export function ownFailure(problem: DispatchProblem): NonNullable<Message['failure']> {
  const reason = dispatchReason(problem);
  return { code: problem, detail: reason?.en ?? problem, reason };
}

/**
 * Messages of a dispatch that did not go, and whose jobs have ended: they stay in their conversations as failed, and a
 * conversation with nothing else is over.
 */
export async function withdrawMessages(
  unit: Unit,
  dispatchId: string,
  messageIds: readonly string[],
  { state, problem, by }: Withdrawal,
): Promise<void> {
  if (messageIds.length === 0) return;
  const messages = await unit.tx
    .selectFrom('messages')
    .select(['id', 'conversationId'])
    .where('id', 'in', messageIds)
    .orderBy('conversationId')
    .execute();
  const failure = ownFailure(problem);
  for (const { id, conversationId } of messages) {
    const draft = await openConversation(unit, conversationId);
    const message = await unit.tx.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    if (message.status !== 'pending') continue;
    const changes = { status: 'failed', failure: JSON.stringify(failure), failedAt: unit.now };
    await applyChange(unit, draft, message, changes, 'message.status');
    if (draft.row.status === 'awaiting_reply') {
      const told = by && { name: 'discarded' as const, by, reason: failure.reason?.['pt-BR'] ?? problem };
      await closeUnattended(unit, draft, 'discarded', told ?? undefined);
    }
    await saveConversation(unit, draft);
  }
  await unit.tx
    .updateTable('dispatchRecipients')
    .set({ state, problem })
    .where('dispatchId', '=', dispatchId)
    .where('messageId', 'in', messageIds)
    .execute();
}
