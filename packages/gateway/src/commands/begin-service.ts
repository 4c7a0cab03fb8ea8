import type { Unit } from '../store/unit.ts';
import type { ConversationDraft } from './conversation-draft.ts';

/** From here on the agent attends it, whichever way it came to them. The status is the command's. */
export function beginService(unit: Unit, { row }: ConversationDraft, agentId: string): void {
  row.assigneeId = agentId;
  row.answeredAt ??= unit.now;
  row.lastActivityAt = unit.now;
  // What an automation or another agent wrote before gives the customer nothing to react to now.
  row.silentSince = null;
}
