import { sql, type Kysely } from 'kysely';
import { roleProfiles } from '../../domain/role-profiles.ts';
import type { Schema } from '../schema.ts';

/** Settings of workspaces and queues, presence, profiles, offers, participants, tags, the record of a service. */
const statements = [
  `ALTER TABLE workspaces ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE workspaces ADD COLUMN settings_updated_at BIGINT NOT NULL DEFAULT 0`,
  `ALTER TABLE workspaces ADD COLUMN settings_version INTEGER NOT NULL DEFAULT 1`,

  `ALTER TABLE queues ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'`,
  `CREATE TABLE queue_agents (
    queue_id TEXT NOT NULL REFERENCES queues (id), agent_id TEXT NOT NULL REFERENCES agents (id),
    place INTEGER NOT NULL, PRIMARY KEY (queue_id, agent_id))`,
  `CREATE INDEX queue_agents_by_agent ON queue_agents (agent_id)`,

  `CREATE TABLE profiles (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), name TEXT NOT NULL,
    permissions TEXT NOT NULL, role TEXT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
    version INTEGER NOT NULL)`,
  `CREATE INDEX profiles_by_name ON profiles (workspace_id, name, id)`,
  `CREATE UNIQUE INDEX profiles_by_role ON profiles (workspace_id, role) WHERE role IS NOT NULL`,

  `ALTER TABLE agents ADD COLUMN profile_id TEXT REFERENCES profiles (id)`,
  `ALTER TABLE agents ADD COLUMN max_concurrent INTEGER`,
  `ALTER TABLE agents ADD COLUMN presence TEXT NOT NULL DEFAULT 'online'`,
  `ALTER TABLE agents ADD COLUMN pause_reason TEXT`,
  `ALTER TABLE agents ADD COLUMN presence_since BIGINT NOT NULL DEFAULT 0`,
  `ALTER TABLE agents ADD COLUMN connected INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE agents ADD COLUMN disconnected_at BIGINT`,
  `ALTER TABLE agents ADD COLUMN idle_since BIGINT NOT NULL DEFAULT 0`,
  `CREATE TABLE agent_streams (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    agent_id TEXT NOT NULL REFERENCES agents (id), opened_at BIGINT NOT NULL, seen_at BIGINT NOT NULL)`,
  `CREATE INDEX agent_streams_by_agent ON agent_streams (agent_id)`,
  `CREATE INDEX agent_streams_by_time ON agent_streams (seen_at)`,

  `ALTER TABLE conversations ADD COLUMN offered_to TEXT REFERENCES agents (id)`,
  `ALTER TABLE conversations ADD COLUMN offer_expires_at BIGINT`,
  `ALTER TABLE conversations ADD COLUMN offer_from TEXT REFERENCES agents (id)`,
  `ALTER TABLE conversations ADD COLUMN refused_by TEXT NOT NULL DEFAULT '[]'`,
  `ALTER TABLE conversations ADD COLUMN priority INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE conversations ADD COLUMN category TEXT`,
  `ALTER TABLE conversations ADD COLUMN notes TEXT`,
  `ALTER TABLE conversations ADD COLUMN answered_at BIGINT`,
  `ALTER TABLE conversations ADD COLUMN reply_deadline BIGINT`,
  `ALTER TABLE conversations ADD COLUMN last_inbound_at BIGINT`,
  `ALTER TABLE conversations ADD COLUMN queued_at BIGINT`,
  `ALTER TABLE conversations ADD COLUMN silent_since BIGINT`,
  `ALTER TABLE conversations ADD COLUMN ended_at BIGINT`,
  `CREATE INDEX conversations_awaiting ON conversations (reply_deadline) WHERE status = 'awaiting_reply'`,
  `UPDATE conversations SET queued_at = waiting_since WHERE status = 'queued'`,
  `UPDATE conversations SET ended_at = closed_at`,
  `CREATE INDEX conversations_offered ON conversations (offer_expires_at) WHERE status = 'offered'`,
  `CREATE INDEX conversations_queued ON conversations (workspace_id, queue_id, priority, waiting_since)
    WHERE status IN ('queued', 'offered')`,
  `CREATE INDEX conversations_answered ON conversations (queue_id, answered_at) WHERE answered_at IS NOT NULL`,
  `CREATE INDEX conversations_in_service ON conversations (assignee_id) WHERE status IN ('active', 'pending')`,
  `UPDATE conversations SET answered_at = created_at WHERE status IN ('active', 'wrap_up', 'closed') AND assignee_id IS NOT NULL`,

  `CREATE TABLE participants (
    conversation_id TEXT NOT NULL REFERENCES conversations (id), agent_id TEXT NOT NULL REFERENCES agents (id),
    joined INTEGER NOT NULL, invited_at BIGINT NOT NULL, PRIMARY KEY (conversation_id, agent_id))`,
  `CREATE INDEX participants_by_agent ON participants (agent_id)`,

  `CREATE TABLE tags (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces (id), name TEXT NOT NULL,
    name_key TEXT NOT NULL, queue_ids TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
    version INTEGER NOT NULL)`,
  `CREATE UNIQUE INDEX tags_by_name ON tags (workspace_id, name_key)`,
  `CREATE TABLE conversation_tags (
    conversation_id TEXT NOT NULL REFERENCES conversations (id), tag_id TEXT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (conversation_id, tag_id))`,
  `CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  const tables = db as Kysely<Schema>;
  for (const { id } of await tables.selectFrom('workspaces').select('id').execute()) {
    await tables.insertInto('profiles').values(roleProfiles(id, Date.now())).execute();
  }
}
