import * as z from 'zod/mini';
import {
  agentIdSchema,
  channelIdSchema,
  contactIdSchema,
  conversationIdSchema,
  customerIdSchema,
  messageIdSchema,
  personSchema,
  queueIdSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import { templateUseSchema } from './hsm.ts';
import { messageStatuses } from './messages.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** Esperando · Não lidas · Meus · Tudo. `all` is every open conversation, never a closed one. */
export const conversationTabs = ['waiting', 'unread', 'mine', 'all'] as const;

/** `awaiting_reply`: the company wrote first, with a template, and the customer has not answered. */
export const conversationStatuses = ['awaiting_reply', 'queued', 'active', 'wrap_up', 'closed'] as const;

/** How an agent says that a conversation ended. */
export const closingOutcomes = ['resolved', 'unresolved', 'no_reply', 'mistake'] as const;

/** How a conversation ended. `terminated_client`: the customer ended it; `abandoned_client`: before anybody attended. */
export const conversationOutcomes = [...closingOutcomes, 'terminated_client', 'abandoned_client'] as const;

/** Enough of the newest message for a row of the list. */
export const messagePreviewSchema = z.object({
  id: messageIdSchema,
  type: z.string(),
  /** Text or caption, cut at 200 characters; file name for a document without a caption. */
  text: z.nullable(z.string()),
  direction: z.enum(['inbound', 'outbound']),
  authorName: z.nullable(z.string()),
  status: z.nullable(z.enum(messageStatuses)),
  createdAt: timeSchema,
});

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
  /** Exactly one in `active`, `null` in `queued`. */
  assignee: z.nullable(personSchema),
  /** Number that the customer was told; `null` until one is assigned. */
  protocol: z.nullable(z.string()),
  /** The conversation that the same contact had before this one. */
  previousConversationId: z.nullable(conversationIdSchema),
  /** Messages of the customer since the assignee last looked. */
  unreadCount: z.int(),
  lastMessage: z.nullable(messagePreviewSchema),
  /** Since when the customer has been waiting for an agent; transfers do not reset it. `null` when nobody waits. */
  waitingSince: z.nullable(timeSchema),
  /** Until when free-form messages may be sent (24 hours after the customer last wrote); `null`: no such limit. */
  windowExpiresAt: z.nullable(timeSchema),
  outcome: z.nullable(z.enum(conversationOutcomes)),
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
export type ConversationStart = DeepReadonly<z.input<typeof startBodySchema>>;
export type ConversationOutcome = (typeof conversationOutcomes)[number];
export type MessagePreview = DeepReadonly<z.output<typeof messagePreviewSchema>>;
export type Conversation = DeepReadonly<z.output<typeof conversationSchema>>;
export type ConversationCounts = DeepReadonly<z.output<typeof conversationCountsSchema>>;

const params = z.object({ conversationId: conversationIdSchema });

export const conversationListQuery = z.strictObject({
  ...pageQuery,
  tab: z.optional(z.enum(conversationTabs)),
  status: z.optional(z.enum(conversationStatuses)),
  contactId: z.optional(contactIdSchema),
  customerId: z.optional(customerIdSchema),
  queueId: z.optional(queueIdSchema),
});

export const transferBodySchema = z.strictObject({
  to: z.union([z.strictObject({ agentId: agentIdSchema }), z.strictObject({ queueId: queueIdSchema })]),
  reason: z.optional(z.nullable(textSchema(500))),
});

export const closeBodySchema = z.strictObject({ outcome: z._default(z.enum(closingOutcomes), 'resolved') });

/** A conversation that the company begins, on WhatsApp: with a template, to a number or to a known contact. */
export const startBodySchema = z.strictObject({
  to: z.union([
    /** Any usual way of writing it. Without `+` it is a Brazilian number. */
    z.strictObject({ phone: z.string().check(z.minLength(8), z.maxLength(40)), name: z.optional(textSchema(100)) }),
    z.strictObject({ contactId: contactIdSchema }),
  ]),
  template: templateUseSchema,
});

export type ConversationTransfer = DeepReadonly<z.input<typeof transferBodySchema>>;
export type ConversationClose = DeepReadonly<z.input<typeof closeBodySchema>>;

export const conversationRoutes = {
  list: route({
    path: paths.conversations.list,
    summary:
      'Conversations. With `tab=waiting` the one that waits longest comes first, otherwise the one with the newest activity.',
    callers: ['agent', 'api_key'],
    query: conversationListQuery,
    response: pageSchema(conversationSchema),
    errors: ['cursor_invalid'],
  }),
  counts: route({
    path: paths.conversations.counts,
    summary: 'How many open conversations each tab has.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({ queueId: z.optional(queueIdSchema) }),
    response: conversationCountsSchema,
    errors: [],
  }),
  get: route({
    path: paths.conversations.get,
    summary: 'One conversation.',
    callers: ['agent', 'api_key'],
    params,
    response: conversationSchema,
    errors: ['not_found'],
  }),
  accept: route({
    path: paths.conversations.accept,
    summary: 'Takes a waiting conversation (Atender). Of several agents who try, exactly one wins.',
    callers: ['agent'],
    params,
    response: conversationSchema,
    errors: [...commandErrors, 'not_found', 'conversation_taken', 'conversation_closed'],
  }),
  transfer: route({
    path: paths.conversations.transfer,
    summary: 'Hands the conversation to another agent at once, or back to a queue.',
    callers: ['agent', 'api_key'],
    params,
    body: transferBodySchema,
    response: conversationSchema,
    errors: [
      ...commandErrors,
      'not_found',
      'conversation_not_yours',
      'conversation_closed',
      'transition_not_allowed',
      'transfer_target_invalid',
    ],
  }),
  close: route({
    path: paths.conversations.close,
    summary: 'Finishes the conversation (Finalizar). Its history stays; a new message opens a new conversation.',
    callers: ['agent', 'api_key'],
    params,
    body: closeBodySchema,
    response: conversationSchema,
    errors: [...commandErrors, 'not_found', 'conversation_not_yours', 'conversation_closed', 'transition_not_allowed'],
  }),
  read: route({
    path: paths.conversations.read,
    summary: 'Says that the caller has seen the messages. Only from the assignee does it clear `unreadCount`.',
    callers: ['agent'],
    params,
    response: conversationSchema,
    errors: [...commandErrors, 'not_found'],
  }),
  start: route({
    path: paths.conversations.start,
    summary:
      'Writes first, with a template. The conversation is `awaiting_reply` until the customer answers; then it is with the agent who began it, or waits in the reply queue.',
    callers: ['agent', 'api_key'],
    body: startBodySchema,
    response: conversationSchema,
    errors: [...commandErrors, 'not_found', 'contact_in_conversation', 'template_not_sendable'],
  }),
  typing: route({
    path: paths.conversations.typing,
    summary: 'Tells the customer, where the channel can, that the agent is typing. Say it again every few seconds.',
    callers: ['agent'],
    params,
    body: z.strictObject({ typing: z.boolean() }),
    signal: true,
    errors: ['malformed_json', 'payload_too_large', 'not_found', 'conversation_not_yours'],
  }),
};
