import type { Generated } from 'kysely';

export interface MessagesTable {
  id: string;
  workspaceId: string;
  conversationId: string;
  channelId: string;
  position: number;
  direction: string;
  authorKind: string;
  authorId: string | null;
  authorName: string | null;
  type: string;
  /** JSON: the content without its attachment. */
  content: string;
  attachmentId: string | null;
  status: string | null;
  /** JSON of `Message['failure']`. */
  failure: string | null;
  sentAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
  playedAt: number | null;
  failedAt: number | null;
  /** The channel's id of it (`wamid…`). Unique in the channel. */
  providerId: string | null;
  clientId: string | null;
  /** Whose `clientId` it is: agent or API key. Unique together. */
  clientOwner: string | null;
  resendOf: string | null;
  /** JSON of `QuotedMessage`. */
  replyTo: string | null;
  /** JSON of `Reaction[]`; `null`: none. */
  reactions: string | null;
  /** `once`, `many`. */
  forwarded: string | null;
  /** JSON of `Referral`. */
  referral: string | null;
  /** JSON of `MessagePricing`. */
  pricing: string | null;
  editedAt: number | null;
  revokedAt: number | null;
  /** The channel's id of the reaction that was sent to it last. */
  reactionProviderId: Generated<string | null>;
  createdAt: number;
  version: number;
}

/** How much of a limit of the provider is spent; all processes take from the same. */
export interface SendLimitsTable {
  /** `number:<channel>` or `pair:<channel>:<contact>`. */
  id: string;
  /** The three of `LimitState` in `domain/send-limit.ts`. */
  spentUntil: number;
  blockedUntil: number;
  strikes: number;
  usedAt: number;
}

/** Statuses of messages whose send has not been answered yet. */
export interface EarlyStatusesTable {
  channelId: string;
  providerId: string;
  status: string;
  /** JSON of the status as it came. */
  data: string;
  receivedAt: number;
}

/** What was done to messages that the gateway does not have yet. */
export interface EarlyChangesTable {
  channelId: string;
  /** The channel's id of the message, and of what was done to it. */
  targetId: string;
  providerId: string;
  /** JSON of `InboundChange`, without its channel. */
  data: string;
  receivedAt: number;
}

/** Edits and reactions that were done, or kept until their message comes. */
export interface TakenChangesTable {
  channelId: string;
  /** The channel's id of the edit or the reaction itself. */
  providerId: string;
  takenAt: number;
}
