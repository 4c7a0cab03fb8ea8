import * as z from 'zod/mini';
import { personSchema } from './fields.ts';
import type { DeepReadonly } from './readonly.ts';

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
  /** The customer's number changed; the conversation stays theirs. */
  z.object({ name: z.literal('number_changed'), from: z.nullable(z.string()), to: z.nullable(z.string()) }),
  /** WhatsApp was installed anew on the customer's side: it may be another person (Meta, "Identity change check"). */
  z.object({ name: z.literal('identity_changed') }),
  /** The customer stopped marketing, or takes it again. */
  z.object({ name: z.literal('marketing_preference'), allowed: z.boolean() }),
]);

export type TimelineEvent = DeepReadonly<z.output<typeof timelineEventSchema>>;
