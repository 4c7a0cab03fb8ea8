import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** Templates for lists of people, and which messages are of them: those of people go first. */
const statements = [
  `CREATE TABLE dispatches (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), channel_id TEXT NOT NULL,
    template_id TEXT NOT NULL, template_name TEXT NOT NULL, template_language TEXT NOT NULL, name TEXT NOT NULL,
    status TEXT NOT NULL, template TEXT NOT NULL, reply_queue_id TEXT REFERENCES queues (id),
    awaiting_reply_minutes INTEGER, total INTEGER NOT NULL,
    creator_kind TEXT NOT NULL, creator_id TEXT NOT NULL, creator_name TEXT NOT NULL,
    scheduled_at BIGINT, started_at BIGINT, finished_at BIGINT, next_at BIGINT NOT NULL, limited_until BIGINT,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL)`,
  `CREATE INDEX dispatches_by_age ON dispatches (workspace_id, created_at, id)`,
  `CREATE INDEX dispatches_due ON dispatches (next_at) WHERE status IN ('scheduled', 'running')`,
  `CREATE TABLE dispatch_recipients (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatches (id), place INTEGER NOT NULL, contact_id TEXT, phone TEXT,
    name TEXT, document TEXT, variables TEXT NOT NULL, state TEXT NOT NULL, problem TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, conversation_id TEXT, message_id TEXT, UNIQUE (dispatch_id, place))`,
  `CREATE INDEX dispatch_recipients_waiting ON dispatch_recipients (dispatch_id, place) WHERE state = 'waiting'`,
  `CREATE INDEX dispatch_recipients_by_message ON dispatch_recipients (message_id) WHERE message_id IS NOT NULL`,
  `ALTER TABLE jobs ADD COLUMN dispatch_id TEXT`,
  `CREATE INDEX jobs_of_dispatch ON jobs (dispatch_id)
    WHERE dispatch_id IS NOT NULL AND state IN ('queued', 'running', 'calling')`,
  // The same file goes to many people.
  `CREATE INDEX attachments_by_file ON attachments (storage_key) WHERE storage_key IS NOT NULL`,
  `CREATE TABLE reach_allowances (id TEXT PRIMARY KEY, people INTEGER NOT NULL, until BIGINT NOT NULL)`,
  // Whom a number wrote to first in the last day.
  `CREATE INDEX messages_of_templates ON messages (channel_id, created_at)
    WHERE type = 'template' AND direction = 'outbound'`,
];

const added = ['dispatches.view', 'dispatches.create', 'dispatches.cancel'];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  const tables = db as Kysely<Schema>;
  const profiles = await tables
    .selectFrom('profiles')
    .select(['id', 'permissions'])
    .where('role', '=', 'administrator')
    .execute();
  for (const { id, permissions } of profiles) {
    const all = [...new Set([...(JSON.parse(permissions) as string[]), ...added])];
    await tables
      .updateTable('profiles')
      .set({ permissions: JSON.stringify(all) })
      .where('id', '=', id)
      .execute();
  }
}
