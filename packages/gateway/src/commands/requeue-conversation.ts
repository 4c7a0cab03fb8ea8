import type { Conversation, MessagePreview } from '@prosa/core/contract';
import { second } from '../clock.ts';
import { nextStatus } from '../domain/lifecycle.ts';
import type { AgentRow } from '../store/agents.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { announce, appendTimeline, openConversation, saveConversation } from './conversation-draft.ts';

type Loss = 'disconnected' | 'offline' | 'deactivated';

/**
 * Takes a conversation from an agent who is gone, to the front of its queue (T23): only while the customer waits for an
 * answer, so that nobody is moved who has nothing to say. Looked at again under the lock.
 */
export async function requeueConversation(unit: Unit, conversationId: string): Promise<void> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  const next = nextStatus(row.status as Conversation['status'], 'requeue');
  if (next === null || row.status !== 'active' || row.assigneeId === null || !awaitsAnswer(row)) return;
  const agent = await unit.tx
    .selectFrom('agents')
    .selectAll()
    .where('id', '=', row.assigneeId)
    .executeTakeFirstOrThrow();
  const { disconnectGraceSeconds } = await workspaceSettings(unit.tx, unit.workspaceId);
  const reason = lossOf(agent, disconnectGraceSeconds, unit.now);
  if (reason === null) return;

  row.status = next;
  row.assigneeId = null;
  row.waitingSince ??= unit.now;
  row.priority += 1;
  row.refusedBy = '[]';
  row.lastActivityAt = unit.now;
  announce(unit, draft, 'conversation.requeued');
  await appendTimeline(unit, draft, { name: 'requeued', from: { id: agent.id, name: agent.name }, reason });
  await saveConversation(unit, draft);
}

function awaitsAnswer({ unreadCount, lastMessage }: ConversationRow): boolean {
  if (unreadCount > 0) return true;
  return lastMessage !== null && (JSON.parse(lastMessage) as MessagePreview).direction === 'inbound';
}

type Presence = Pick<AgentRow, 'active' | 'connected' | 'disconnectedAt' | 'presence' | 'presenceSince'>;

/** @param graceSeconds `null`: whoever goes offline or loses the connection keeps what they have */
export function lossOf(
  { active, connected, disconnectedAt, presence, presenceSince }: Presence,
  graceSeconds: number | null,
  now: number,
): Loss | null {
  if (active === 0) return 'deactivated';
  if (graceSeconds === null) return null;
  if (presence === 'offline' && now - presenceSince >= graceSeconds * second) return 'offline';
  // Who never held a stream cannot have lost it: they work through another client.
  if (connected === 1 || disconnectedAt === null) return null;
  return now - disconnectedAt >= graceSeconds * second ? 'disconnected' : null;
}
