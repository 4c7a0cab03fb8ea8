import { refuse } from '../domain/problems.ts';
import type { AgentStreams } from '../events/agent-streams.ts';
import { sseHeaders } from '../events/sse.ts';
import { createPollHolds } from '../events/poll-holds.ts';
import { pollEvents } from '../events/poll.ts';
import { openEventStream, type StreamDeps } from '../events/stream.ts';
import { workspaceView } from '../events/workspace-view.ts';
import { findAgent } from '../store/agents.ts';
import type { Handlers } from './handlers.ts';

export function eventHandlers(deps: StreamDeps, streams: AgentStreams): Handlers['events'] {
  const holdPolling = createPollHolds(streams, deps.shutdown);
  return {
    async stream({ principal, expiresAt }, { query }, request) {
      const cursor = query.cursor ?? request.headers.get('last-event-id');
      const { workspaceId } = principal;
      const view = workspaceView(deps.db, principal, expiresAt);
      if (principal.kind === 'api_key') {
        return new Response(await openEventStream(deps, view, cursor), { headers: sseHeaders });
      }
      const agentId = principal.agent.id;
      const leave = await streams.open({ workspaceId, agentId });
      const stream = await openEventStream(deps, view, cursor, leave);
      // Whoever was deactivated before the stream began would not be told by it.
      const agent = await findAgent(deps.db.read, workspaceId, agentId);
      if (agent?.active !== true) {
        await stream.cancel();
        refuse('agent_deactivated');
      }
      return new Response(stream, { headers: sseHeaders });
    },
    async poll({ principal, expiresAt }, { query: { cursor = null, waitSeconds } }, { signal }) {
      const { workspaceId } = principal;
      const view = workspaceView(deps.db, principal, expiresAt);
      const options = { cursor, waitSeconds, signal };
      if (principal.kind === 'api_key') return await pollEvents(deps, view, options);
      const leave = await holdPolling({ workspaceId, agentId: principal.agent.id });
      try {
        return await pollEvents(deps, view, options);
      } finally {
        leave();
      }
    },
  };
}
