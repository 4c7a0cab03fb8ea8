import { isChatOver } from '../domain/lifecycle.ts';
import type { SignalData } from '@prosa/core/contract';
import type { Principal, VisitorPrincipal } from '../commands/principal.ts';
import { notFound, refuse } from '../domain/problems.ts';
import type { Database } from '../store/database.ts';
import { hasJoined } from '../store/participants.ts';
import { findPlace } from '../store/visibility.ts';

/** Whoever types says it again before this has passed. */
export const typingLastsMs = 6000;

/** Tells the visitor of a webchat that the agent types. Where the channel cannot tell it, nothing happens. */
export async function tellAgentTyping(
  db: Database,
  principal: Principal,
  conversationId: string,
  typing: boolean,
): Promise<void> {
  if (principal.kind !== 'agent') refuse('forbidden');
  const { workspaceId, agent } = principal;
  const found = await findThread(db, workspaceId, conversationId);
  if (isChatOver(found.status)) return;
  if (found.assigneeId !== agent.id && !(await hasJoined(db.read, conversationId, agent.id))) {
    const { assigneeId, assigneeName } = found;
    const owner = assigneeId === null || assigneeName === null ? null : { id: assigneeId, name: assigneeName };
    refuse('conversation_not_yours', { owner });
  }
  if (found.origin === 'webchat') await tell(db, found, { kind: 'agent', name: agent.name }, typing);
}

/** Tells the team that the visitor types. */
export async function tellVisitorTyping(
  db: Database,
  { workspaceId, contactId }: VisitorPrincipal,
  conversationId: string,
  typing: boolean,
): Promise<void> {
  const found = await findThread(db, workspaceId, conversationId);
  if (found.contactId !== contactId) notFound('conversation');
  if (!isChatOver(found.status)) await tell(db, found, { kind: 'customer', name: found.contactName }, typing);
}

async function findThread(db: Database, workspaceId: string, conversationId: string) {
  const row = await db.read
    .selectFrom('conversations as c')
    .innerJoin('contacts as contact', 'contact.id', 'c.contactId')
    .leftJoin('agents as assignee', 'assignee.id', 'c.assigneeId')
    .select(['c.id', 'c.workspaceId', 'c.status', 'c.origin', 'c.contactId', 'c.assigneeId'])
    .select(['contact.name as contactName', 'assignee.name as assigneeName'])
    .where('c.workspaceId', '=', workspaceId)
    .where('c.id', '=', conversationId)
    .executeTakeFirst();
  return row ?? notFound('conversation');
}

async function tell(
  db: Database,
  { id, workspaceId, contactId }: { readonly id: string; readonly workspaceId: string; readonly contactId: string },
  author: SignalData['typing.changed']['author'],
  typing: boolean,
): Promise<void> {
  const place = (await findPlace(db.read, workspaceId, id)) ?? notFound('conversation');
  const data = { conversationId: id, author, typing, expiresInMs: typingLastsMs };
  db.wake({ topic: 'signals', workspaceId, contactId, place, signal: { type: 'typing.changed', data } });
}
