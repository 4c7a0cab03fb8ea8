import type { Agent, Conversation, Message } from '@prosa/core/contract';
import { expect } from 'vitest';
import { lifecycle, nextStatus, type LifecycleState } from '../domain/lifecycle.ts';
import type { Database } from '../store/database.ts';

/** An event of the workspace's log, with what it shows. */
export interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly occurredAt: number;
  readonly conversation?: Conversation;
  readonly message?: Message;
  readonly agent?: Agent;
}

/** What the workspace told after the event of that number, in order. */
export async function readLog(db: Database, workspaceId: string, after = 0): Promise<readonly LoggedEvent[]> {
  const rows = await db.read
    .selectFrom('events')
    .select(['seq', 'type', 'data', 'occurredAt'])
    .where('workspaceId', '=', workspaceId)
    .where('seq', '>', after)
    .orderBy('seq')
    .execute();
  return rows.map(({ data, ...row }) => ({ ...(JSON.parse(data) as Partial<LoggedEvent>), ...row }));
}

/** Where one command makes two moves of the table: from → over → to. */
const doubleMoves: readonly (readonly [readonly LifecycleState[], Conversation['status'], Conversation['status'][]])[] =
  [
    // Finishing without a form.
    [['active', 'pending', 'awaiting_reply'], 'wrap_up', ['closed']],
    // Out of hours nobody waits.
    [['none', 'bot', 'closed', 'expired'], 'queued', ['triage', 'closed']],
  ];

/** Whether a single command may lead from the one to the other. */
export function isOneMove(from: LifecycleState, to: Conversation['status']): boolean {
  if (leadsTo(from, to)) return true;
  return doubleMoves.some(
    ([starts, over, ends]) => starts.includes(from) && ends.includes(to) && leadsTo(from, over) && leadsTo(over, to),
  );
}

function leadsTo(from: LifecycleState, to: Conversation['status']): boolean {
  return (Object.keys(lifecycle[from]) as Parameters<typeof nextStatus>[1][]).some(
    (command) => nextStatus(from, command) === to,
  );
}

/** The states of conversations as the log tells them. */
export interface ToldStates {
  /** The number of the newest event. */
  readonly seq: number;
  /** Every change of state that was told, as `from → to`. */
  readonly moves: ReadonlySet<string>;
  of(conversationId: string): Conversation | undefined;
  /** Takes what was told next, and checks that each command made a move of the table. */
  take(events: readonly LoggedEvent[]): void;
}

export function toldStates(): ToldStates {
  const states = new Map<string, Conversation>();
  const moves = new Set<string>();
  let last = 0;

  return {
    get seq() {
      return last;
    },
    moves,
    of: (conversationId) => states.get(conversationId),
    take(events) {
      for (const { seq, conversation } of events) {
        expect(seq, 'the log has no gaps').toBe(last + 1);
        last = seq;
        if (conversation) takeState(conversation);
      }
    },
  };

  function takeState(is: Conversation): void {
    const was = states.get(is.id);
    const from = was?.status ?? 'none';
    expect(is.version, 'a version never goes back').toBeGreaterThanOrEqual(was?.version ?? 1);
    if (is.version === was?.version) expect(is.status, 'a version is one state').toBe(from);
    else if (is.status !== from && !isOneMove(from, is.status)) {
      throw new Error(`no command leads from ${from} to ${is.status}`);
    }
    if (is.status !== from) moves.add(`${from} → ${is.status}`);
    if (was?.protocol) expect(is.protocol, 'never another number').toBe(was.protocol);
    states.set(is.id, is);
  }
}
