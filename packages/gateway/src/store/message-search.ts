import { sql, type RawBuilder } from 'kysely';
import { searchedText, type StoredMessage } from '../domain/message-text.ts';
import { searchWords } from '../domain/search-text.ts';
import type { Database, Reader } from './database.ts';

/**
 * The index of the words of messages: an FTS5 table in SQLite, a `tsvector` with a GIN index in PostgreSQL. Both hold
 * words that are taken apart and normalised here, so that neither's own rules (accents, stop words, languages) differ.
 * The workspace's id is one of the words: an intersection, not a filter over what others wrote. No word of a message
 * has a `_`, as ids do.
 */

type Engine = Database['engine'];

export interface IndexedMessage extends StoredMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly workspaceId: string;
}

/** Puts a message into the index, in the transaction that stores it. */
export async function indexMessage(engine: Engine, db: Reader, message: IndexedMessage): Promise<void> {
  const words = searchWords(searchedText(message) ?? '');
  if (words.length === 0) return;
  const { id, conversationId, workspaceId } = message;
  const text = [workspaceId, ...words].join(' ');
  const column = engine === 'sqlite' ? sql`${text}` : sql`array_to_tsvector(string_to_array(${text}, ' '))`;
  await sql`INSERT INTO message_search (message_id, conversation_id, words)
    VALUES (${id}, ${conversationId}, ${column})`.execute(db);
}

/** The same for a message that says something else now. */
export async function reindexMessage(
  engine: Engine,
  db: Reader,
  before: IndexedMessage,
  after: IndexedMessage,
): Promise<void> {
  const words = searchWords(searchedText(before) ?? '');
  if (engine === 'postgres') await sql`DELETE FROM message_search WHERE message_id = ${before.id}`.execute(db);
  else if (words.length > 0) {
    // The id is in no index of its own: the words that it had lead to it.
    const match = [before.workspaceId, ...words.slice(0, 20)].map((word) => `"${word}"`).join(' AND ');
    await sql`DELETE FROM message_search WHERE rowid IN (
      SELECT rowid FROM message_search WHERE message_search MATCH ${match} AND message_id = ${before.id})`.execute(db);
  }
  await indexMessage(engine, db, after);
}

/** Of the messages that have the words, the newest are looked at; who means an older one says more of it. */
const newestMatches = 20_000;

/** Rows of `conversation_id` and `message_id`, for a FROM. There is at least one word; the last is a prefix. */
export function messagesWith(engine: Engine, workspaceId: string, words: readonly string[]): RawBuilder<unknown> {
  const terms = [workspaceId, ...words];
  // One letter begins every other word.
  const prefix = [...(words.at(-1) ?? '')].length > 1;
  const last = terms.length - 1;
  if (engine === 'sqlite') {
    const match = terms.map((word, i) => `"${word}"${i === last && prefix ? '*' : ''}`).join(' AND ');
    return sql`(SELECT conversation_id, message_id FROM message_search
      WHERE message_search MATCH ${match} ORDER BY rowid DESC LIMIT ${newestMatches})`;
  }
  const match = terms.map((word, i) => `'${word}'${i === last && prefix ? ':*' : ''}`).join(' & ');
  return sql`(SELECT conversation_id, message_id FROM message_search
    WHERE words @@ CAST(${match} AS tsquery) ORDER BY message_id DESC LIMIT ${newestMatches})`;
}
