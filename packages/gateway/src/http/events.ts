import { ownerId } from '../commands/principal.ts';
import { sseHeaders } from '../events/sse.ts';
import { openEventStream, type StreamDeps } from '../events/stream.ts';
import { workspaceView } from '../events/workspace-view.ts';
import type { Handlers } from './handlers.ts';

export function eventHandlers(deps: StreamDeps): Handlers['events'] {
  return {
    async stream({ principal, expiresAt }, { query }, request) {
      const cursor = query.cursor ?? request.headers.get('last-event-id');
      const { workspaceId } = principal;
      const view = workspaceView(deps.db, { workspaceId, readerId: ownerId(principal), expiresAt });
      return new Response(await openEventStream(deps, view, cursor), { headers: sseHeaders });
    },
  };
}
