import * as z from 'zod/mini';
import { attachmentSchema, attachmentUrlSchema } from './attachments.ts';
import {
  attachmentIdSchema,
  clientIdSchema,
  contactIdSchema,
  conversationIdSchema,
  messageIdSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import { queuePositionSchema } from './conversation-routes.ts';
import { framePageSchema, pollQuery, streamQuery } from './events.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';
import { surveyInstruments } from './surveys.ts';

/**
 * What a visitor of a website sees. These schemas are the visitor's own: nothing of an agent's view (notes, reasons of
 * transfers, other people's data, ids of agents and customers) can be in them.
 */

/** Public name of a webchat, in the page's markup. It is no secret: the origins of the key are what guards it. */
export const webchatKeySchema = z
  .string()
  .check(z.regex(/^wck_[0-9a-z]{20,40}$/, 'is no key of a webchat; prosa-gateway channel list shows them'));

const formField = z.enum(['required', 'optional', 'hidden']);

/** How a webchat presents itself. */
export const webchatConfigSchema = z.object({
  title: z.string(),
  greeting: z.string(),
  /** Said under the greeting, or `null`. */
  subtitle: z.nullable(z.string()),
  /** `#rrggbb`, or `null` for the element's own. */
  accent: z.nullable(z.string()),
  position: z.enum(['right', 'left']),
  form: z.object({
    name: formField,
    email: formField,
    /** Offered as quick answers; none: the visitor is not asked. */
    subjects: z.array(z.string()),
  }),
  /** Bytes. */
  maxFileBytes: z.int(),
});

/** Who is on the website. */
export const visitorSchema = z.object({
  id: contactIdSchema,
  /** `null` until the visitor says it. */
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  /** The host's backend said who it is. */
  verified: z.boolean(),
});

/** A survey as the visitor sees it. */
export const visitorSurveySchema = z.object({
  instrument: z.enum(surveyInstruments),
  question: z.string(),
  thanks: z.string(),
  min: z.int(),
  max: z.int(),
  score: z.nullable(z.int()),
  expiresAt: timeSchema,
});

/** A conversation as its visitor sees it: nothing internal. */
export const visitorConversationSchema = z.object({
  id: conversationIdSchema,
  status: z.enum(['waiting', 'active', 'ended']),
  subject: z.nullable(z.string()),
  /** Who attends, as shown to customers; `null` while nobody does. */
  agentName: z.nullable(z.string()),
  protocol: z.nullable(z.string()),
  /** Messages of the team that the visitor has not seen. */
  unreadCount: z.int(),
  /** Up to this position the team has read. */
  readPosition: z.int(),
  /** Asked and still open, or just answered; `null`: none. */
  survey: z.nullable(visitorSurveySchema),
  createdAt: timeSchema,
  endedAt: z.nullable(timeSchema),
  version: versionSchema,
});

const caption = z.nullable(z.string());

/** What a message of a webchat has in it. */
export const visitorContentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('video'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('document'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('audio'), attachment: attachmentSchema }),
  /** What happened: somebody joined, the conversation ended. */
  z.object({ type: z.literal('notice'), notice: z.enum(['agent_joined', 'ended']), agentName: z.nullable(z.string()) }),
  z.object({ type: z.literal('unsupported') }),
]);

/** A message as its visitor sees it. */
export const visitorMessageSchema = z.object({
  id: messageIdSchema,
  conversationId: conversationIdSchema,
  author: z.object({
    /** `visitor`: who is looking. `team`: a person or a server of the company. `system`: the service itself. */
    kind: z.enum(['visitor', 'team', 'system']),
    name: z.nullable(z.string()),
  }),
  content: visitorContentSchema,
  clientId: z.nullable(z.string()),
  position: z.int(),
  createdAt: timeSchema,
  version: versionSchema,
});

/** Longest text that a visitor can send, in characters. */
export const visitorTextMaxLength = 4096;

const withAttachment = {
  attachmentId: attachmentIdSchema,
  caption: z.optional(z.nullable(textSchema(1024))),
  clientId: z.optional(clientIdSchema),
};

export const visitorSendSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: textSchema(visitorTextMaxLength),
    clientId: z.optional(clientIdSchema),
  }),
  z.strictObject({ type: z.literal('image'), ...withAttachment }),
  z.strictObject({ type: z.literal('video'), ...withAttachment }),
  z.strictObject({ type: z.literal('document'), ...withAttachment }),
  z.strictObject({ type: z.literal('audio'), ...withAttachment }),
]);

export const visitorStartSchema = z.strictObject({
  name: z.optional(z.nullable(textSchema(100))),
  email: z.optional(z.nullable(z.email('must be an e-mail address').check(z.maxLength(254)))),
  /** One of the subjects of the configuration. */
  subject: z.optional(z.nullable(textSchema(100))),
  /** Where on the site it began. */
  pageUrl: z.optional(
    z.nullable(
      z.string().check(
        z.maxLength(2000),
        // eslint-disable-next-line no-control-regex -- control characters are what it refuses
        z.regex(/^https?:\/\/[^\s\u0000-\u001f\u007f]+$/i, 'must be a web address'),
      ),
    ),
  ),
  message: visitorSendSchema,
});

/** What lets a browser speak for its visitor. */
export const visitorSessionSchema = z.object({
  /** Goes into `Authorization: Bearer`. Kept by the browser; shown once. */
  token: z.string(),
  expiresAt: timeSchema,
  visitor: visitorSchema,
});

/** What a visitor's stream carries, in the same frames as the agents' stream. */
export const visitorEventSchemas = {
  'conversation.updated': z.object({ conversation: visitorConversationSchema }),
  'message.created': z.object({ message: visitorMessageSchema, conversation: visitorConversationSchema }),
  'message.updated': z.object({ message: visitorMessageSchema, conversation: visitorConversationSchema }),
} as const;

export type WebchatConfig = DeepReadonly<z.output<typeof webchatConfigSchema>>;
/** Who is on the website: known by name and e-mail as far as they said it, or as the website's backend signed it. */
export type Visitor = DeepReadonly<z.output<typeof visitorSchema>>;
/** What lets a browser speak for its visitor, until `expiresAt`. */
export type VisitorSession = DeepReadonly<z.output<typeof visitorSessionSchema>>;
export type VisitorSurvey = DeepReadonly<z.output<typeof visitorSurveySchema>>;
/** A conversation as its visitor sees it: no agent, queue or customer by id. `waiting`: nobody attends yet. */
export type VisitorConversation = DeepReadonly<z.output<typeof visitorConversationSchema>>;
/** What a message of a webchat has in it. */
export type VisitorContent = DeepReadonly<z.output<typeof visitorContentSchema>>;
/** A message as the visitor sees it. `position` orders those of a conversation, from 1. */
export type VisitorMessage = DeepReadonly<z.output<typeof visitorMessageSchema>>;
/** What a visitor sends: a text, or a file that was uploaded. */
export type VisitorSend = DeepReadonly<z.input<typeof visitorSendSchema>>;
/** What begins a conversation: the first message, and what the form asked for. */
export type VisitorStart = DeepReadonly<z.input<typeof visitorStartSchema>>;
export type VisitorEventType = keyof typeof visitorEventSchemas;
export type VisitorEventData = {
  readonly [Type in VisitorEventType]: DeepReadonly<z.output<(typeof visitorEventSchemas)[Type]>>;
};

const params = z.object({ conversationId: conversationIdSchema });

export const webchatRoutes = {
  config: route({
    path: paths.webchat.config,
    summary: 'How the webchat of a key presents itself. For pages of the origins of that key.',
    callers: ['public'],
    query: z.strictObject({ key: webchatKeySchema }),
    response: webchatConfigSchema,
    errors: ['not_found'],
  }),
  startSession: route({
    path: paths.webchat.startSession,
    summary:
      "Makes a visitor's session: anonymous, or of the person that a token signed by the host names. With the token of an anonymous session, its conversations go along.",
    callers: ['public'],
    body: z.strictObject({
      key: webchatKeySchema,
      /** JWT signed by the host with a key for visitors: `aud` `visitor`, `exp`, `sub`; `name` and `email` if known. */
      identity: z.optional(z.nullable(z.string().check(z.maxLength(4096)))),
      anonymousToken: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
    }),
    response: visitorSessionSchema,
    errors: ['malformed_json', 'payload_too_large', 'not_found'],
  }),
  session: route({
    path: paths.webchat.session,
    summary: 'The visitor, and the conversation that is open or was the last, if any.',
    callers: ['visitor'],
    response: z.object({ visitor: visitorSchema, conversation: z.nullable(visitorConversationSchema) }),
    errors: [],
  }),
  endSession: route({
    path: paths.webchat.endSession,
    summary: 'Ends the session (logout). Its token is worth nothing afterwards.',
    callers: ['visitor'],
    response: z.object({ ended: z.boolean() }),
    errors: commandErrors,
  }),
  conversations: route({
    path: paths.webchat.conversations,
    summary: "The visitor's conversations, newest first.",
    callers: ['visitor'],
    query: z.strictObject(pageQuery),
    response: pageSchema(visitorConversationSchema),
    errors: ['cursor_invalid'],
  }),
  start: route({
    path: paths.webchat.start,
    summary: 'Begins a conversation with its first message. While one is open, the message goes there.',
    callers: ['visitor'],
    body: visitorStartSchema,
    response: visitorConversationSchema,
    errors: [...commandErrors, 'attachment_not_ready', 'attachment_in_use'],
  }),
  conversation: route({
    path: paths.webchat.conversation,
    summary: "One of the visitor's conversations.",
    callers: ['visitor'],
    params,
    response: visitorConversationSchema,
    errors: ['not_found'],
  }),
  close: route({
    path: paths.webchat.close,
    summary: 'The visitor ends the conversation.',
    callers: ['visitor'],
    params,
    response: visitorConversationSchema,
    errors: [...commandErrors, 'not_found', 'conversation_closed', 'transition_not_allowed'],
  }),
  position: route({
    path: paths.webchat.position,
    summary: 'Where the visitor stands in the queue.',
    callers: ['visitor'],
    params,
    response: queuePositionSchema,
    errors: ['not_found'],
  }),
  messages: route({
    path: paths.webchat.messages,
    summary: 'Messages of a conversation, newest first.',
    callers: ['visitor'],
    params,
    query: z.strictObject(pageQuery),
    response: pageSchema(visitorMessageSchema),
    errors: ['not_found', 'cursor_invalid'],
  }),
  send: route({
    path: paths.webchat.send,
    summary: 'Sends a message to the team.',
    callers: ['visitor'],
    params,
    body: visitorSendSchema,
    response: visitorMessageSchema,
    errors: [...commandErrors, 'not_found', 'conversation_closed', 'attachment_not_ready', 'attachment_in_use'],
  }),
  receipts: route({
    path: paths.webchat.receipts,
    summary: 'Says how far the messages of the team have arrived, or were seen. Never goes back.',
    callers: ['visitor'],
    params,
    body: z.strictObject({ position: z.int().check(z.nonnegative()), status: z.enum(['delivered', 'read']) }),
    response: visitorConversationSchema,
    errors: [...commandErrors, 'not_found'],
  }),
  typing: route({
    path: paths.webchat.typing,
    summary: 'Tells the team that the visitor is typing, or stopped. Say it again every few seconds.',
    callers: ['visitor'],
    params,
    body: z.strictObject({ typing: z.boolean() }),
    signal: true,
    errors: ['malformed_json', 'payload_too_large', 'not_found'],
  }),
  answerSurvey: route({
    path: paths.webchat.answerSurvey,
    summary: 'Answers the survey of a conversation. Once.',
    callers: ['visitor'],
    params,
    body: z.strictObject({
      score: z.int().check(z.minimum(0), z.maximum(10)),
      comment: z.optional(z.nullable(textSchema(1000))),
    }),
    response: visitorConversationSchema,
    errors: [...commandErrors, 'not_found', 'survey_already_answered', 'survey_not_available'],
  }),
  upload: route({
    path: paths.webchat.upload,
    summary: 'Stores a file to be sent. The body is the file; its type is found from the content.',
    callers: ['visitor'],
    query: z.strictObject({ fileName: z.string().check(z.minLength(1), z.maxLength(240)) }),
    binary: { maxBytes: 16 * 1024 * 1024 },
    response: attachmentSchema,
    errors: [...commandErrors, 'media_type_not_allowed'],
  }),
  attachmentUrl: route({
    path: paths.webchat.attachmentUrl,
    summary: 'A link to a file of one of the visitor’s conversations, for five minutes.',
    callers: ['visitor'],
    params: z.object({ attachmentId: attachmentIdSchema }),
    response: attachmentUrlSchema,
    errors: ['not_found', 'attachment_not_ready'],
  }),
  events: route({
    path: paths.webchat.events,
    summary: "Events of the visitor's conversations (Server-Sent Events). Resumes after `cursor`.",
    callers: ['visitor'],
    query: streamQuery,
    stream: true,
    errors: [],
  }),
  poll: route({
    path: paths.webchat.poll,
    summary: 'The frames of `webchat.events` as JSON, for where a proxy holds the stream back.',
    callers: ['visitor'],
    query: pollQuery,
    response: framePageSchema,
    poll: true,
    errors: [],
  }),
};
