import type { ClientOptions } from './kernel.ts';
import { createModularClient } from './modular-client.ts';
import {
  agents,
  attachments,
  channels,
  contacts,
  conversations,
  customers,
  deadLetters,
  dispatches,
  events,
  hsm,
  live,
  messages,
  profiles,
  protocols,
  queues,
  search,
  session,
  settings,
  surveys,
  tags,
} from './parts.ts';
import type { ProsaClient } from './prosa-client.ts';

/**
 * A client for one gateway and one agent (or API key). It does nothing until something is asked of it.
 *
 * @throws UsageError when `baseUrl` or `token` cannot be used
 * @example
 * const prosa = createClient({ baseUrl: 'https://chat.example.com', token: () => fetchTokenFromMyBackend() });
 * await prosa.messages.send(conversationId, { type: 'text', text: 'Olá!' });
 */
export function createClient(options: ClientOptions): ProsaClient {
  const resources = [
    events,
    messages,
    conversations,
    customers,
    contacts,
    queues,
    agents,
    attachments,
    protocols,
    profiles,
    tags,
    settings,
    search,
    session,
    hsm,
    dispatches,
    surveys,
    channels,
    deadLetters,
    live,
  ] as const;
  return createModularClient({ ...options, resources });
}
