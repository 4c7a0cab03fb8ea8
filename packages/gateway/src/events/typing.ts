import type { SignalData } from '@prosa/core/contract';
import { readReceiptsOf } from '../channels/read-receipts.ts';
import { second } from '../clock.ts';
import { newestInbound } from '../commands/mark-read.ts';
import type { Principal, VisitorPrincipal } from '../commands/principal.ts';
import { isChatOver, isInService } from '../domain/lifecycle.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { isWindowOpen } from '../domain/service-window.ts';
import type { Database } from '../store/database.ts';
import { hasJoined } from '../store/participants.ts';
import { runUnit } from '../store/unit.ts';
import { findPlace } from '../store/visibility.ts';

/** Whoever types says it again before this has passed. */
export const typingLastsMs = 6000;

/** Tells the customer that the agent types. Where the channel cannot tell it, nothing happens. */
export async function tellAgentTyping(
  db: Database,
  principal: Principal,
  conversationId: string,
  typing: boolean,
  now: number,
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
  else if (typing) await showTyping(db, found, now);
}

/** WhatsApp shows it until the answer comes, for 25 seconds at most (Meta, "Typing indicators"). */
const shownForMs = 25 * second;

/**
 * Asks the channel to show that an answer is being written; again only when that is no longer shown. It says at the same
 * time that the customer was read, so it is for channels that may say so then.
 */
async function showTyping(
  db: Database,
  { id, workspaceId, status, windowExpiresAt }: Awaited<ReturnType<typeof findThread>>,
  now: number,
): Promise<void> {
  if (!isInService(status) || !isWindowOpen(windowExpiresAt, now)) return;
  await runUnit({ db, clock: { now: () => now } }, workspaceId, async (unit) => {
    const newest = await newestInbound(unit.tx, id);
    if (!newest) return;
    const channel = await unit.tx
      .selectFrom('channels')
      .select('config')
      .where('id', '=', newest.channelId)
      .executeTakeFirstOrThrow();
    if (readReceiptsOf(channel) !== 'on_open') return;
    const shown = await unit.tx
      .selectFrom('jobs')
      .select('id')
      .where('subjectId', '=', newest.id)
      .where('kind', '=', 'show_typing')
      .where('createdAt', '>', now - shownForMs)
      .executeTakeFirst();
    if (shown) return;
    unit.enqueue({ kind: 'show_typing', channelId: newest.channelId, subjectId: newest.id, orderKey: null });
  });
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
    .select(['c.id', 'c.workspaceId', 'c.status', 'c.origin', 'c.contactId', 'c.assigneeId', 'c.windowExpiresAt'])
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
