import type { EventType } from '@prosa/core/contract';
import type { Tx } from '../store/database.ts';
import { takeNumbers } from '../store/counters.ts';

export interface NewEvent {
  readonly type: EventType;
  readonly data: unknown;
  readonly conversationId: string | null;
}

/**
 * Appends to the workspace's log. The numbers come from a counter row, whose lock makes the order of the numbers the
 * order of the commits: a reader that has seen number n never meets a smaller one later. An autoincrement could not
 * promise that.
 */
export async function appendEvents(
  tx: Tx,
  workspaceId: string,
  now: number,
  events: readonly NewEvent[],
): Promise<void> {
  const last = await takeNumbers(tx, workspaceId, 'event', events.length);
  const first = last - events.length + 1;
  const rows = events.map((event, index) => ({
    workspaceId,
    seq: first + index,
    type: event.type,
    conversationId: event.conversationId,
    data: JSON.stringify(event.data),
    occurredAt: now,
  }));
  await tx.insertInto('events').values(rows).execute();
}
