import type { Generated } from 'kysely';
import type {
  AgentStreamsTable,
  ConversationTagsTable,
  MessageTemplatesTable,
  ParticipantsTable,
  ProfilesTable,
  QueueAgentsTable,
  SurveyResponsesTable,
  SurveysTable,
  TagsTable,
  VisitorSessionsTable,
} from './desk-schema.ts';
import type { DispatchesTable, DispatchRecipientsTable, ReachAllowancesTable } from './dispatch-schema.ts';
import type {
  EarlyChangesTable,
  TakenChangesTable,
  EarlyStatusesTable,
  MessagesTable,
  SendLimitsTable,
} from './message-schema.ts';

/**
 * The tables, as the code sees them (camelCase here, snake_case in the database).
 * The same on both engines: ids are text, times are epoch milliseconds, JSON is text, booleans are 0 or 1.
 */
export interface Schema {
  meta: MetaTable;
  workspaces: WorkspacesTable;
  signingKeys: SigningKeysTable;
  apiKeys: ApiKeysTable;
  allowedOrigins: AllowedOriginsTable;
  counters: CountersTable;
  queues: QueuesTable;
  queueAgents: QueueAgentsTable;
  profiles: ProfilesTable;
  agents: AgentsTable;
  agentStreams: AgentStreamsTable;
  channels: ChannelsTable;
  customers: CustomersTable;
  contacts: ContactsTable;
  conversations: ConversationsTable;
  participants: ParticipantsTable;
  tags: TagsTable;
  conversationTags: ConversationTagsTable;
  messages: MessagesTable;
  attachments: AttachmentsTable;
  visitorSessions: VisitorSessionsTable;
  messageTemplates: MessageTemplatesTable;
  dispatches: DispatchesTable;
  dispatchRecipients: DispatchRecipientsTable;
  reachAllowances: ReachAllowancesTable;
  surveys: SurveysTable;
  surveyResponses: SurveyResponsesTable;
  protocols: ProtocolsTable;
  events: EventsTable;
  idempotencyKeys: IdempotencyKeysTable;
  jobs: JobsTable;
  sendLimits: SendLimitsTable;
  envelopes: EnvelopesTable;
  earlyStatuses: EarlyStatusesTable;
  earlyChanges: EarlyChangesTable;
  takenChanges: TakenChangesTable;
}

/** Facts about this database: `epoch` (renewed when it is restored or imported), `secret` (signs cursors and links). */
export interface MetaTable {
  key: string;
  value: string;
}

export interface WorkspacesTable {
  id: string;
  name: string;
  /** IANA name; protocol numbers carry the date there. */
  timeZone: string;
  /** JSON of `WorkspaceSettings`, what differs from the usual. */
  settings: Generated<string>;
  settingsUpdatedAt: Generated<number>;
  settingsVersion: Generated<number>;
  createdAt: number;
}

/** Keys with which hosts sign the tokens of their agents (and, later, visitors). `kid` names workspace and key. */
export interface SigningKeysTable {
  kid: string;
  workspaceId: string;
  audience: string;
  /** `HS256` with `secret`, or `JWKS` with `jwksUrl`. */
  algorithm: string;
  secret: string | null;
  jwksUrl: string | null;
  createdAt: number;
  revokedAt: number | null;
}

export interface ApiKeysTable {
  id: string;
  workspaceId: string;
  name: string;
  /** SHA-256 of the key, hex. The key itself is shown once and kept nowhere. */
  hash: string;
  createdAt: number;
  revokedAt: number | null;
}

export interface AllowedOriginsTable {
  workspaceId: string;
  /** Scheme, host and port, as browsers send it: `https://crm.example.com`. */
  origin: string;
  createdAt: number;
}

/** Numbers that must have no gaps: taken inside the transaction that uses them. */
export interface CountersTable {
  workspaceId: string;
  /** `event`, `protocol`, or `protocol:<yyyymmdd>`. */
  name: string;
  value: number;
}

export interface QueuesTable {
  id: string;
  workspaceId: string;
  name: string;
  /** JSON of `QueueSettings`, what differs from the usual. */
  settings: Generated<string>;
  createdAt: number;
  updatedAt: number;
  version: number;
}

export interface AgentsTable {
  id: string;
  workspaceId: string;
  externalId: string;
  name: string;
  email: string | null;
  role: string;
  profileId: Generated<string | null>;
  maxConcurrent: Generated<number | null>;
  /** What the agent chose: `online`, `paused`, `offline`. */
  presence: Generated<string>;
  pauseReason: Generated<string | null>;
  presenceSince: Generated<number>;
  /** A page of theirs holds a stream. */
  connected: Generated<number>;
  /** Since when none does. */
  disconnectedAt: Generated<number | null>;
  /** Since when nothing was given to them: of equals, the one who waits longest is next. */
  idleSince: Generated<number>;
  active: number;
  createdAt: number;
  updatedAt: number;
  version: number;
}

export interface ChannelsTable {
  id: string;
  workspaceId: string;
  kind: string;
  name: string;
  /** What the provider knows the number by; unique among channels of a kind. */
  externalId: string;
  /** JSON, by kind: `channels/whatsapp/config.ts`. */
  config: string;
  /** Where its conversations wait. */
  queueId: string | null;
  /** `ChannelStatus`. */
  status: Generated<string>;
  /** What the provider said last against it, and when. */
  lastError: Generated<string | null>;
  lastErrorAt: Generated<number | null>;
  /** While it is the `version` nothing is sent: with these settings the provider refuses everything. */
  pausedVersion: Generated<number | null>;
  /** When it was last asked whether that is over. */
  probedAt: Generated<number | null>;
  /** JSON of what the provider says about the number: `store/channels.ts`. */
  standing: Generated<string>;
  lastWebhookAt: Generated<number | null>;
  /** Counts every change that people see; `version` only those of its settings. */
  revision: Generated<number>;
  createdAt: number;
  version: number;
}

export interface CustomersTable {
  id: string;
  workspaceId: string;
  name: string;
  documentKind: string | null;
  documentValue: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  notes: string | null;
  externalId: string | null;
  /** What `search` looks in: lower case, without accents or punctuation. */
  searchText: string;
  /** `searchColumns`, for the search for conversations. */
  searchWords: Generated<string>;
  searchNumbers: Generated<string>;
  createdAt: number;
  updatedAt: number;
  version: number;
}

export interface ContactsTable {
  id: string;
  workspaceId: string;
  channelId: string;
  name: string;
  /** Where to send: the `wa_id` as the channel gave it, digits only. */
  address: string | null;
  /** E.164 with the ninth digit, so that both forms of a Brazilian mobile meet. Unique in the channel. */
  phone: string | null;
  /** Business-scoped user id. Unique in the channel. */
  userId: string | null;
  username: string | null;
  email: string | null;
  /** The channel vouches for who it is. */
  verified: number;
  customerId: string | null;
  /** What the company's phone calls them, and since when (coexistence). */
  bookName: Generated<string | null>;
  bookChangedAt: Generated<number | null>;
  /** 0: they want no marketing; `null`: they have said nothing. The channel refuses it then, too. */
  marketingAllowed: Generated<number | null>;
  marketingChangedAt: Generated<number | null>;
  /** `searchColumns`. */
  searchWords: Generated<string>;
  searchNumbers: Generated<string>;
  createdAt: number;
  updatedAt: number;
  version: number;
}

export interface ConversationsTable {
  id: string;
  workspaceId: string;
  channelId: string;
  origin: string;
  contactId: string;
  queueId: string | null;
  assigneeId: string | null;
  status: string;
  protocol: string | null;
  previousConversationId: string | null;
  unreadCount: number;
  waitingSince: number | null;
  windowExpiresAt: number | null;
  outcome: string | null;
  subject: string | null;
  /** Whom the card is offered to, until when, and who transferred it. */
  offeredTo: Generated<string | null>;
  offerExpiresAt: Generated<number | null>;
  offerFrom: Generated<string | null>;
  /** JSON, ids of agents who were asked since it last entered the queue. */
  refusedBy: Generated<string>;
  /** Higher goes first: what an agent had to give back. */
  priority: Generated<number>;
  category: Generated<string | null>;
  notes: Generated<string | null>;
  /** When an agent first attended. */
  answeredAt: Generated<number | null>;
  replyDeadline: Generated<number | null>;
  lastInboundAt: Generated<number | null>;
  /** `asked` for CPF or CNPJ, `told` that what they typed is none, `skipped`, `identified`. */
  identification: Generated<string | null>;
  /** When it last began to wait for an agent. `waitingSince` stays over a service; this does not. */
  queuedAt: Generated<number | null>;
  /** Since when the customer has not reacted to what the team wrote; `null`: they have, or it is for the team to write. */
  silentSince: Generated<number | null>;
  /** When the chat was over; `closedAt` is when its record was complete. */
  endedAt: Generated<number | null>;
  pageUrl: string | null;
  /** 1: it holds what was said before the number came to the gateway. */
  imported: Generated<number>;
  /** Up to this position the assignee has read. */
  agentReadPosition: number;
  /** Up to this position the visitor of a website has read. */
  visitorReadPosition: number;
  /** JSON of `MessagePreview`. */
  lastMessage: string | null;
  /** Position that the next message gets. */
  nextPosition: number;
  lastActivityAt: number;
  createdAt: number;
  closedAt: number | null;
  version: number;
}

export interface AttachmentsTable {
  id: string;
  workspaceId: string;
  channelId: string | null;
  conversationId: string | null;
  messageId: string | null;
  kind: string;
  fileName: string;
  mimeType: string;
  size: number | null;
  sha256: string | null;
  /** Key in the media store; made by the gateway, never by whoever sent the file. */
  storageKey: string | null;
  /** Of a recording, as the browser made it (WebM), before it became what channels take. */
  originalKey: Generated<string | null>;
  status: string;
  /** The channel's id of the file, and until when it can be used. */
  providerMediaId: string | null;
  providerMediaExpiresAt: number | null;
  /** Agent or API key; `null` for inbound. */
  createdBy: string | null;
  createdAt: number;
  version: number;
}

export interface ProtocolsTable {
  workspaceId: string;
  number: string;
  conversationId: string;
  createdAt: number;
}

export interface EventsTable {
  workspaceId: string;
  seq: number;
  type: string;
  conversationId: string | null;
  /** JSON of the event's `data`. */
  data: string;
  occurredAt: number;
}

export interface IdempotencyKeysTable {
  workspaceId: string;
  /** Agent or API key. */
  owner: string;
  key: string;
  /** SHA-256 of method, path and body. */
  fingerprint: string;
  /** JSON of the answer. */
  response: string;
  createdAt: number;
}

/** Work that outlives the request: sending, fetching files. */
export interface JobsTable {
  id: string;
  workspaceId: string;
  channelId: string;
  /** One of `jobKinds`. */
  kind: string;
  /** Jobs with the same key run one after another, in the order of their ids; `null`: no order. */
  orderKey: string | null;
  /** Message, attachment, template or channel that it is about. */
  subjectId: string;
  /** `queued`, `running`, `calling` (the provider's answer would settle it), `done`, `failed`, `unconfirmed`, `redriven` (failed, and sent again by hand). */
  state: string;
  attempts: number;
  runAt: number;
  /** Who runs it: a writer whose token is no longer here came too late. */
  leaseToken: string | null;
  leaseUntil: number | null;
  lastError: string | null;
  /** JSON list of `{ at, error }`, oldest first; `null`: none. */
  errors: Generated<string | null>;
  /** The dispatch that the message is of; what people write goes before it. */
  dispatchId: Generated<string | null>;
  createdAt: number;
  finishedAt: number | null;
}

/** Webhook bodies as they came, stored before they are answered. */
export interface EnvelopesTable {
  id: string;
  /** SHA-256 of the raw bytes and of the channels that they were signed for: a replay is recognised. */
  digest: string;
  body: string;
  /** JSON list of the channels whose secret signed it. */
  channelIds: string;
  /** `pending`, `processed`, `failed`. */
  state: string;
  attempts: number;
  runAt: number;
  error: string | null;
  receivedAt: number;
  processedAt: number | null;
}
