import { loop, type Background } from '../background.ts';
import { second } from '../clock.ts';
import { connectAgent, disconnectAgent } from '../commands/agent-stream.ts';
import { newId } from '../domain/ids.ts';
import type { Log } from '../log.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import { heartbeatSeconds } from './frames.ts';

/** A stream that its process has not seen for so long belongs to a process that died. */
export const streamLostMs = 45 * second;
/** A page that is loaded again, or reconnects, is back before this: nobody is told that it was away. */
const sweepMs = 5 * second;
const batchSize = 500;

interface Held {
  readonly workspaceId: string;
  readonly agentId: string;
}

/** Which agents hold an open stream, in this process and, by the table, in all of them. */
export interface AgentStreams {
  /** The agent is connected from here on. Returns what says that the stream has ended. */
  open(held: Held): Promise<() => void>;
  /** Refreshes what this process holds, forgets what dead ones held, and tells who is gone. */
  sweep(): Promise<void>;
  /** Sweeps every few seconds. Stopping it gives up every stream that is still held. */
  readonly background: Background;
}

export function createAgentStreams(scope: UnitScope, log: Log): AgentStreams {
  const { db, clock } = scope;
  const held = new Map<string, Held>();
  const leaving = new Set<Promise<void>>();
  let refreshedAt = clock.now();

  const sweeping = loop({
    async round() {
      await sweep();
      return false;
    },
    pollMs: sweepMs,
    onError: (error) => log('error', 'connected agents cannot be looked up', { error: String(error) }),
  });

  return {
    async open({ workspaceId, agentId }) {
      const id = newId('agentStream', clock.now());
      await runUnit(scope, workspaceId, (unit) => connectAgent(unit, agentId, id));
      held.set(id, { workspaceId, agentId });
      return () => release(id);
    },
    sweep,
    background: {
      start: sweeping.start,
      async stop() {
        await sweeping.stop();
        for (const id of held.keys()) release(id);
        await Promise.all(leaving);
      },
    },
  };

  /** Only the row goes at once; whoever sweeps finds that nobody holds the agent any more. */
  function release(id: string): void {
    if (!held.delete(id)) return;
    const gone = db
      .transaction((tx) => tx.deleteFrom('agentStreams').where('id', '=', id).execute())
      .then(() => undefined)
      .catch((error: unknown) => log('warn', 'a stream that ended is still listed', { error: String(error) }))
      .finally(() => leaving.delete(gone));
    leaving.add(gone);
  }

  async function sweep(): Promise<void> {
    const now = clock.now();
    if (now - refreshedAt >= heartbeatSeconds * second) {
      await refresh(now);
      refreshedAt = now;
    }
    await forgetLost(now);
    const gone = await db.read
      .selectFrom('agents as agent')
      .select(['agent.id', 'agent.workspaceId'])
      .where('agent.connected', '=', 1)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb.selectFrom('agentStreams as stream').select('stream.id').whereRef('stream.agentId', '=', 'agent.id'),
          ),
        ),
      )
      .execute();
    for (const { id, workspaceId } of gone) {
      await runUnit(scope, workspaceId, (unit) => disconnectAgent(unit, id));
    }
  }

  async function refresh(now: number): Promise<void> {
    const ids = [...held.keys()];
    for (let from = 0; from < ids.length; from += batchSize) {
      const batch = ids.slice(from, from + batchSize);
      const seen = await db.transaction((tx) =>
        tx.updateTable('agentStreams').set({ seenAt: now }).where('id', 'in', batch).returning('id').execute(),
      );
      const listed = new Set(seen.map(({ id }) => id));
      for (const id of batch.filter((one) => !listed.has(one))) await listAgain(id);
    }
  }

  /** This process stood still for so long that others took it for dead. */
  async function listAgain(id: string): Promise<void> {
    const stream = held.get(id);
    if (!stream) return;
    await runUnit(scope, stream.workspaceId, (unit) => connectAgent(unit, stream.agentId, id)).catch((error: unknown) =>
      log('warn', 'a stream cannot be listed again', { error: String(error) }),
    );
  }

  async function forgetLost(now: number): Promise<void> {
    const lost = await db.read
      .selectFrom('agentStreams')
      .select('id')
      .where('seenAt', '<', now - streamLostMs)
      .limit(batchSize)
      .execute();
    if (lost.length === 0) return;
    await db.transaction((tx) =>
      tx
        .deleteFrom('agentStreams')
        .where('seenAt', '<', now - streamLostMs)
        .where(
          'id',
          'in',
          lost.map(({ id }) => id),
        )
        .execute(),
    );
  }
}
