import * as z from 'zod/mini';
import { attachmentSchema } from './attachments.ts';
import { templateIdSchema, templateUseSchema } from './hsm.ts';
import {
  attachmentIdSchema,
  clientIdSchema,
  conversationIdSchema,
  messageIdSchema,
  personSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/**
 * How far an outbound message got, in rank order; a rank is never lowered.
 * `failed` carries the reason. `unconfirmed`: the channel's answer was lost, a later status settles it.
 */
export const messageStatuses = ['pending', 'unconfirmed', 'sent', 'delivered', 'read', 'played', 'failed'] as const;

/** What happened in the conversation, told in the thread between the messages. */
export const timelineEventSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('queued'), queue: z.nullable(personSchema) }),
  z.object({ name: z.literal('protocol_assigned'), number: z.string() }),
  z.object({ name: z.literal('accepted'), by: personSchema }),
  z.object({
    name: z.literal('transferred'),
    by: z.nullable(personSchema),
    toAgent: z.nullable(personSchema),
    toQueue: z.nullable(personSchema),
    reason: z.nullable(z.string()),
  }),
  z.object({ name: z.literal('closed'), by: z.nullable(personSchema), outcome: z.string() }),
  /** The chat is over and its record is being filled in. */
  z.object({ name: z.literal('ended'), by: z.nullable(personSchema), outcome: z.string() }),
  /** Its record was filled in: it is closed. */
  z.object({ name: z.literal('recorded'), by: personSchema, outcome: z.string() }),
  z.object({ name: z.literal('offered'), to: personSchema, from: z.nullable(personSchema) }),
  z.object({ name: z.literal('offer_declined'), by: personSchema }),
  z.object({ name: z.literal('offer_timed_out'), to: personSchema }),
  z.object({ name: z.literal('offer_returned'), to: personSchema }),
  /** Given by distribution. */
  z.object({ name: z.literal('assigned'), to: personSchema }),
  z.object({
    name: z.literal('requeued'),
    from: personSchema,
    reason: z.enum(['disconnected', 'offline', 'deactivated']),
  }),
  /** `by` is `null` when the customer said nothing for too long. */
  z.object({ name: z.literal('parked'), by: z.nullable(personSchema) }),
  z.object({ name: z.literal('resumed'), by: z.nullable(personSchema) }),
  z.object({ name: z.literal('invited'), by: personSchema, agent: personSchema }),
  z.object({ name: z.literal('joined'), agent: personSchema }),
  z.object({ name: z.literal('invitation_declined'), agent: personSchema }),
  z.object({ name: z.literal('left'), agent: personSchema }),
  z.object({ name: z.literal('handed_over'), by: personSchema }),
  z.object({ name: z.literal('triage'), reason: z.enum(['out_of_hours', 'nobody_online', 'form']) }),
  z.object({ name: z.literal('converted'), by: personSchema }),
  z.object({ name: z.literal('discarded'), by: personSchema, reason: z.string() }),
  z.object({ name: z.literal('reopened'), by: z.nullable(personSchema) }),
  z.object({ name: z.literal('expired'), reason: z.enum(['no_answer', 'window_expired']) }),
  z.object({ name: z.literal('tags_changed'), by: personSchema, tags: z.array(z.string()) }),
  z.object({ name: z.literal('survey_sent'), instrument: z.string() }),
  z.object({ name: z.literal('survey_skipped'), instrument: z.string(), reason: z.string() }),
  z.object({
    name: z.literal('survey_answered'),
    instrument: z.string(),
    score: z.int(),
    comment: z.nullable(z.string()),
  }),
]);

const caption = z.nullable(z.string());

export const messageContentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('video'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('document'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('audio'), attachment: attachmentSchema, voice: z.boolean() }),
  z.object({ type: z.literal('sticker'), attachment: attachmentSchema }),
  /** A message template as it was sent, its variables filled in. */
  z.object({
    type: z.literal('template'),
    templateId: templateIdSchema,
    name: z.string(),
    language: z.string(),
    header: z.nullable(z.string()),
    text: z.string(),
    footer: z.nullable(z.string()),
    buttons: z.array(z.object({ type: z.enum(['QUICK_REPLY', 'URL', 'PHONE_NUMBER']), text: z.string() })),
  }),
  /** A question with answers to tap: up to three buttons, or a list that `listLabel` opens. */
  z.object({
    type: z.literal('interactive'),
    text: z.string(),
    listLabel: z.nullable(z.string()),
    options: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
  /** The customer tapped an answer. */
  z.object({ type: z.literal('reply'), text: z.string(), replyId: z.nullable(z.string()) }),
  z.object({ type: z.literal('event'), event: timelineEventSchema }),
  /** Came in, is kept whole in the gateway, and cannot be shown yet. `originalType` is the channel's name for it. */
  z.object({ type: z.literal('unsupported'), originalType: z.string() }),
]);

export const messageSchema = z.object({
  id: messageIdSchema,
  conversationId: conversationIdSchema,
  /** `internal`: seen by agents only (what happened, notes). */
  direction: z.enum(['inbound', 'outbound', 'internal']),
  author: z.object({
    kind: z.enum(['customer', 'agent', 'system', 'api']),
    id: z.nullable(z.string()),
    name: z.nullable(z.string()),
  }),
  content: messageContentSchema,
  /** `null` for inbound and internal ones. */
  status: z.nullable(z.enum(messageStatuses)),
  /** With `failed`: the channel's own code and text, where it gave them. */
  failure: z.nullable(z.object({ code: z.string(), detail: z.string() })),
  sentAt: z.nullable(timeSchema),
  deliveredAt: z.nullable(timeSchema),
  readAt: z.nullable(timeSchema),
  /** The `clientId` that the sender gave; its own copy is recognised by it. */
  clientId: z.nullable(z.string()),
  /** The failed message that this one sends again. */
  resendOf: z.nullable(messageIdSchema),
  /** Place in the thread: messages of a conversation sort by it. */
  position: z.int(),
  createdAt: timeSchema,
  version: versionSchema,
});

export type MessageStatus = (typeof messageStatuses)[number];
export type TimelineEvent = DeepReadonly<z.output<typeof timelineEventSchema>>;
export type MessageContent = DeepReadonly<z.output<typeof messageContentSchema>>;
export type Message = DeepReadonly<z.output<typeof messageSchema>>;

/**
 * One page of a conversation. `nextCursor` leads to older messages. `previousCursor` leads to newer ones, whose page is
 * newest first, too, and has one of its own while there are more; `null`: the page reaches the newest message, or was
 * come to from newer ones.
 */
export const messagePageSchema = z.extend(pageSchema(messageSchema), { previousCursor: z.nullable(z.string()) });

/** Longest texts in characters (Meta, WhatsApp Cloud API, "Text messages" and "Media"). */
export const messageMaxLength = { text: 4096, caption: 1024 } as const;

const withAttachment = {
  attachmentId: attachmentIdSchema,
  clientId: z.optional(clientIdSchema),
};
const captionInput = z.optional(z.nullable(textSchema(messageMaxLength.caption)));

export const messageSendSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: textSchema(messageMaxLength.text),
    clientId: z.optional(clientIdSchema),
  }),
  z.strictObject({ type: z.literal('image'), ...withAttachment, caption: captionInput }),
  z.strictObject({ type: z.literal('document'), ...withAttachment, caption: captionInput }),
  z.strictObject({ type: z.literal('video'), ...withAttachment, caption: captionInput }),
  z.strictObject({ type: z.literal('audio'), ...withAttachment }),
  /** Also when the service window is closed. WhatsApp only. */
  z.strictObject({ type: z.literal('template'), ...templateUseSchema.shape, clientId: z.optional(clientIdSchema) }),
]);

export type MessageSend = DeepReadonly<z.input<typeof messageSendSchema>>;

const params = z.object({ conversationId: conversationIdSchema });
const messageParams = z.object({ conversationId: conversationIdSchema, messageId: messageIdSchema });

export const messageRoutes = {
  list: route({
    path: paths.messages.list,
    summary:
      'Messages of a conversation, newest first. With `around` the page that has that message in its middle; `cursor` goes on from there, to older ones with `nextCursor`, to newer ones with `previousCursor`.',
    callers: ['agent', 'api_key'],
    params,
    query: z.strictObject({ ...pageQuery, around: z.optional(messageIdSchema) }),
    response: messagePageSchema,
    errors: ['not_found', 'cursor_invalid'],
  }),
  get: route({
    path: paths.messages.get,
    summary: 'One message.',
    callers: ['agent', 'api_key'],
    params: messageParams,
    response: messageSchema,
    errors: ['not_found'],
  }),
  send: route({
    path: paths.messages.send,
    summary: 'Sends a message to the customer. It answers at once with the message `pending`.',
    callers: ['agent', 'api_key'],
    params,
    body: messageSendSchema,
    response: messageSchema,
    errors: [
      ...commandErrors,
      'not_found',
      'conversation_not_yours',
      'conversation_closed',
      'window_closed',
      'template_not_sendable',
      'attachment_not_ready',
      'attachment_in_use',
    ],
  }),
  resend: route({
    path: paths.messages.resend,
    summary: 'Sends a failed message again, as a new message linked to it.',
    callers: ['agent', 'api_key'],
    params: messageParams,
    response: messageSchema,
    errors: [
      ...commandErrors,
      'not_found',
      'message_not_resendable',
      'conversation_not_yours',
      'conversation_closed',
      'window_closed',
    ],
  }),
};
