import type { Agent } from '@prosa/core/contract';
import { ownerId, type Principal } from '../commands/principal.ts';
import { viewerOf } from '../commands/viewer.ts';
import { isVisible, type Viewer } from '../domain/visibility.ts';
import type { Database, Wake, WakeSignal } from '../store/database.ts';
import { readEvents, type EventRow } from './read-log.ts';
import { conversationsLeft, showEvent } from './show-event.ts';
import type { StreamView } from './view.ts';

const batchSize = 200;

/** Agents and servers read what happens in their workspace; an agent as far as their profile shows it now. */
export function workspaceView(db: Database, principal: Principal, expiresAt: number | null): StreamView {
  const { workspaceId } = principal;
  const readerId = ownerId(principal);
  let viewer: Viewer | null = null;
  return {
    workspaceId,
    readerId,
    expiresAt,
    get partial() {
      return viewer?.allowed !== 'all';
    },
    async read(after) {
      const rows = await readEvents(db.read, workspaceId, after, batchSize);
      const end = rows.findIndex((row) => deactivates(row, readerId));
      const read = end === -1 ? rows : rows.slice(0, end + 1);
      // What changes the profile is in the log, too: without news it is as it was.
      if (viewer === null || rows.length > 0) viewer = await viewerOf(db.read, principal);
      return {
        events: await shown(viewer, read),
        position: read.at(-1)?.seq ?? after,
        more: rows.length === batchSize,
        end: end === -1 ? null : 'agent_deactivated',
      };
    },
    concerns: (wake) => wake.workspaceId === undefined || wake.workspaceId === workspaceId,
    hear(wake) {
      const { signal } = wake;
      if (!signal || wake.workspaceId !== workspaceId || !isForTeam(signal, readerId)) return null;
      return viewer && isHeardBy(viewer, wake) ? signal : null;
    },
  };

  async function shown(by: Viewer, rows: readonly EventRow[]) {
    const events = rows.map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) as unknown }));
    if (by.allowed === 'all') return events;
    const left = await conversationsLeft(db.read, by, events);
    const agent = principal.kind === 'agent' ? principal.agent : null;
    return events.flatMap((event) => showEvent(by, agent, event, left) ?? []);
  }
}

function isHeardBy(viewer: Viewer, { place }: Wake): boolean {
  return viewer.sees === 'all' || (place !== undefined && isVisible(viewer, place));
}

/** Customers who type, and other agents who look. */
function isForTeam({ data }: WakeSignal, readerId: string): boolean {
  return 'author' in data ? data.author.kind === 'customer' : data.agent.id !== readerId;
}

function deactivates(row: EventRow, agentId: string): boolean {
  if (row.type !== 'agent.updated') return false;
  const { agent } = JSON.parse(row.data) as { agent: Pick<Agent, 'id' | 'active'> };
  return agent.id === agentId && !agent.active;
}
