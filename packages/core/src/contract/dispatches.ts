import * as z from 'zod/mini';
import { documentInputSchema } from './customers.ts';
import {
  channelIdSchema,
  contactIdSchema,
  conversationIdSchema,
  customerIdSchema,
  idSchema,
  localizedTextSchema,
  messageIdSchema,
  personSchema,
  queueIdSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import { templateIdSchema, templateUseSchema, variablesSchema } from './hsm.ts';
import { pricingSchema } from './message-content.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';
import { awaitingReplyMinutesSchema } from './settings.ts';

export const dispatchIdSchema = idSchema('dsp');
export const recipientIdSchema = idSchema('dsr');

/** Most people of one dispatch, and the largest body that carries them in bytes. */
export const dispatchLimits = { recipients: 5000, bodyBytes: 4 * 1024 * 1024, name: 100 } as const;

/**
 * `scheduled`: its time has not come. `paused`: it goes on by itself when what `pause` names is over. `finished`: everybody
 * was written to, or passed over.
 */
export const dispatchStatuses = ['scheduled', 'running', 'paused', 'finished', 'cancelled'] as const;

/**
 * What holds a dispatch: its number is refused (`channel`), its template cannot be sent now (`template`), or the number has
 * written first to as many people as Meta lets it in 24 hours (`messaging_limit`).
 */
export const dispatchPauses = ['channel', 'template', 'messaging_limit'] as const;

/**
 * What has become of one person: `waiting` for their turn; `sending`; `sent`: WhatsApp took it; `delivered`, `read`;
 * `replied`: they wrote in the conversation that began with it; `failed` and `unconfirmed` as a message does; `skipped`:
 * not to be written to now; `cancelled`.
 */
export const recipientStates = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'read',
  'replied',
  'failed',
  'unconfirmed',
  'skipped',
  'cancelled',
] as const;

const countsSchema = z.record(z.enum(recipientStates), z.int());

/** A message template for a list of people (disparo): sent one after the other, as the limits of the number let it. */
export const dispatchSchema = z.object({
  id: dispatchIdSchema,
  name: z.string(),
  channelId: channelIdSchema,
  /** As it was called when the dispatch was made. */
  template: z.object({ id: templateIdSchema, name: z.string(), language: z.string() }),
  status: z.enum(dispatchStatuses),
  /** With `paused`: why, and until when where that is known. */
  pause: z.nullable(z.object({ reason: z.enum(dispatchPauses), until: z.nullable(timeSchema) })),
  /** `null`: it began at once. */
  scheduledAt: z.nullable(timeSchema),
  startedAt: z.nullable(timeSchema),
  /** When it was finished or cancelled. */
  finishedAt: z.nullable(timeSchema),
  /** Where answers wait when the template has no queue of its own; `null`: in the channel's queue. */
  replyQueueId: z.nullable(queueIdSchema),
  /** The agent or API key that made it. */
  createdBy: personSchema,
  /** How many people it is for. */
  total: z.int(),
  /** How many are in each state at the moment. They move without a new `version`. */
  counts: countsSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

/** Why somebody was not reached: Meta's code or one of Prosa's own, with what it means. */
const recipientProblemSchema = z.object({
  code: z.string(),
  detail: z.nullable(z.string()),
  reason: z.nullable(localizedTextSchema),
});

/** One person of a dispatch. */
export const dispatchRecipientSchema = z.object({
  id: recipientIdSchema,
  /** Their place in the list that was given, from 0. */
  place: z.int(),
  /** E.164; `null`: known on WhatsApp without a number. */
  phone: z.nullable(z.string()),
  name: z.nullable(z.string()),
  contactId: z.nullable(contactIdSchema),
  state: z.enum(recipientStates),
  /** With `failed`, `skipped` and `cancelled`. */
  problem: z.nullable(recipientProblemSchema),
  /** The conversation that began with the message; `null`: nobody wrote to them. */
  conversationId: z.nullable(conversationIdSchema),
  messageId: z.nullable(messageIdSchema),
  /** What WhatsApp said it charges. */
  pricing: z.nullable(pricingSchema),
});

/** What came of a dispatch so far. */
export const dispatchReportSchema = z.object({
  counts: countsSchema,
  /** How many messages WhatsApp charges, by category, as it said it; `null`: it has not said it yet. */
  pricing: z.array(
    z.object({ category: z.nullable(z.string()), billable: z.nullable(z.boolean()), messages: z.int() }),
  ),
  /** Why people were not reached, the most frequent reason first. */
  problems: z.array(
    z.object({
      state: z.enum(['failed', 'skipped', 'cancelled']),
      code: z.string(),
      reason: recipientProblemSchema.shape.reason,
      recipients: z.int(),
    }),
  ),
});

export type DispatchStatus = (typeof dispatchStatuses)[number];
export type DispatchPause = (typeof dispatchPauses)[number];
export type RecipientState = (typeof recipientStates)[number];
export type Dispatch = DeepReadonly<z.output<typeof dispatchSchema>>;
export type DispatchRecipient = DeepReadonly<z.output<typeof dispatchRecipientSchema>>;
export type DispatchReport = DeepReadonly<z.output<typeof dispatchReportSchema>>;

/** One line of the list. */
const rowSchema = z.strictObject({
  to: z.union([
    /** Any usual way of writing it. Without `+` it is a Brazilian number. `name`: for whoever is not known yet. */
    z.strictObject({ phone: z.string().check(z.minLength(8), z.maxLength(40)), name: z.optional(textSchema(100)) }),
    z.strictObject({ contactId: contactIdSchema }),
    /** On this number if they have written to it, otherwise at the phone of their record. */
    z.strictObject({ customerId: customerIdSchema }),
  ]),
  /** Texts for variables of the template; those that are left out are as in `template.variables`. */
  variables: z.optional(variablesSchema),
  /** CPF or CNPJ: whoever belongs to no customer yet is tied to the record with it, which is made where there is none. */
  document: z.optional(documentInputSchema),
});

export const dispatchCreateSchema = z.strictObject({
  name: textSchema(dispatchLimits.name),
  /** For everybody; a line's own variables come first. */
  template: templateUseSchema,
  recipients: z.array(rowSchema).check(z.minLength(1), z.maxLength(dispatchLimits.recipients)),
  /** When it begins; absent or `null`: at once. */
  scheduledAt: z.optional(z.nullable(timeSchema)),
  /** Where answers wait when the template has no queue of its own. */
  replyQueueId: z.optional(z.nullable(queueIdSchema)),
  /** How long each waits for an answer; absent: as the settings of the workspace say. */
  awaitingReplyMinutes: z.optional(awaitingReplyMinutesSchema),
});

/**
 * A template for a list of 1 to 5,000 people. A line's own `variables` go before those of `template`; `scheduledAt`
 * (ISO 8601) is in the future, or absent for at once.
 */
export type DispatchCreate = DeepReadonly<z.input<typeof dispatchCreateSchema>>;

const params = z.object({ dispatchId: dispatchIdSchema });

export const dispatchRoutes = {
  list: route({
    path: paths.dispatches.list,
    summary: 'Dispatches, newest first.',
    callers: ['agent', 'api_key'],
    query: z.strictObject(pageQuery),
    response: pageSchema(dispatchSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.dispatches.get,
    summary: 'One dispatch, with how many people are in each state.',
    callers: ['agent', 'api_key'],
    params,
    response: dispatchSchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.dispatches.create,
    summary:
      'Sends a template to a list of people, at once or at a time. Every line that is wrong is named, and then nothing is made.',
    callers: ['agent', 'api_key'],
    body: dispatchCreateSchema,
    maxBytes: dispatchLimits.bodyBytes,
    response: dispatchSchema,
    errors: [...commandErrors, 'not_found', 'template_not_sendable', 'attachment_in_use', 'attachment_not_ready'],
  }),
  cancel: route({
    path: paths.dispatches.cancel,
    summary: 'Sends nothing more of it: what was not handed to Meta yet does not go. What was, stays.',
    callers: ['agent', 'api_key'],
    params,
    response: dispatchSchema,
    errors: [...commandErrors, 'not_found', 'dispatch_over'],
  }),
  recipients: route({
    path: paths.dispatches.recipients,
    summary: 'The people of a dispatch in the order of its list, with what has become of each.',
    callers: ['agent', 'api_key'],
    params,
    query: z.strictObject({ ...pageQuery, state: z.optional(z.enum(recipientStates)) }),
    response: pageSchema(dispatchRecipientSchema),
    errors: ['cursor_invalid', 'not_found'],
  }),
  report: route({
    path: paths.dispatches.report,
    summary: 'What came of a dispatch so far: states, reasons, and what WhatsApp charges.',
    callers: ['agent', 'api_key'],
    params,
    response: dispatchReportSchema,
    errors: ['not_found'],
  }),
};
