import * as z from 'zod/mini';
import {
  channelIdSchema,
  contactIdSchema,
  conversationIdSchema,
  messageIdSchema,
  personSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import { messageStatuses } from './messages.ts';
import type { DeepReadonly } from './readonly.ts';

/** Esperando · Não lidas · Meus · Tudo. `all` is every open conversation, never a closed one. */
export const conversationTabs = ['waiting', 'unread', 'mine', 'all'] as const;

/**
 * `triage`: not a service yet, somebody has to convert it. `bot`: an automation has it. `awaiting_reply`: the company
 * wrote first, with a template, and the customer has not answered. `offered`: a card that an agent was asked to accept.
 * `pending`: attended, and parked until the customer writes. `wrap_up`: over, its record is being filled in. `expired`:
 * over without anybody having come in time.
 */
export const conversationStatuses = [
  'triage',
  'bot',
  'awaiting_reply',
  'queued',
  'offered',
  'active',
  'pending',
  'wrap_up',
  'closed',
  'expired',
] as const;

/** How an agent says that a conversation ended. */
export const closingOutcomes = ['resolved', 'unresolved', 'no_reply', 'mistake'] as const;

/**
 * How a conversation ended. The agent's own four are Citrus's `terminated_agent`, told apart. `terminated_client`: the
 * customer ended it; `abandoned_client`: before anybody attended.
 */
export const conversationOutcomes = [
  ...closingOutcomes,
  'terminated_client',
  'abandoned_client',
  'queue_timeout',
  'inactivity',
  'bot_resolved',
  'discarded',
  'offline',
  'window_expired',
  'no_answer',
] as const;

/** Enough of the newest message for a row of the list. */
export const messagePreviewSchema = z.object({
  id: messageIdSchema,
  /** Of the content; `revoked` once the message was deleted. */
  type: z.string(),
  /** Text or caption, cut at 200 characters; file name for a document without a caption. */
  text: z.nullable(z.string()),
  direction: z.enum(['inbound', 'outbound']),
  authorName: z.nullable(z.string()),
  status: z.nullable(z.enum(messageStatuses)),
  createdAt: timeSchema,
});

/** A service (atendimento) of one contact on one channel, from the first message until it is closed. */
export const conversationSchema = z.object({
  id: conversationIdSchema,
  status: z.enum(conversationStatuses),
  channelId: channelIdSchema,
  /** The kind of channel it came in by (Origem). */
  origin: z.enum(['whatsapp', 'webchat']),
  contact: z.object({
    id: contactIdSchema,
    name: z.string(),
    phone: z.nullable(z.string()),
    email: z.nullable(z.string()),
    /** The channel vouches for who it is: always on WhatsApp, with a signed identity on a webchat. */
    verified: z.boolean(),
  }),
  /** What the visitor said it is about; `null` where nobody asked. */
  subject: z.nullable(z.string()),
  /** The page of the website where it began; text from outside. */
  pageUrl: z.nullable(z.string()),
  /** The record that the contact is linked to; `null`: not linked. */
  customer: z.nullable(personSchema),
  queue: z.nullable(personSchema),
  /** Exactly one in `active`, `pending` and `wrap_up`, `null` in `queued` and `offered`. */
  assignee: z.nullable(personSchema),
  /** With `offered`: whom the card was offered to, until when, and who transferred it (`null`: the queue offers it). */
  offer: z.nullable(z.object({ agent: personSchema, expiresAt: timeSchema, from: z.nullable(personSchema) })),
  /** Agents who were invited, and whether they joined. */
  participants: z.array(z.object({ id: z.string(), name: z.string(), joined: z.boolean() })),
  tags: z.array(personSchema),
  /** Number that the customer was told; `null` until one is assigned. */
  protocol: z.nullable(z.string()),
  /** The conversation that the same contact had before this one. */
  previousConversationId: z.nullable(conversationIdSchema),
  /** Messages of the customer since the assignee last looked. */
  unreadCount: z.int(),
  /**
   * The newest message between the customer and the desk; `null` before the first. It leaves out what would hide that:
   * lines of the timeline, and automatic messages such as the notice of the protocol. `messages.list` has them all.
   */
  lastMessage: z.nullable(messagePreviewSchema),
  /** Since when the customer has been waiting for an agent; transfers do not reset it. `null` when nobody waits. */
  waitingSince: z.nullable(timeSchema),
  /** Until when free-form messages may be sent (24 hours after the customer last wrote); `null`: no such limit. */
  windowExpiresAt: z.nullable(timeSchema),
  outcome: z.nullable(z.enum(conversationOutcomes)),
  /** What the agent filled in about the service. */
  category: z.nullable(z.string()),
  notes: z.nullable(z.string()),
  /** When an agent first attended: only then was the customer served. */
  answeredAt: z.nullable(timeSchema),
  /** With `awaiting_reply`: until when an answer is waited for. */
  replyDeadline: z.nullable(timeSchema),
  /** When the list last had a reason to move it: a message, or a change of state. */
  lastActivityAt: timeSchema,
  createdAt: timeSchema,
  closedAt: z.nullable(timeSchema),
  version: versionSchema,
});

/** Open conversations by tab, as the caller may see them. */
export const conversationCountsSchema = z.object({
  waiting: z.int(),
  unread: z.int(),
  mine: z.int(),
  all: z.int(),
});

export type ConversationTab = (typeof conversationTabs)[number];
export type ConversationStatus = (typeof conversationStatuses)[number];
export type ClosingOutcome = (typeof closingOutcomes)[number];
export type ConversationOutcome = (typeof conversationOutcomes)[number];
export type MessagePreview = DeepReadonly<z.output<typeof messagePreviewSchema>>;
export type Conversation = DeepReadonly<z.output<typeof conversationSchema>>;
export type ConversationCounts = DeepReadonly<z.output<typeof conversationCountsSchema>>;
