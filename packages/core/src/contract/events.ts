import * as z from 'zod/mini';
import { agentSchema } from './agents.ts';
import { channelSchema } from './channels.ts';
import { contactSchema } from './contacts.ts';
import { conversationSchema } from './conversations.ts';
import { customerSchema } from './customers.ts';
import { dispatchSchema } from './dispatches.ts';
import { messageTemplateSchema } from './hsm.ts';
import { conversationIdSchema, personSchema, timeSchema, versionSchema } from './fields.ts';
import { messageSchema } from './messages.ts';
import { paths } from './paths.ts';
import { profileSchema } from './profiles.ts';
import { queueSchema } from './queues.ts';
import type { DeepReadonly } from './readonly.ts';
import { route } from './route.ts';
import { settingsSchema } from './settings.ts';
import { surveyResponseSchema } from './surveys.ts';
import { tagSchema } from './tags.ts';

const ofConversation = z.object({ conversation: conversationSchema });
const ofMessage = z.object({ message: messageSchema, conversation: conversationSchema });

/**
 * Every event of the stream and what it carries: the whole entities, each with its `version`.
 * Events of one command come in the order of this conversation's story; a reader that resumes misses none.
 */
export const eventSchemas = {
  /** A service began, by a message of the customer, or by a template; the event of where it went follows. */
  'conversation.created': ofConversation,
  /** It waits in `queueId` for somebody to take it: new, handed over by a bot, from triage, or transferred. */
  'conversation.queued': ofConversation,
  /** It has an `assignee` now, who took it, was given it, accepted a card, or got a declined one back. */
  'conversation.assigned': ofConversation,
  /** Handed to another agent or queue; `conversation.assigned`, `offer.created` or `conversation.queued` follows. */
  'conversation.transferred': ofConversation,
  /** The chat is over; `conversation.closed` follows, at once where nothing is left to fill in. */
  'conversation.ended': ofConversation,
  /** Finished, with its `outcome`. Nothing but a reopening follows. */
  'conversation.closed': ofConversation,
  /** Its agent has seen the messages: nothing is unread. */
  'conversation.read': ofConversation,
  /** A card was offered to `offer.agent`, who may accept it until it runs out. */
  'offer.created': ofConversation,
  /** The agent accepted the card; `conversation.assigned` follows. */
  'offer.accepted': ofConversation,
  /** The agent declined the card: it goes to the next one, or back to who transferred it. */
  'offer.declined': ofConversation,
  /** Nobody answered the card in time, or its agent went away; then as when it is declined. */
  'offer.timed_out': ofConversation,
  /** Its agent was lost (offline, deactivated) while the customer waited: it waits again, before others. */
  'conversation.requeued': ofConversation,
  /** It was parked, to go on later. */
  'conversation.pending': ofConversation,
  /** It is attended again: the customer wrote, or somebody took it up. */
  'conversation.resumed': ofConversation,
  /** One that was over waits in its queue again. */
  'conversation.reopened': ofConversation,
  /** Nobody came in time: no answer to a template, or the longest life of a service. */
  'conversation.expired': ofConversation,
  /** It waits in triage, for somebody to look at before it is a service. */
  'triage.created': ofConversation,
  /** It left triage; `conversation.queued` or `.assigned` follows. */
  'triage.converted': ofConversation,
  /** The automation gave it to people; it enters its queue. */
  'bot.handover': ofConversation,
  /** An agent was asked to join. */
  'participant.invited': ofConversation,
  /** The agent who was invited joined, and may write. */
  'participant.joined': ofConversation,
  /** The agent who was invited did not want to. */
  'participant.declined': ofConversation,
  /** An agent who had joined left, or was removed. */
  'participant.left': ofConversation,
  /** Anything else about it changed: its customer, its tags, the name of its contact. */
  'conversation.updated': ofConversation,
  /** It went out of the reader's sight; nothing more is told of it. */
  'conversation.removed': z.object({ conversationId: conversationIdSchema, version: versionSchema }),
  /** It got its number, which its customer is told. */
  'protocol.assigned': z.object({ conversation: conversationSchema, number: z.string() }),
  /** A new message of either direction, or a line of the timeline. */
  'message.created': ofMessage,
  /** How far a message got: its `status` moved on, `failed` with the reason. */
  'message.status': ofMessage,
  /** Anything else about a message changed: its file has arrived, a reaction, an edit, taken back. */
  'message.updated': ofMessage,
  'customer.created': z.object({ customer: customerSchema }),
  'customer.updated': z.object({ customer: customerSchema }),
  /** A contact was linked to a customer; its conversations follow with `conversation.updated`. */
  'customer.linked': z.object({ contact: contactSchema, customer: customerSchema }),
  /** A contact belongs to no customer any more. */
  'customer.unlinked': z.object({ contact: contactSchema }),
  /** Somebody's name, phone or consent changed. */
  'contact.updated': z.object({ contact: contactSchema }),
  /** Somebody logged in for the first time. */
  'agent.created': z.object({ agent: agentSchema }),
  /** Name, role, presence, or whether they may still work here. */
  'agent.updated': z.object({ agent: agentSchema }),
  'queue.created': z.object({ queue: queueSchema }),
  'queue.updated': z.object({ queue: queueSchema }),
  'tag.created': z.object({ tag: tagSchema }),
  'tag.updated': z.object({ tag: tagSchema }),
  'tag.deleted': z.object({ tag: tagSchema }),
  /** The permissions of a profile changed. */
  'profile.updated': z.object({ profile: profileSchema }),
  /** The settings of the workspace changed. */
  'settings.updated': z.object({ settings: settingsSchema }),
  /** Made here, or found in the account. */
  'template.created': z.object({ template: messageTemplateSchema }),
  /** Its status, category, quality or text changed. */
  'template.updated': z.object({ template: messageTemplateSchema }),
  'template.deleted': z.object({ template: messageTemplateSchema }),
  /** A list of people was given. */
  'dispatch.created': z.object({ dispatch: dispatchSchema }),
  /** It began, ended or was cancelled. Its counts move without an event. */
  'dispatch.updated': z.object({ dispatch: dispatchSchema }),
  /** A number was connected. */
  'channel.created': z.object({ channel: channelSchema }),
  /** Its settings or its health changed. */
  'channel.updated': z.object({ channel: channelSchema }),
  'channel.deleted': z.object({ channel: channelSchema }),
  /** The customer was asked. */
  'survey.sent': z.object({ response: surveyResponseSchema, conversation: conversationSchema }),
  /** The customer answered: `response` has score and comment. */
  'survey.answered': z.object({ response: surveyResponseSchema, conversation: conversationSchema }),
} as const;

export type EventType = keyof typeof eventSchemas;

export type EventData = { readonly [Type in EventType]: DeepReadonly<z.output<(typeof eventSchemas)[Type]>> };

/** One event as it comes: `cursor` is what a reader resumes from. */
export type ProsaEvent<Type extends EventType = EventType> = {
  readonly [T in Type]: {
    readonly type: T;
    readonly cursor: string;
    readonly occurredAt: string;
    readonly data: EventData[T];
  };
}[Type];

/** What is told to whoever listens now and is not kept: it has no cursor and is not replayed. */
export const signalSchemas = {
  /** Somebody types, or stopped. It holds for `expiresInMs` unless it is said again. */
  'typing.changed': z.object({
    conversationId: conversationIdSchema,
    author: z.object({ kind: z.enum(['customer', 'agent']), name: z.nullable(z.string()) }),
    typing: z.boolean(),
    expiresInMs: z.int(),
  }),
  /** Another agent is looking at a conversation. */
  'viewing.changed': z.object({
    conversationId: conversationIdSchema,
    agent: personSchema,
    viewing: z.boolean(),
    expiresInMs: z.int(),
  }),
} as const;

export type SignalType = keyof typeof signalSchemas;
export type SignalData = { readonly [Type in SignalType]: DeepReadonly<z.output<(typeof signalSchemas)[Type]>> };

/**
 * First frame of every stream (`event: hello`). It always has a cursor, so that a reader that never saw an event
 * can resume too. `resumed: false` means: load everything anew, what was missed is not replayed.
 */
export const helloSchema = z.object({
  cursor: z.string(),
  resumed: z.boolean(),
  /** Something is sent at least this often. */
  heartbeatSeconds: z.number(),
  /** Wait a random time up to this before the first reconnection. */
  reconnectWindowMs: z.number(),
  serverTime: timeSchema,
});

export type StreamHello = DeepReadonly<z.output<typeof helloSchema>>;

/**
 * The frames of the stream, as Server-Sent Events:
 * `hello` (above) · `event` (id: cursor, data: `{ type, cursor, occurredAt, data }`) ·
 * `signal` (data: `{ type, data }`; no cursor) ·
 * `skip` (id: cursor; the cursor moves past events this reader may not see) ·
 * `bye` (data: `{ reason, reconnectWindowMs }`; the server is going, or the token has expired) · comments as heartbeat.
 */
export const streamFrames = ['hello', 'event', 'signal', 'skip', 'bye'] as const;

/** The last frame of a stream that the server ends. */
export const byeSchema = z.object({
  reason: z.enum(['shutdown', 'token_expired', 'agent_deactivated', 'slow_reader']),
  reconnectWindowMs: z.number(),
});

/**
 * The last frame of a stream that the server ends (`event: bye`): why, and up to how many milliseconds to wait before
 * coming back.
 */
export type StreamBye = DeepReadonly<z.output<typeof byeSchema>>;

/**
 * The same frames as one answer that ends, for whoever gets no stream through: a proxy that holds it back until it ends.
 * The first is a `hello`; without a cursor, or with one that cannot be resumed, the answer comes at once.
 */
export const framePageSchema = z.object({
  /** Where the next page goes on: behind everything that was looked at for this one. */
  cursor: z.string(),
  frames: z.array(
    z.object({
      event: z.enum(streamFrames),
      /** Its cursor; absent where it has none. */
      id: z.optional(z.string()),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});

export type FramePage = DeepReadonly<z.output<typeof framePageSchema>>;

const cursorQuery = { cursor: z.optional(z.string().check(z.maxLength(500))) };

export const streamQuery = z.strictObject(cursorQuery);

export const pollQuery = z.strictObject({
  ...cursorQuery,
  /** How long to wait for something to tell. Shorter than proxies wait for an answer. */
  waitSeconds: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(25)), 20),
});

export const eventRoutes = {
  stream: route({
    path: paths.events.stream,
    summary: 'Events as they happen (Server-Sent Events). Resumes after `cursor`, or after the `Last-Event-ID` header.',
    callers: ['agent', 'api_key'],
    query: streamQuery,
    stream: true,
    errors: [],
  }),
  poll: route({
    path: paths.events.poll,
    summary:
      'The frames of the stream as JSON, for where a proxy holds the stream back. Waits until there is one, or for `waitSeconds`. What is not kept (`signal`) is told to whoever waits.',
    callers: ['agent', 'api_key'],
    query: pollQuery,
    response: framePageSchema,
    poll: true,
    errors: [],
  }),
};
