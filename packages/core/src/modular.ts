/** The client in parts: a page loads those that it names. */

export { createModularClient as createClient, type ClientOf, type ClientPart } from './client/modular-client.ts';
export type { ClientOptions } from './client/kernel.ts';
export {
  agents,
  attachments,
  contacts,
  conversations,
  customers,
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
  channels,
  deadLetters,
  tags,
} from './client/parts.ts';
