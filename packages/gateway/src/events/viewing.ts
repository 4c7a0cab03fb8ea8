import type { Agent } from '@prosa/core/contract';
import { notFound } from '../domain/problems.ts';
import type { Database } from '../store/database.ts';
import { findPlace } from '../store/visibility.ts';

/** Whoever looks says it again before this has passed. */
export const viewingLastsMs = 30_000;

/** Tells other agents who see the conversation that this one is looking at it. It is kept nowhere. */
export async function tellViewing(
  db: Database,
  { id, name }: Agent,
  workspaceId: string,
  conversationId: string,
  viewing: boolean,
): Promise<void> {
  const place = (await findPlace(db.read, workspaceId, conversationId)) ?? notFound('conversation');
  const data = { conversationId, agent: { id, name }, viewing, expiresInMs: viewingLastsMs };
  db.wake({ topic: 'signals', workspaceId, place, signal: { type: 'viewing.changed', data } });
}
