import { sql, type Kysely } from 'kysely';

/** First shape of the database. Written as SQL that both engines understand; BIGINT holds times and sizes. */
const statements = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)`,

  `CREATE TABLE workspaces (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, time_zone TEXT NOT NULL, created_at BIGINT NOT NULL)`,

  `CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), audience TEXT NOT NULL,
    algorithm TEXT NOT NULL, secret TEXT, jwks_url TEXT, created_at BIGINT NOT NULL, revoked_at BIGINT)`,

  `CREATE TABLE api_keys (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL, revoked_at BIGINT)`,

  `CREATE TABLE allowed_origins (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id), origin TEXT NOT NULL, created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, origin))`,

  `CREATE TABLE counters (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id), name TEXT NOT NULL, value BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, name))`,

  `CREATE TABLE queues (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), name TEXT NOT NULL,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL)`,
  `CREATE INDEX queues_by_name ON queues (workspace_id, name, id)`,

  `CREATE TABLE agents (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), external_id TEXT NOT NULL,
    name TEXT NOT NULL, email TEXT, role TEXT NOT NULL, active INTEGER NOT NULL,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL,
    UNIQUE (workspace_id, external_id))`,

  `CREATE TABLE channels (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), kind TEXT NOT NULL,
    name TEXT NOT NULL, external_id TEXT NOT NULL, config TEXT NOT NULL, queue_id TEXT REFERENCES queues (id),
    created_at BIGINT NOT NULL, version INTEGER NOT NULL, UNIQUE (kind, external_id))`,

  `CREATE TABLE customers (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), name TEXT NOT NULL,
    document_kind TEXT, document_value TEXT, email TEXT, phone TEXT, address TEXT, notes TEXT, external_id TEXT,
    search_text TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL)`,
  `CREATE UNIQUE INDEX customers_by_document ON customers (workspace_id, document_value) WHERE document_value IS NOT NULL`,
  `CREATE INDEX customers_by_name ON customers (workspace_id, name, id)`,

  `CREATE TABLE contacts (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    channel_id TEXT NOT NULL REFERENCES channels (id), name TEXT NOT NULL, address TEXT, phone TEXT, user_id TEXT,
    username TEXT, customer_id TEXT REFERENCES customers (id),
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version INTEGER NOT NULL)`,
  `CREATE UNIQUE INDEX contacts_by_phone ON contacts (channel_id, phone) WHERE phone IS NOT NULL`,
  `CREATE UNIQUE INDEX contacts_by_user_id ON contacts (channel_id, user_id) WHERE user_id IS NOT NULL`,
  `CREATE INDEX contacts_by_customer ON contacts (workspace_id, customer_id)`,
  `CREATE INDEX contacts_by_id ON contacts (workspace_id, id)`,

  `CREATE TABLE conversations (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    channel_id TEXT NOT NULL REFERENCES channels (id), origin TEXT NOT NULL,
    contact_id TEXT NOT NULL REFERENCES contacts (id), queue_id TEXT REFERENCES queues (id),
    assignee_id TEXT REFERENCES agents (id), status TEXT NOT NULL, protocol TEXT, previous_conversation_id TEXT,
    unread_count INTEGER NOT NULL, waiting_since BIGINT, window_expires_at BIGINT, outcome TEXT, last_message TEXT,
    next_position INTEGER NOT NULL, last_activity_at BIGINT NOT NULL, created_at BIGINT NOT NULL, closed_at BIGINT,
    version INTEGER NOT NULL)`,
  `CREATE INDEX conversations_by_activity ON conversations (workspace_id, last_activity_at, id)`,
  `CREATE INDEX conversations_open ON conversations (workspace_id, last_activity_at, id) WHERE status <> 'closed'`,
  `CREATE INDEX conversations_waiting ON conversations (workspace_id, waiting_since, id) WHERE status = 'queued'`,
  `CREATE INDEX conversations_mine ON conversations (workspace_id, assignee_id, last_activity_at) WHERE status <> 'closed'`,
  `CREATE INDEX conversations_by_contact ON conversations (contact_id, created_at)`,

  `CREATE TABLE messages (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id), channel_id TEXT NOT NULL REFERENCES channels (id),
    position INTEGER NOT NULL, direction TEXT NOT NULL, author_kind TEXT NOT NULL, author_id TEXT, author_name TEXT,
    type TEXT NOT NULL, content TEXT NOT NULL, attachment_id TEXT, status TEXT, failure TEXT,
    sent_at BIGINT, delivered_at BIGINT, read_at BIGINT, played_at BIGINT, failed_at BIGINT,
    provider_id TEXT, client_id TEXT, client_owner TEXT, resend_of TEXT,
    created_at BIGINT NOT NULL, version INTEGER NOT NULL, UNIQUE (conversation_id, position))`,
  `CREATE UNIQUE INDEX messages_by_provider_id ON messages (channel_id, provider_id) WHERE provider_id IS NOT NULL`,
  `CREATE UNIQUE INDEX messages_by_client_id ON messages (workspace_id, client_owner, client_id)
    WHERE client_id IS NOT NULL`,

  `CREATE TABLE attachments (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), channel_id TEXT, conversation_id TEXT,
    message_id TEXT, kind TEXT NOT NULL, file_name TEXT NOT NULL, mime_type TEXT NOT NULL, size BIGINT, sha256 TEXT,
    storage_key TEXT, status TEXT NOT NULL, provider_media_id TEXT, provider_media_expires_at BIGINT, created_by TEXT,
    created_at BIGINT NOT NULL, version INTEGER NOT NULL)`,

  `CREATE TABLE protocols (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id), number TEXT NOT NULL,
    conversation_id TEXT NOT NULL UNIQUE REFERENCES conversations (id), created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number))`,

  `CREATE TABLE events (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id), seq BIGINT NOT NULL, type TEXT NOT NULL,
    conversation_id TEXT, data TEXT NOT NULL, occurred_at BIGINT NOT NULL, PRIMARY KEY (workspace_id, seq))`,

  `CREATE TABLE idempotency_keys (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id), owner TEXT NOT NULL, key TEXT NOT NULL,
    fingerprint TEXT NOT NULL, response TEXT NOT NULL, created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, owner, key))`,
  `CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)`,

  `CREATE TABLE jobs (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    channel_id TEXT NOT NULL REFERENCES channels (id), kind TEXT NOT NULL, order_key TEXT, subject_id TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, run_at BIGINT NOT NULL, lease_token TEXT, lease_until BIGINT,
    last_error TEXT, created_at BIGINT NOT NULL, finished_at BIGINT)`,
  `CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state IN ('queued', 'running', 'calling')`,
  `CREATE INDEX jobs_in_order ON jobs (order_key, id) WHERE state IN ('queued', 'running', 'calling')`,
  `CREATE INDEX jobs_by_subject ON jobs (subject_id)`,

  `CREATE TABLE envelopes (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, body TEXT NOT NULL, channel_ids TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, run_at BIGINT NOT NULL, error TEXT,
    received_at BIGINT NOT NULL, processed_at BIGINT)`,
  `CREATE INDEX envelopes_due ON envelopes (run_at, id) WHERE state = 'pending'`,

  `CREATE TABLE early_statuses (
    channel_id TEXT NOT NULL REFERENCES channels (id), provider_id TEXT NOT NULL, status TEXT NOT NULL,
    data TEXT NOT NULL, received_at BIGINT NOT NULL, PRIMARY KEY (channel_id, provider_id, status))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
