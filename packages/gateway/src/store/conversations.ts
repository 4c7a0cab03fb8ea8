import type { Conversation, ConversationCounts, ConversationTab, MessagePreview } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime, isoTimeOrNull } from '../clock.ts';
import { endedStatuses, isWaiting } from '../domain/lifecycle.ts';
import { notFound } from '../domain/problems.ts';
import type { Viewer } from '../domain/visibility.ts';
import type { Database, Reader, Tx } from './database.ts';
import { afterCursor, pageOf } from './page.ts';
import type { ConversationsTable } from './schema.ts';
import { visibleTo } from './visibility.ts';

export type ConversationRow = Selectable<ConversationsTable>;

/** The row with the names that go beside it on the wire. */
function withNames(db: Reader) {
  return db
    .selectFrom('conversations as c')
    .innerJoin('contacts as contact', 'contact.id', 'c.contactId')
    .leftJoin('customers as customer', 'customer.id', 'contact.customerId')
    .leftJoin('queues as queue', 'queue.id', 'c.queueId')
    .leftJoin('agents as assignee', 'assignee.id', 'c.assigneeId')
    .leftJoin('agents as offered', 'offered.id', 'c.offeredTo')
    .leftJoin('agents as offering', 'offering.id', 'c.offerFrom')
    .selectAll('c')
    .select([
      'contact.name as contactName',
      'contact.phone as contactPhone',
      'contact.email as contactEmail',
      'contact.verified as contactVerified',
      'customer.id as customerId',
      'customer.name as customerName',
      'queue.name as queueName',
      'assignee.name as assigneeName',
      'offered.name as offeredName',
      'offering.name as offeringName',
    ]);
}

type NamedRow = Awaited<ReturnType<ReturnType<typeof withNames>['executeTakeFirstOrThrow']>>;

function conversationOf(row: NamedRow, { participants, tags }: Beside): Conversation {
  return {
    id: row.id,
    status: row.status as Conversation['status'],
    channelId: row.channelId,
    origin: row.origin as Conversation['origin'],
    contact: {
      id: row.contactId,
      name: row.contactName,
      phone: row.contactPhone,
      email: row.contactEmail,
      verified: row.contactVerified === 1,
    },
    subject: row.subject,
    pageUrl: row.pageUrl,
    customer: person(row.customerId, row.customerName),
    queue: person(row.queueId, row.queueName),
    assignee: person(row.assigneeId, row.assigneeName),
    offer: offerOf(row),
    participants,
    tags,
    protocol: row.protocol,
    previousConversationId: row.previousConversationId,
    unreadCount: row.unreadCount,
    lastMessage: row.lastMessage === null ? null : (JSON.parse(row.lastMessage) as MessagePreview),
    // The row keeps it while an agent attends, so that going back to a queue does not lose the place.
    waitingSince: isWaiting(row.status) ? isoTimeOrNull(row.waitingSince) : null,
    windowExpiresAt: isoTimeOrNull(row.windowExpiresAt),
    outcome: row.outcome as Conversation['outcome'],
    category: row.category,
    notes: row.notes,
    answeredAt: isoTimeOrNull(row.answeredAt),
    replyDeadline: row.status === 'awaiting_reply' ? isoTimeOrNull(row.replyDeadline) : null,
    lastActivityAt: isoTime(row.lastActivityAt),
    createdAt: isoTime(row.createdAt),
    closedAt: isoTimeOrNull(row.closedAt),
    version: row.version,
  };
}

function offerOf(row: NamedRow): Conversation['offer'] {
  const agent = person(row.offeredTo, row.offeredName);
  if (row.status !== 'offered' || !agent || row.offerExpiresAt === null) return null;
  return { agent, expiresAt: isoTime(row.offerExpiresAt), from: person(row.offerFrom, row.offeringName) };
}

/** What hangs on conversations in tables of its own. */
type Beside = Pick<Conversation, 'participants' | 'tags'>;

async function withBeside(db: Reader, rows: readonly NamedRow[]): Promise<(row: NamedRow) => Conversation> {
  const ids = rows.map(({ id }) => id);
  const [participants, tags] = await Promise.all([participantsOf(db, ids), tagsOf(db, ids)]);
  return (row) => conversationOf(row, { participants: participants.get(row.id) ?? [], tags: tags.get(row.id) ?? [] });
}

async function participantsOf(db: Reader, conversationIds: readonly string[]) {
  const found = new Map<string, { id: string; name: string; joined: boolean }[]>();
  if (conversationIds.length === 0) return found;
  const rows = await db
    .selectFrom('participants as participant')
    .innerJoin('agents as agent', 'agent.id', 'participant.agentId')
    .select(['participant.conversationId', 'participant.joined', 'agent.id', 'agent.name'])
    .where('participant.conversationId', 'in', conversationIds)
    .orderBy('participant.invitedAt')
    .orderBy('agent.id')
    .execute();
  for (const { conversationId, joined, id, name } of rows) {
    found.set(conversationId, [...(found.get(conversationId) ?? []), { id, name, joined: joined === 1 }]);
  }
  return found;
}

async function tagsOf(db: Reader, conversationIds: readonly string[]) {
  const found = new Map<string, { id: string; name: string }[]>();
  if (conversationIds.length === 0) return found;
  const rows = await db
    .selectFrom('conversationTags as link')
    .innerJoin('tags as tag', 'tag.id', 'link.tagId')
    .select(['link.conversationId', 'tag.id', 'tag.name'])
    .where('link.conversationId', 'in', conversationIds)
    .orderBy('tag.name')
    .orderBy('tag.id')
    .execute();
  for (const { conversationId, id, name } of rows) {
    found.set(conversationId, [...(found.get(conversationId) ?? []), { id, name }]);
  }
  return found;
}

function person(id: string | null, name: string | null) {
  return id === null || name === null ? null : { id, name };
}

export async function findConversation(db: Reader, workspaceId: string, id: string): Promise<Conversation | null> {
  const row = await withNames(db).where('c.workspaceId', '=', workspaceId).where('c.id', '=', id).executeTakeFirst();
  return row ? (await withBeside(db, [row]))(row) : null;
}

export async function getConversation(db: Reader, workspaceId: string, id: string): Promise<Conversation> {
  return (await findConversation(db, workspaceId, id)) ?? notFound('conversation');
}

/** Those of the ids that are of the workspace, by id. */
export async function conversationsByIds(
  db: Reader,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Conversation>> {
  if (ids.length === 0) return new Map();
  const rows = await withNames(db).where('c.workspaceId', '=', workspaceId).where('c.id', 'in', ids).execute();
  const whole = await withBeside(db, rows);
  return new Map(rows.map((row) => [row.id, whole(row)]));
}

/** The bare row, locked until the transaction ends. Refuses an id of another workspace as if it did not exist. */
export async function lockConversation(
  db: Database,
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ConversationRow> {
  const query = tx.selectFrom('conversations').selectAll().where('workspaceId', '=', workspaceId).where('id', '=', id);
  return (await db.lock(query).executeTakeFirst()) ?? notFound('conversation');
}

export interface ConversationFilter {
  readonly tab?: ConversationTab | undefined;
  readonly status?: string | undefined;
  readonly contactId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly queueId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly origin?: string | undefined;
  readonly tagId?: string | undefined;
}

const waitingStatuses = ['queued', 'offered'];
const servedStatuses = ['active', 'pending'];

const byWaiting = { column: 'c.waitingSince', id: 'c.id', type: 'number', order: 'asc' } as const;
const byActivity = { column: 'c.lastActivityAt', id: 'c.id', type: 'number', order: 'desc' } as const;

export async function listConversations(
  db: Reader,
  workspaceId: string,
  viewer: Viewer,
  filter: ConversationFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const order = filter.tab === 'waiting' ? byWaiting : byActivity;
  let query = withNames(db)
    .where('c.workspaceId', '=', workspaceId)
    .where(visibleTo(viewer))
    .orderBy(order.column, order.order)
    .orderBy('c.id', order.order)
    .limit(page.limit + 1);
  if (filter.tab === 'waiting') query = query.where('c.status', 'in', waitingStatuses);
  if (filter.tab === 'unread') query = query.where('c.status', 'in', servedStatuses).where('c.unreadCount', '>', 0);
  if (filter.tab === 'mine') {
    query = query.where('c.assigneeId', '=', viewer.agentId ?? '').where('c.status', 'not in', endedStatuses);
  }
  if (filter.tab === 'all') query = query.where('c.status', 'not in', endedStatuses);
  if (filter.status !== undefined) query = query.where('c.status', '=', filter.status);
  if (filter.contactId !== undefined) query = query.where('c.contactId', '=', filter.contactId);
  if (filter.customerId !== undefined) query = query.where('contact.customerId', '=', filter.customerId);
  if (filter.queueId !== undefined) query = query.where('c.queueId', '=', filter.queueId);
  if (filter.agentId !== undefined) query = query.where('c.assigneeId', '=', filter.agentId);
  if (filter.origin !== undefined) query = query.where('c.origin', '=', filter.origin);
  if (filter.tagId !== undefined) {
    const { tagId } = filter;
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('conversationTags as link')
          .select('link.tagId')
          .whereRef('link.conversationId', '=', 'c.id')
          .where('link.tagId', '=', tagId),
      ),
    );
  }
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, order));
  const positionOf = (row: NamedRow) => ({
    key: filter.tab === 'waiting' ? (row.waitingSince ?? 0) : row.lastActivityAt,
    id: row.id,
  });
  const rows = await query.execute();
  return pageOf(rows, page.limit, positionOf, await withBeside(db, rows));
}

export async function countConversations(
  db: Reader,
  workspaceId: string,
  viewer: Viewer,
  filter: { readonly queueId?: string | undefined },
): Promise<ConversationCounts> {
  let query = db
    .selectFrom('conversations as c')
    .where('c.workspaceId', '=', workspaceId)
    .where('c.status', 'not in', endedStatuses)
    .where(visibleTo(viewer))
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.count<number>('c.id').filterWhere('c.status', 'in', waitingStatuses).as('waiting'),
      eb.fn
        .count<number>('c.id')
        .filterWhere('c.assigneeId', '=', viewer.agentId ?? '')
        .as('mine'),
      eb.fn
        .count<number>('c.id')
        .filterWhere('c.status', 'in', servedStatuses)
        .filterWhere('c.unreadCount', '>', 0)
        .as('unread'),
    ]);
  if (filter.queueId !== undefined) query = query.where('c.queueId', '=', filter.queueId);
  const { waiting, unread, mine, all } = await query.executeTakeFirstOrThrow();
  return { waiting, unread, mine, all };
}

/** Open conversations of a contact or of everyone linked to a customer, in id order (the order to lock them in). */
export async function openConversationIds(
  db: Reader,
  workspaceId: string,
  of: { readonly contactId: string } | { readonly customerId: string },
): Promise<string[]> {
  let query = db
    .selectFrom('conversations as c')
    .innerJoin('contacts as contact', 'contact.id', 'c.contactId')
    .select('c.id')
    .where('c.workspaceId', '=', workspaceId)
    .where('c.status', 'not in', endedStatuses)
    .orderBy('c.id');
  query =
    'contactId' in of
      ? query.where('c.contactId', '=', of.contactId)
      : query.where('contact.customerId', '=', of.customerId);
  return (await query.execute()).map((row) => row.id);
}
