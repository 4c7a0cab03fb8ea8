import type { VisitorEventData, VisitorEventType } from '@prosa/core/contract';
import type { VisitorPrincipal } from '../commands/principal.ts';
import type { Database } from '../store/database.ts';
import type { UnitScope } from '../store/unit.ts';
import { visitorConversations } from '../store/visitor-conversations.ts';
import { visitorMessages } from '../store/visitor-messages.ts';
import { isSessionOpen } from '../store/visitor-sessions.ts';
import { newestSeq, type EventRow } from './read-log.ts';
import type { StreamView, ViewEvent } from './view.ts';

const batchSize = 100;

/**
 * A visitor reads what happens in their conversations, as it is now and in their own words: the log only says where to
 * look, what it holds is an agent's view and is never sent.
 */
export function visitorView(scope: UnitScope, visitor: VisitorPrincipal, expiresAt: number | null): StreamView {
  const { db } = scope;
  const { workspaceId, contactId, sessionId } = visitor;
  /** The visitor's conversations; `null` while they are being looked up: until then anything may be theirs. */
  let known: ReadonlySet<string> | null = null;
  return {
    workspaceId,
    readerId: contactId,
    expiresAt,
    partial: true,
    async read(after) {
      known = null;
      if (!(await isSessionOpen(db.read, sessionId))) {
        return { events: [], position: after, more: false, end: 'token_expired' };
      }
      // First: whatever has a number up to this one is committed, so the rows below leave none of them out.
      const newest = await newestSeq(db.read, workspaceId);
      const ids = await conversationIdsOf(db, visitor);
      const rows = newest <= after || ids.length === 0 ? [] : await ownEvents(db, workspaceId, ids, after, newest);
      const events = await shown(scope, visitor, rows);
      known = new Set(ids);
      const more = rows.length === batchSize;
      return {
        events,
        position: more ? (rows.at(-1)?.seq ?? after) : Math.max(newest, after),
        more,
        end: null,
      };
    },
    concerns(wake) {
      if (wake.workspaceId !== undefined && wake.workspaceId !== workspaceId) return false;
      return known === null || wake.conversationIds === undefined || wake.conversationIds.some((id) => known?.has(id));
    },
    hear(wake) {
      const own = wake.workspaceId === workspaceId && wake.contactId === contactId;
      const data = wake.signal?.data;
      return own && wake.signal && data && 'author' in data && data.author.kind === 'agent' ? wake.signal : null;
    },
  };
}

async function conversationIdsOf(db: Database, { workspaceId, contactId }: VisitorPrincipal): Promise<string[]> {
  const rows = await db.read
    .selectFrom('conversations')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .execute();
  return rows.map(({ id }) => id);
}

async function ownEvents(
  db: Database,
  workspaceId: string,
  conversationIds: readonly string[],
  after: number,
  until: number,
): Promise<EventRow[]> {
  return await db.read
    .selectFrom('events')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('seq', '>', after)
    .where('seq', '<=', until)
    .where('conversationId', 'in', conversationIds)
    .orderBy('seq')
    .limit(batchSize)
    .execute();
}

async function shown(
  { db, clock }: UnitScope,
  visitor: VisitorPrincipal,
  rows: readonly EventRow[],
): Promise<ViewEvent[]> {
  if (rows.length === 0) return [];
  const places = rows.map((row) => placeOf(row));
  const messages = await visitorMessages(db.read, visitor, [
    ...new Set(places.map(({ messageId }) => messageId).filter((id) => id !== null)),
  ]);
  const conversations = await visitorConversations(
    db.read,
    visitor,
    [...new Set(places.map(({ conversationId }) => conversationId))],
    clock.now(),
  );
  const events = rows.flatMap((row, index) => {
    const { conversationId, messageId } = places[index] ?? placeOf(row);
    const conversation = conversations.get(conversationId);
    if (!conversation) return [];
    const { seq, occurredAt } = row;
    if (messageId === null) return [event(seq, occurredAt, 'conversation.updated', { conversation })];
    const message = messages.get(messageId);
    const type = row.type === 'message.created' ? 'message.created' : 'message.updated';
    return message ? [event(seq, occurredAt, type, { message, conversation })] : [];
  });
  // Each carries the conversation as it is now: of several in a row that say nothing else, the last one does.
  return events.filter(
    ({ type, data }, index) =>
      type !== 'conversation.updated' ||
      !events.slice(index + 1).some((later) => later.data.conversation.id === data.conversation.id),
  );
}

function event<Type extends VisitorEventType>(
  seq: number,
  occurredAt: number,
  type: Type,
  data: VisitorEventData[Type],
): ViewEvent & { readonly data: VisitorEventData[Type] } {
  return { seq, occurredAt, type, data };
}

/** What the event is about. A status says something to its sender only; the visitor sees it by the count of unread. */
function placeOf(row: EventRow): { readonly conversationId: string; readonly messageId: string | null } {
  const conversationId = row.conversationId ?? '';
  if (row.type !== 'message.created' && row.type !== 'message.updated') return { conversationId, messageId: null };
  const { message } = JSON.parse(row.data) as { readonly message: { readonly id: string } };
  return { conversationId, messageId: message.id };
}
