import type { Generated } from 'kysely';
/* The tables of queues, profiles, tags, visitors, templates and surveys; how columns are written: `schema.ts`. */

/** Who is in a queue; a queue without rows is everybody's. */
export interface QueueAgentsTable {
  queueId: string;
  agentId: string;
  /** The order in which they are asked. */
  place: number;
}

export interface ProfilesTable {
  id: string;
  workspaceId: string;
  name: string;
  /** JSON, a list of `Permission`. */
  permissions: string;
  /** The profile that agents with this role have by themselves. */
  role: string | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}

/** Open event streams of agents, in whichever process. A row that is not seen for a while belongs to a process that died. */
export interface AgentStreamsTable {
  id: string;
  workspaceId: string;
  agentId: string;
  openedAt: number;
  seenAt: number;
}

export interface ParticipantsTable {
  conversationId: string;
  agentId: string;
  /** 0: invited only. */
  joined: number;
  invitedAt: number;
}

export interface TagsTable {
  id: string;
  workspaceId: string;
  name: string;
  /** Lower case, without accents: unique in the workspace. */
  nameKey: string;
  /** JSON, a list of ids; empty: any queue. */
  queueIds: string;
  createdAt: number;
  updatedAt: number;
  version: number;
}

export interface ConversationTagsTable {
  conversationId: string;
  tagId: string;
}

/** Sessions of visitors of websites. */
export interface VisitorSessionsTable {
  id: string;
  workspaceId: string;
  channelId: string;
  contactId: string;
  /** SHA-256 of the token, hex. The token itself is kept by the browser only. */
  hash: string;
  createdAt: number;
  expiresAt: number;
  endedAt: number | null;
}

export interface MessageTemplatesTable {
  id: string;
  workspaceId: string;
  channelId: string;
  /** Meta's id; `null` until Meta took it. */
  providerId: string | null;
  name: string;
  category: string;
  language: string;
  /** JSON of the contract's components. */
  components: string;
  status: string;
  /** When Meta said so last, epoch milliseconds: older news change nothing. `null`: it has not yet. */
  statusAt: number | null;
  reason: string | null;
  /** `green`, `yellow`, `red`; `null`: not known yet. */
  quality: Generated<string | null>;
  previousCategory: Generated<string | null>;
  /** Announced by Meta, and not there yet. */
  nextCategory: Generated<string | null>;
  /** JSON of when it was changed while it was approved, epoch milliseconds. */
  edits: Generated<string>;
  replyQueueId: string | null;
  createdAt: number;
  updatedAt: number;
  /** Kept for the messages that were sent with it. */
  deletedAt: number | null;
  version: number;
}

export interface SurveysTable {
  id: string;
  workspaceId: string;
  instrument: string;
  name: string;
  question: string;
  thanks: string;
  trigger: string;
  /** JSON list. */
  origins: string;
  queueId: string | null;
  expiresInSeconds: number;
  active: number;
  createdAt: number;
  updatedAt: number;
  version: number;
}

export interface SurveyResponsesTable {
  id: string;
  workspaceId: string;
  surveyId: string;
  instrument: string;
  /** As they were when it was asked. */
  question: string;
  thanks: string;
  conversationId: string;
  contactId: string;
  agentId: string | null;
  queueId: string | null;
  status: string;
  skipReason: string | null;
  score: number | null;
  comment: string | null;
  sentAt: number;
  answeredAt: number | null;
  expiresAt: number;
  version: number;
}
