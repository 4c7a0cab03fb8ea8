import * as z from 'zod/mini';
import {
  agentIdSchema,
  contactIdSchema,
  conversationIdSchema,
  customerIdSchema,
  queueIdSchema,
  textSchema,
} from './fields.ts';
import {
  closingOutcomes,
  conversationCountsSchema,
  conversationSchema,
  conversationStatuses,
  conversationTabs,
} from './conversations.ts';
import { templateUseSchema } from './hsm.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';
import { awaitingReplyMinutesSchema } from './settings.ts';
import { tagIdSchema } from './tags.ts';

const params = z.object({ conversationId: conversationIdSchema });

export const conversationListQuery = z.strictObject({
  ...pageQuery,
  tab: z.optional(z.enum(conversationTabs)),
  status: z.optional(z.enum(conversationStatuses)),
  contactId: z.optional(contactIdSchema),
  customerId: z.optional(customerIdSchema),
  queueId: z.optional(queueIdSchema),
  tagId: z.optional(tagIdSchema),
  origin: z.optional(z.enum(['whatsapp', 'webchat'])),
  agentId: z.optional(agentIdSchema),
});

export const transferBodySchema = z.strictObject({
  to: z.union([z.strictObject({ agentId: agentIdSchema }), z.strictObject({ queueId: queueIdSchema })]),
  reason: z.optional(z.nullable(textSchema(500))),
});

/** What is filled in about a service. */
const record = {
  subject: z.optional(z.nullable(textSchema(100))),
  category: z.optional(z.nullable(textSchema(100))),
  notes: z.optional(z.nullable(textSchema(2000))),
  tagIds: z.optional(z.array(tagIdSchema).check(z.maxLength(20))),
};

export const closeBodySchema = z.strictObject({
  outcome: z._default(z.enum(closingOutcomes), 'resolved'),
  ...record,
});
export const saveBodySchema = z.strictObject({ outcome: z.optional(z.enum(closingOutcomes)), ...record });

/** A conversation that the company begins, on WhatsApp: with a template, to a number or to a known contact. */
export const startBodySchema = z.strictObject({
  to: z.union([
    /** Any usual way of writing it. Without `+` it is a Brazilian number. */
    z.strictObject({ phone: z.string().check(z.minLength(8), z.maxLength(40)), name: z.optional(textSchema(100)) }),
    z.strictObject({ contactId: contactIdSchema }),
  ]),
  template: templateUseSchema,
  /** How long it waits for the first answer; absent: as the settings of the workspace say. */
  awaitingReplyMinutes: z.optional(awaitingReplyMinutesSchema),
});

/**
 * To whom it goes: an agent, or a queue where anybody may take it. `reason` is for colleagues, up to 500 characters.
 */
export type ConversationTransfer = DeepReadonly<z.input<typeof transferBodySchema>>;
export type ConversationStart = DeepReadonly<z.input<typeof startBodySchema>>;
/**
 * The record of a service whose chat is over (`wrap_up`), with what its queue asks for; it is closed then. Absent
 * fields keep what they have.
 */
export type ConversationSave = DeepReadonly<z.input<typeof saveBodySchema>>;
export type ConversationConvert = DeepReadonly<z.input<typeof convertBodySchema>>;
export type QueuePosition = DeepReadonly<z.output<typeof queuePositionSchema>>;
/**
 * How a service ended, `resolved` when absent, and its record: up to 20 tags, `notes` up to 2,000 characters. Where
 * the queue wants the record first, it becomes `wrap_up` instead of `closed`.
 */
export type ConversationClose = DeepReadonly<z.input<typeof closeBodySchema>>;

/** Out of triage: into a queue, or to an agent. */
export const convertBodySchema = z.union([
  z.strictObject({ queueId: queueIdSchema }),
  z.strictObject({ agentId: agentIdSchema }),
]);

/** Where a customer stands among those who wait in the same queue. */
export const queuePositionSchema = z.object({
  /** 1: the next; `null`: does not wait. */
  position: z.nullable(z.int()),
  /** From how long those before waited lately; `null`: nothing to go by. */
  estimatedWaitSeconds: z.nullable(z.int()),
});

const moved = [...commandErrors, 'not_found', 'conversation_closed', 'transition_not_allowed'] as const;

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
    errors: [
      ...commandErrors,
      'not_found',
      'conversation_taken',
      'conversation_closed',
      'offer_not_yours',
      'agent_at_limit',
    ],
  }),
  transfer: route({
    path: paths.conversations.transfer,
    summary:
      'Hands the conversation to another agent, at once or as a card where the settings ask for acceptance, or back to a queue.',
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
    summary:
      'Finishes the conversation (Finalizar): it is closed, or its record is filled in first, as its queue wants it.',
    callers: ['agent', 'api_key'],
    params,
    body: closeBodySchema,
    response: conversationSchema,
    errors: [...moved, 'conversation_not_yours', 'record_incomplete', 'tag_not_allowed'],
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
    errors: [
      ...commandErrors,
      'not_found',
      'contact_in_conversation',
      'template_not_sendable',
      'contact_opted_out',
      'attachment_in_use',
      'attachment_not_ready',
    ],
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
  decline: route({
    path: paths.conversations.decline,
    summary: 'Refuses a card that was offered to the caller: the next agent is asked.',
    callers: ['agent'],
    params,
    response: conversationSchema,
    errors: [...moved, 'offer_not_yours'],
  }),
  invite: route({
    path: paths.conversations.invite,
    summary: 'Asks another agent into the conversation. They have to accept.',
    callers: ['agent'],
    params,
    body: z.strictObject({ agentId: agentIdSchema }),
    response: conversationSchema,
    errors: [...moved, 'conversation_not_yours', 'transfer_target_invalid'],
  }),
  join: route({
    path: paths.conversations.join,
    summary: 'Accepts an invitation: the caller may write too.',
    callers: ['agent'],
    params,
    response: conversationSchema,
    errors: [...moved, 'not_invited'],
  }),
  leave: route({
    path: paths.conversations.leave,
    summary: 'Declines an invitation, or leaves.',
    callers: ['agent'],
    params,
    response: conversationSchema,
    errors: [...moved, 'not_invited'],
  }),
  park: route({
    path: paths.conversations.park,
    summary: 'Sets the conversation aside until the customer writes (Pendente).',
    callers: ['agent', 'api_key'],
    params,
    response: conversationSchema,
    errors: [...moved, 'conversation_not_yours'],
  }),
  resume: route({
    path: paths.conversations.resume,
    summary: 'Takes a parked conversation up again.',
    callers: ['agent', 'api_key'],
    params,
    response: conversationSchema,
    errors: [...moved, 'conversation_not_yours'],
  }),
  save: route({
    path: paths.conversations.save,
    summary: 'Fills in the record of a service that is over, and closes it.',
    callers: ['agent', 'api_key'],
    params,
    body: saveBodySchema,
    response: conversationSchema,
    errors: [...moved, 'conversation_not_yours', 'record_incomplete', 'tag_not_allowed'],
  }),
  discard: route({
    path: paths.conversations.discard,
    summary: 'Closes a conversation that nobody will attend.',
    callers: ['agent', 'api_key'],
    params,
    body: z.strictObject({ reason: textSchema(500) }),
    response: conversationSchema,
    errors: moved,
  }),
  reopen: route({
    path: paths.conversations.reopen,
    summary: 'Puts a conversation that is over back into its queue. Refused while the contact is in another one.',
    callers: ['agent', 'api_key'],
    params,
    response: conversationSchema,
    errors: [...commandErrors, 'not_found', 'transition_not_allowed', 'contact_in_conversation'],
  }),
  handOver: route({
    path: paths.conversations.handOver,
    summary: 'The automation that has the conversation hands it to people: it gets its protocol and waits in a queue.',
    callers: ['api_key'],
    params,
    body: z.strictObject({ queueId: z.optional(queueIdSchema) }),
    response: conversationSchema,
    errors: moved,
  }),
  resolve: route({
    path: paths.conversations.resolve,
    summary: 'The automation that has the conversation is done with it.',
    callers: ['api_key'],
    params,
    response: conversationSchema,
    errors: moved,
  }),
  convert: route({
    path: paths.conversations.convert,
    summary: 'Makes a service of what is in triage (Converter).',
    callers: ['agent', 'api_key'],
    params,
    body: convertBodySchema,
    response: conversationSchema,
    errors: [...moved, 'transfer_target_invalid'],
  }),
  setTags: route({
    path: paths.conversations.setTags,
    summary: 'Gives the conversation exactly these tags.',
    callers: ['agent', 'api_key'],
    params,
    body: z.strictObject({ tagIds: z.array(tagIdSchema).check(z.maxLength(20)) }),
    response: conversationSchema,
    errors: [...commandErrors, 'not_found', 'tag_not_allowed'],
  }),
  position: route({
    path: paths.conversations.position,
    summary: 'Where the customer stands in the queue.',
    callers: ['agent', 'api_key'],
    params,
    response: queuePositionSchema,
    errors: ['not_found'],
  }),
  viewing: route({
    path: paths.conversations.viewing,
    summary: 'Tells other agents that the caller is looking at the conversation. Say it again every few seconds.',
    callers: ['agent'],
    params,
    body: z.strictObject({ viewing: z.boolean() }),
    signal: true,
    errors: ['malformed_json', 'payload_too_large', 'not_found'],
  }),
};
