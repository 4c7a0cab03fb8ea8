import { ownerId } from '../commands/principal.ts';
import { sseHeaders } from '../events/sse.ts';
import { openEventStream, type StreamDeps } from '../events/stream.ts';
import type { Handlers } from './handlers.ts';

export function eventHandlers(deps: StreamDeps): Handlers['events'] {
  return {
    async stream({ principal, expiresAt }, { query }, request) {
      const cursor = query.cursor ?? request.headers.get('last-event-id');
      const reader = { workspaceId: principal.workspaceId, id: ownerId(principal), expiresAt };
      return new Response(await openEventStream(deps, reader, cursor), { headers: sseHeaders });
    },
  };
}
