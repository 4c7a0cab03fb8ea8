import type { Database, WakeSignal } from '../store/database.ts';
import { readEvents, type EventRow } from './read-log.ts';
import type { StreamView } from './view.ts';

const batchSize = 200;

/** Agents and servers read everything that happens in their workspace. */
export function workspaceView(
  db: Database,
  reader: Pick<StreamView, 'workspaceId' | 'readerId' | 'expiresAt'>,
): StreamView {
  return {
    ...reader,
    partial: false,
    async read(after) {
      const rows = await readEvents(db.read, reader.workspaceId, after, batchSize);
      const end = rows.findIndex((row) => deactivates(row, reader.readerId));
      const read = end === -1 ? rows : rows.slice(0, end + 1);
      return {
        events: read.map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) as unknown })),
        position: read.at(-1)?.seq ?? after,
        more: rows.length === batchSize,
        end: end === -1 ? null : 'agent_deactivated',
      };
    },
    concerns: ({ workspaceId }) => workspaceId === undefined || workspaceId === reader.workspaceId,
    hear: ({ workspaceId, signal }) =>
      signal && workspaceId === reader.workspaceId && isForTeam(signal, reader.readerId) ? signal : null,
  };
}

/** Customers who type, and other agents who look. */
function isForTeam({ data }: WakeSignal, readerId: string): boolean {
  return 'author' in data ? data.author.kind === 'customer' : data.agent.id !== readerId;
}

function deactivates(row: EventRow, agentId: string): boolean {
  if (row.type !== 'agent.updated') return false;
  const { agent } = JSON.parse(row.data) as { agent: { id: string; active: boolean } };
  return agent.id === agentId && !agent.active;
}
