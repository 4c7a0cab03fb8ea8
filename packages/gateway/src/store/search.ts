import type { Page, QueryOf, Routes, SearchHit } from '@prosa/core/contract';
import { sql, type RawBuilder } from 'kysely';
import { excerptOf } from '../domain/excerpt.ts';
import { withFileName } from '../domain/message-text.ts';
import { matchOf, parseSearch, type SearchQuery } from '../domain/search-query.ts';
import { isAllowed, type Viewer } from '../domain/visibility.ts';
import { endedStatuses } from '../domain/lifecycle.ts';
import { conversationsByIds } from './conversations.ts';
import type { Database, Reader } from './database.ts';
import { messagesWith } from './message-search.ts';
import { afterCursor, pageOf } from './page.ts';
import { visibleTo } from './visibility.ts';

export interface SearchScope {
  readonly db: Reader;
  readonly engine: Database['engine'];
  readonly workspaceId: string;
  readonly viewer: Viewer;
}

type Filter = QueryOf<Routes['search']['conversations']>;

const byActivity = { column: 'c.lastActivityAt', id: 'c.id', type: 'number', order: 'desc' } as const;

/** Conversations that were found, the one with the newest activity first, each once and with the best reason. */
export async function searchConversations(scope: SearchScope, filter: Filter): Promise<Page<SearchHit>> {
  const search = parseSearch(filter.q);
  if (search.terms.length === 0) return { data: [], nextCursor: null };
  const rows = await findRows(scope, search, filter);
  const { data, nextCursor } = pageOf(
    rows,
    filter.limit,
    (row) => ({ key: row.lastActivityAt, id: row.id }),
    (row) => ({ ...row, matched: matchOf(search, foundOf(row)) }),
  );
  const messageIds = data.map(({ matched, messageId }) => (matched === 'message' ? messageId : null));
  const [conversations, excerpts] = await Promise.all([
    conversationsByIds(
      scope.db,
      scope.workspaceId,
      data.map(({ id }) => id),
    ),
    excerptsOf(
      scope,
      messageIds.filter((id) => id !== null),
      search.words,
    ),
  ]);
  const hits = data.flatMap(({ id, matched }, i): SearchHit[] => {
    const conversation = conversations.get(id);
    const messageId = messageIds[i] ?? null;
    const excerpt = messageId === null ? null : (excerpts.get(messageId) ?? null);
    return conversation ? [{ conversation, matched, messageId, excerpt }] : [];
  });
  return { data: hits, nextCursor };
}

async function findRows(scope: SearchScope, search: SearchQuery, filter: Filter) {
  const { db, workspaceId, viewer } = scope;
  const hits = hitsOf(scope, search);
  let query = db
    .selectFrom(sql<{ id: string; messageId: string | null }>`${hits}`.as<'hit'>(sql.ref('hit')))
    .innerJoin('conversations as c', 'c.id', 'hit.id')
    .innerJoin('contacts as contact', 'contact.id', 'c.contactId')
    .leftJoin('customers as customer', 'customer.id', 'contact.customerId')
    .select(['c.id', 'c.lastActivityAt', 'c.protocol', 'hit.messageId'])
    .select(['contact.searchWords as contactWords', 'contact.searchNumbers as contactNumbers'])
    .select(['customer.searchWords as customerWords', 'customer.searchNumbers as customerNumbers'])
    .select('customer.documentValue')
    .where('c.workspaceId', '=', workspaceId)
    .where(visibleTo(viewer))
    .orderBy('c.lastActivityAt', 'desc')
    .orderBy('c.id', 'desc')
    .limit(filter.limit + 1);
  const { status, queueId, agentId, tagId, origin, from, to, cursor } = filter;
  if (status !== undefined) query = query.where('c.status', '=', status);
  if (queueId !== undefined) query = query.where('c.queueId', '=', queueId);
  if (agentId !== undefined) query = query.where('c.assigneeId', '=', agentId);
  if (origin !== undefined) query = query.where('c.origin', '=', origin);
  // Whatever went on in that time, also when it began before or ended after.
  if (from !== undefined) query = query.where('c.lastActivityAt', '>=', Date.parse(from));
  if (to !== undefined) query = query.where('c.createdAt', '<=', Date.parse(to));
  if (tagId !== undefined) {
    query = query.where('c.id', 'in', (eb) =>
      eb.selectFrom('conversationTags as link').select('link.conversationId').where('link.tagId', '=', tagId),
    );
  }
  if (cursor !== undefined) query = query.where(afterCursor(cursor, byActivity));
  return await query.execute();
}

type Row = Awaited<ReturnType<typeof findRows>>[number];

function foundOf(row: Row) {
  return {
    protocol: row.protocol,
    words: [row.contactWords, row.customerWords],
    numbers: [row.contactNumbers, row.customerNumbers],
    document: row.documentValue,
  };
}

/** Ids of conversations with the newest message that has the words, each id once. From indexes, one for each reason. */
function hitsOf(scope: SearchScope, search: SearchQuery): RawBuilder<unknown> {
  const { workspaceId } = scope;
  const none = sql`CAST(NULL AS TEXT)`;
  const sources = [
    sql`SELECT c.id, ${none} AS message_id FROM conversations c
      WHERE c.workspace_id = ${workspaceId} AND c.contact_id IN (${people(workspaceId, search)})`,
  ];
  if (search.words.length > 0) {
    sources.push(messageHits(scope, search.words));
  }
  if (search.protocol !== null) {
    sources.push(sql`SELECT conversation_id AS id, ${none} AS message_id FROM protocols
      WHERE workspace_id = ${workspaceId} AND number BETWEEN ${search.protocol} AND ${search.protocol.padEnd(20, '9')}`);
  }
  return sql`(SELECT id, max(message_id) AS message_id FROM (${sql.join(sources, sql` UNION ALL `)}) AS found GROUP BY id)`;
}

/** What is said in the open conversations of others is for those who may look into them. */
function messageHits({ engine, workspaceId, viewer }: SearchScope, words: readonly string[]): RawBuilder<unknown> {
  const messages = messagesWith(engine, workspaceId, words);
  const hits = sql`SELECT said.conversation_id AS id, said.message_id FROM ${messages} AS said`;
  if (isAllowed(viewer, 'conversations.peek')) return hits;
  const { agentId } = viewer;
  return sql`${hits} JOIN conversations c ON c.id = said.conversation_id
    WHERE c.status IN (${sql.join([...endedStatuses])}) OR c.assignee_id = ${agentId}
      OR (c.status = 'offered' AND c.offered_to = ${agentId})
      OR EXISTS (SELECT 1 FROM participants WHERE conversation_id = c.id AND agent_id = ${agentId})`;
}

/** Who has more namesakes has to be told apart by more than that. */
const newestPeople = 10_000;

function people(workspaceId: string, { terms, number }: SearchQuery): RawBuilder<unknown> {
  const all = (column: RawBuilder<unknown>) =>
    sql.join(
      terms.map((term) => has(column, term)),
      sql` AND `,
    );
  const reasons = [sql`(${all(sql`p.search_words`)})`, sql`(${all(sql`r.search_words`)})`];
  if (number !== null) reasons.push(has(sql`p.search_numbers`, number), has(sql`r.search_numbers`, number));
  return sql`SELECT p.id FROM contacts p LEFT JOIN customers r ON r.id = p.customer_id
    WHERE p.workspace_id = ${workspaceId} AND (${sql.join(reasons, sql` OR `)})
    ORDER BY p.id DESC LIMIT ${newestPeople}`;
}

function has(column: RawBuilder<unknown>, part: string): RawBuilder<unknown> {
  return sql`${column} LIKE ${`%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`} ESCAPE ${'\\'}`;
}

async function excerptsOf(
  { db, workspaceId }: SearchScope,
  messageIds: readonly string[],
  words: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('messages as message')
    .leftJoin('attachments as file', 'file.id', 'message.attachmentId')
    .select(['message.id', 'message.type', 'message.content', 'file.fileName'])
    .where('message.workspaceId', '=', workspaceId)
    .where('message.id', 'in', messageIds)
    .execute();
  return new Map(
    rows.map(({ id, content, ...rest }) => {
      const text = withFileName({ ...rest, content: JSON.parse(content) as Record<string, unknown> });
      return [id, excerptOf(text ?? '', words)];
    }),
  );
}
