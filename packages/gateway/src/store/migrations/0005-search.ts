import { sql, type Kysely } from 'kysely';
import { searchColumns } from '../../domain/search-text.ts';
import type { Database, Reader } from '../database.ts';
import { indexMessage } from '../message-search.ts';

/** Search: names, phones and documents in columns of their own, messages in the engine's full-text index. */
const statements = [
  `ALTER TABLE contacts ADD COLUMN search_words TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE contacts ADD COLUMN search_numbers TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE customers ADD COLUMN search_words TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE customers ADD COLUMN search_numbers TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE conversations ADD COLUMN identification TEXT`,
];

/** Our words are whole already: `ascii` leaves every other character alone, and `_` is of ids. */
const indexes: Readonly<Record<Database['engine'], readonly string[]>> = {
  sqlite: [
    `CREATE VIRTUAL TABLE message_search USING fts5 (
      words, message_id UNINDEXED, conversation_id UNINDEXED,
      detail = none, prefix = '2 3', tokenize = "ascii tokenchars '_'")`,
  ],
  postgres: [
    `CREATE TABLE message_search (
      message_id TEXT PRIMARY KEY REFERENCES messages (id), conversation_id TEXT NOT NULL, words TSVECTOR NOT NULL)`,
    `CREATE INDEX message_search_words ON message_search USING GIN (words)`,
  ],
};

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

interface Old {
  readonly contacts: PersonRow & { readonly username: string | null };
  readonly customers: PersonRow & { readonly externalId: string | null; readonly documentValue: string | null };
  readonly messages: {
    readonly id: string;
    readonly workspaceId: string;
    readonly conversationId: string;
    readonly direction: string;
    readonly authorKind: string;
    readonly type: string;
    readonly content: string;
    readonly attachmentId: string | null;
  };
}

export async function up(db: Kysely<unknown>, engine: Database['engine']): Promise<void> {
  for (const statement of [...statements, ...indexes[engine]]) await sql.raw(statement).execute(db);
  for (const table of ['contacts', 'customers'] as const) {
    for await (const { id, ...person } of rowsOf(db, table)) {
      const { searchWords, searchNumbers } = searchColumns(person);
      await sql`UPDATE ${sql.table(table)} SET search_words = ${searchWords}, search_numbers = ${searchNumbers}
        WHERE id = ${id}`.execute(db);
    }
  }
  for await (const row of rowsOf(db, 'messages')) {
    const content = JSON.parse(row.content) as Record<string, unknown>;
    await indexMessage(engine, db as Reader, { ...row, content, fileName: await fileNameOf(db, row.attachmentId) });
  }
}

async function fileNameOf(db: Kysely<unknown>, attachmentId: string | null): Promise<string | null> {
  if (attachmentId === null) return null;
  const { rows } = await sql<{ fileName: string }>`SELECT file_name FROM attachments
    WHERE id = ${attachmentId}`.execute(db);
  return rows[0]?.fileName ?? null;
}

const batch = 1000;

/** Every row in the order of its id, never all of them in memory. */
async function* rowsOf<Name extends keyof Old>(db: Kysely<unknown>, table: Name): AsyncIterable<Old[Name]> {
  for (let after = ''; ;) {
    const { rows } = await sql<Old[Name]>`SELECT * FROM ${sql.table(table)} WHERE id > ${after}
      ORDER BY id LIMIT ${batch}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
