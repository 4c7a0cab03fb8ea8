import type { ProsaClient } from '../client/prosa-client.ts';
import { settle } from './manual-clock.ts';
import { conversationOf } from './samples.ts';
import { scriptedClient } from './scripted-client.ts';

export const created = (number: number) => ({ conversation: conversationOf(number) });

/** The cursors of what the client tells from now on. */
export function record(client: ProsaClient): string[] {
  const seen: string[] = [];
  client.on('conversation.created', ({ cursor }) => seen.push(cursor));
  return seen;
}

/** A client that listens, and whose stream has begun at `c0`. */
export async function connectedClient(options: Parameters<typeof scriptedClient>[0] = {}) {
  const setup = scriptedClient(options);
  const seen = record(setup.client);
  await settle();
  await setup.server.stream.hello('c0');
  return { ...setup, seen };
}
