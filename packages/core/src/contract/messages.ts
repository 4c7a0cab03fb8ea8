import * as z from 'zod/mini';
import { conversationIdSchema, localizedTextSchema, messageIdSchema, timeSchema, versionSchema } from './fields.ts';
import {
  messageContentSchema,
  pricingSchema,
  quotedMessageSchema,
  reactionSchema,
  referralSchema,
} from './message-content.ts';
import { messageReactSchema, messageSendSchema } from './message-send.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/**
 * How far an outbound message got, in rank order; a rank is never lowered.
 * `failed` carries the reason. `unconfirmed`: the channel's answer was lost, a later status settles it.
 */
export const messageStatuses = ['pending', 'unconfirmed', 'sent', 'delivered', 'read', 'played', 'failed'] as const;

/** A message of a conversation, in either direction, or what happened in it, told between the messages. */
export const messageSchema = z.object({
  id: messageIdSchema,
  conversationId: conversationIdSchema,
  /** `internal`: seen by agents only (what happened, notes). */
  direction: z.enum(['inbound', 'outbound', 'internal']),
  author: z.object({
    /** `phone`: written in the WhatsApp Business app on the company's own phone. */
    kind: z.enum(['customer', 'agent', 'system', 'api', 'phone']),
    id: z.nullable(z.string()),
    name: z.nullable(z.string()),
  }),
  content: messageContentSchema,
  /** `null` for inbound and internal ones. */
  status: z.nullable(z.enum(messageStatuses)),
  /**
   * With `failed`: the channel's own code and text, and what it means for whoever reads it, where that is known. On a
   * message of the customer: why your reaction to it was not taken, until there is another one.
   */
  failure: z.nullable(
    z.object({
      code: z.string(),
      detail: z.string(),
      reason: z.optional(z.nullable(localizedTextSchema)),
    }),
  ),
  sentAt: z.nullable(timeSchema),
  deliveredAt: z.nullable(timeSchema),
  readAt: z.nullable(timeSchema),
  /** The `clientId` that the sender gave; its own copy is recognised by it. */
  clientId: z.nullable(z.string()),
  /** The failed message that this one sends again: a person did it, or nobody, when the reason is one that passes. */
  resendOf: z.nullable(messageIdSchema),
  /** The message that this one answers. */
  replyTo: z.nullable(quotedMessageSchema),
  reactions: z.array(reactionSchema),
  /** Whether it was forwarded by who sent it; `many`: by many people before. */
  forwarded: z.nullable(z.enum(['once', 'many'])),
  referral: z.nullable(referralSchema),
  pricing: z.nullable(pricingSchema),
  /** When its author changed it last; it shows the new text. */
  editedAt: z.nullable(timeSchema),
  /** When its author deleted it for everybody; agents still see what it said. */
  revokedAt: z.nullable(timeSchema),
  /** Place in the thread: messages of a conversation sort by it. */
  position: z.int(),
  createdAt: timeSchema,
  version: versionSchema,
});

export type MessageStatus = (typeof messageStatuses)[number];
export type Message = DeepReadonly<z.output<typeof messageSchema>>;

/**
 * One page of a conversation. `nextCursor` leads to older messages. `previousCursor` leads to newer ones, whose page is
 * newest first, too, and has one of its own while there are more; `null`: the page reaches the newest message, or was
 * come to from newer ones.
 */
export const messagePageSchema = z.extend(pageSchema(messageSchema), { previousCursor: z.nullable(z.string()) });

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
  react: route({
    path: paths.messages.react,
    summary: 'Reacts to a message of the customer, or takes the reaction back with `null`. WhatsApp only.',
    callers: ['agent', 'api_key'],
    params: messageParams,
    body: messageReactSchema,
    response: messageSchema,
    errors: [
      ...commandErrors,
      'not_found',
      'message_not_reactable',
      'conversation_not_yours',
      'conversation_closed',
      'window_closed',
    ],
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
      'contact_opted_out',
      'type_not_supported',
      'attachment_not_ready',
      'attachment_in_use',
    ],
  }),
  resend: route({
    path: paths.messages.resend,
    summary:
      'Sends a failed message again, as a new message linked to it; one that is `unconfirmed`, too, ten minutes after its answer was lost. Once: when the new one fails, that one is sent again.',
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
      'template_not_sendable',
      'contact_opted_out',
    ],
  }),
};
