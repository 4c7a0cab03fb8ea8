import type { MessageStatus, VisitorConversation } from '@prosa/core/contract';
import { advanceStatus } from '../domain/message-status.ts';
import type { Unit } from '../store/unit.ts';
import { getVisitorConversation } from '../store/visitor-conversations.ts';
import { applyChange } from './change-message.ts';
import { openConversation, saveConversation } from './conversation-draft.ts';
import type { VisitorPrincipal } from './principal.ts';

export interface VisitorReceipt {
  /** All messages up to this one. */
  readonly position: number;
  readonly status: 'delivered' | 'read';
}

/** The visitor's browser has, or shows, what the team wrote up to a position. Never goes back. */
export async function takeReceipt(
  unit: Unit,
  visitor: VisitorPrincipal,
  conversationId: string,
  { position, status }: VisitorReceipt,
): Promise<VisitorConversation> {
  await getVisitorConversation(unit.tx, visitor, conversationId, unit.now);
  const draft = await openConversation(unit, conversationId);
  const before = status === 'read' ? (['sent', 'delivered'] as const) : (['sent'] as const);
  const messages = await unit.tx
    .selectFrom('messages')
    .selectAll()
    .where('conversationId', '=', conversationId)
    .where('direction', '=', 'outbound')
    .where('position', '<=', position)
    .where('status', 'in', before)
    .orderBy('position')
    .execute();
  for (const message of messages) {
    const changes = {
      status: advanceStatus(message.status as MessageStatus, status),
      deliveredAt: message.deliveredAt ?? unit.now,
      ...(status === 'read' && { readAt: unit.now }),
    };
    await applyChange(unit, draft, message, changes, 'message.status');
  }
  if (messages.length > 0) {
    const { row } = draft;
    if (status === 'read') {
      row.visitorReadPosition = Math.max(row.visitorReadPosition, Math.min(position, row.nextPosition - 1));
    }
    await saveConversation(unit, draft);
  }
  return await getVisitorConversation(unit.tx, visitor, conversationId, unit.now);
}
