import { sql, type Kysely } from 'kysely';

/** Visitors of websites, message templates, surveys. */
const statements = [
  `ALTER TABLE contacts ADD COLUMN email TEXT`,
  `ALTER TABLE contacts ADD COLUMN verified INTEGER NOT NULL DEFAULT 1`,

  `ALTER TABLE conversations ADD COLUMN subject TEXT`,
  `ALTER TABLE conversations ADD COLUMN page_url TEXT`,
  `ALTER TABLE conversations ADD COLUMN agent_read_position INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE conversations ADD COLUMN visitor_read_position INTEGER NOT NULL DEFAULT 0`,

  `CREATE TABLE visitor_sessions (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    channel_id TEXT NOT NULL REFERENCES channels (id), contact_id TEXT NOT NULL REFERENCES contacts (id),
    hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT)`,
  `CREATE INDEX visitor_sessions_by_contact ON visitor_sessions (contact_id)`,
  `CREATE INDEX visitor_sessions_by_end ON visitor_sessions (expires_at)`,

  `CREATE TABLE message_templates (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    channel_id TEXT NOT NULL REFERENCES channels (id), provider_id TEXT, name TEXT NOT NULL, category TEXT NOT NULL,
    language TEXT NOT NULL, components TEXT NOT NULL, status TEXT NOT NULL, status_at BIGINT, reason TEXT,
    reply_queue_id TEXT REFERENCES queues (id), created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
    deleted_at BIGINT, version INTEGER NOT NULL)`,
  `CREATE UNIQUE INDEX message_templates_by_name ON message_templates (channel_id, name, language)
    WHERE deleted_at IS NULL`,
  `CREATE INDEX message_templates_in_order ON message_templates (workspace_id, name, id)`,
  `CREATE INDEX message_templates_by_provider_id ON message_templates (channel_id, provider_id)`,

  `CREATE TABLE surveys (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), instrument TEXT NOT NULL,
    name TEXT NOT NULL, question TEXT NOT NULL, thanks TEXT NOT NULL, trigger TEXT NOT NULL, origins TEXT NOT NULL,
    queue_id TEXT REFERENCES queues (id), expires_in_seconds INTEGER NOT NULL, active INTEGER NOT NULL,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL)`,
  `CREATE INDEX surveys_by_name ON surveys (workspace_id, name, id)`,

  // The contact is the conversation's. A reference of its own would lock it after the conversation, and a message of the
  // customer locks them the other way round.
  `CREATE TABLE survey_responses (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    survey_id TEXT NOT NULL REFERENCES surveys (id), instrument TEXT NOT NULL, question TEXT NOT NULL,
    thanks TEXT NOT NULL, conversation_id TEXT NOT NULL UNIQUE REFERENCES conversations (id),
    contact_id TEXT NOT NULL, agent_id TEXT REFERENCES agents (id),
    queue_id TEXT REFERENCES queues (id), status TEXT NOT NULL, skip_reason TEXT, score INTEGER, comment TEXT,
    sent_at BIGINT NOT NULL, answered_at BIGINT, expires_at BIGINT NOT NULL, version INTEGER NOT NULL)`,
  `CREATE INDEX survey_responses_in_order ON survey_responses (workspace_id, sent_at, id)`,
  `CREATE INDEX survey_responses_open ON survey_responses (contact_id) WHERE status = 'sent'`,

  `CREATE INDEX events_by_conversation ON events (workspace_id, conversation_id, seq)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
