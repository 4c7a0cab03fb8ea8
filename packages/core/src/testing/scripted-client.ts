import { createClient } from '../client/create-client.ts';
import type { ClientOptions } from '../client/kernel.ts';
import { loadOutbox } from '../store/lazy-outbox.ts';
import { ManualClock } from './manual-clock.ts';
import { ScriptedServer } from './scripted-server.ts';

// As in a page that has been open for a while.
await loadOutbox();

/** A client on a scripted server and a clock that stands still. */
export function scriptedClient(options: Partial<ClientOptions> = {}) {
  const server = new ScriptedServer();
  const clock = new ManualClock();
  const client = createClient({
    baseUrl: 'https://chat.prosa.example',
    token: 'token-1',
    fetch: server.fetch,
    clock,
    // Memory only, and alone: what tabs share has tests of its own.
    storage: null,
    ...options,
  });
  return { server, clock, client };
}
