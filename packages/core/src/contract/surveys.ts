import * as z from 'zod/mini';
import {
  agentIdSchema,
  conversationIdSchema,
  idSchema,
  personSchema,
  queueIdSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

export const surveyIdSchema = idSchema('srv');
export const surveyResponseIdSchema = idSchema('svr');

/** Satisfaction (1 to 5), recommendation (0 to 10), effort (1 to 7). */
export const surveyInstruments = ['csat', 'nps', 'ces'] as const;

/** Lowest and highest score that can be given. */
export const surveyScales = {
  csat: { min: 1, max: 5 },
  nps: { min: 0, max: 10 },
  ces: { min: 1, max: 7 },
} as const;

/** Where customers can be asked. */
export const surveyOrigins = ['whatsapp', 'webchat'] as const;

/** `answered`: once, and never changed. `timed_out`: its time passed. `skipped`: it could not be asked; `skipReason`. */
export const surveyResponseStatuses = ['sent', 'answered', 'timed_out', 'skipped'] as const;

/** A question that is asked at the end of a service. */
export const surveySchema = z.object({
  id: surveyIdSchema,
  instrument: z.enum(surveyInstruments),
  name: z.string(),
  question: z.string(),
  /** Said after the answer. */
  thanks: z.string(),
  /** `on_close`: asked by itself when a conversation is finished. `manual`: only by `send`. */
  trigger: z.enum(['on_close', 'manual']),
  /** Where it is asked. */
  origins: z.array(z.enum(surveyOrigins)),
  /** Only for conversations of this queue; `null`: of any. The one for the queue wins. */
  queueId: z.nullable(queueIdSchema),
  /** How long an answer is accepted, in seconds. */
  expiresInSeconds: z.int(),
  active: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

/** One asking of a survey and what came of it. */
export const surveyResponseSchema = z.object({
  id: surveyResponseIdSchema,
  surveyId: surveyIdSchema,
  instrument: z.enum(surveyInstruments),
  conversationId: conversationIdSchema,
  /** The protocol of that conversation. */
  protocol: z.nullable(z.string()),
  /** Who attended when it was asked. */
  agent: z.nullable(personSchema),
  queue: z.nullable(personSchema),
  status: z.enum(surveyResponseStatuses),
  /** With `skipped`: `window_closed` (WhatsApp's service window had ended). */
  skipReason: z.nullable(z.string()),
  score: z.nullable(z.int()),
  comment: z.nullable(z.string()),
  sentAt: timeSchema,
  answeredAt: z.nullable(timeSchema),
  expiresAt: timeSchema,
  version: versionSchema,
});

/** What the answers of a period add up to. */
export const surveyResultsSchema = z.object({
  instrument: z.enum(surveyInstruments),
  from: timeSchema,
  to: timeSchema,
  /** Asked in the period, without those skipped. */
  sent: z.int(),
  answered: z.int(),
  skipped: z.int(),
  /** Answered of sent, 0 to 1; `null` when none was sent. */
  responseRate: z.nullable(z.number()),
  /**
   * NPS: promoters (9, 10) minus detractors (0 to 6), in percent of the answers, −100 to 100. CSAT: 4 and 5 in percent.
   * CES: the mean. `null` without answers.
   */
  score: z.nullable(z.number()),
  /** Mean of the scores; `null` without answers. */
  mean: z.nullable(z.number()),
  /** Every score of the scale, lowest first. */
  distribution: z.array(z.object({ score: z.int(), count: z.int() })),
});

export type SurveyInstrument = (typeof surveyInstruments)[number];
export type Survey = DeepReadonly<z.output<typeof surveySchema>>;
export type SurveyResponse = DeepReadonly<z.output<typeof surveyResponseSchema>>;
export type SurveyResults = DeepReadonly<z.output<typeof surveyResultsSchema>>;

const origins = z.array(z.enum(surveyOrigins)).check(z.minLength(1), z.maxLength(surveyOrigins.length));
const expiresInSeconds = z.int().check(z.minimum(60), z.maximum(30 * 24 * 60 * 60));

export const surveyCreateSchema = z.strictObject({
  instrument: z.enum(surveyInstruments),
  name: textSchema(100),
  /** A usual question in Portuguese when absent. */
  question: z.optional(textSchema(500)),
  thanks: z.optional(textSchema(500)),
  trigger: z._default(z.enum(['on_close', 'manual']), 'on_close'),
  origins: z._default(origins, [...surveyOrigins]),
  queueId: z._default(z.nullable(queueIdSchema), null),
  expiresInSeconds: z._default(expiresInSeconds, 24 * 60 * 60),
  active: z._default(z.boolean(), true),
});

export const surveyUpdateSchema = z.strictObject({
  name: z.optional(textSchema(100)),
  question: z.optional(textSchema(500)),
  thanks: z.optional(textSchema(500)),
  trigger: z.optional(z.enum(['on_close', 'manual'])),
  origins: z.optional(origins),
  queueId: z.optional(z.nullable(queueIdSchema)),
  expiresInSeconds: z.optional(expiresInSeconds),
  active: z.optional(z.boolean()),
});

/** By id, or the active one of an instrument that fits the conversation. */
export const surveySendSchema = z.union([
  z.strictObject({ surveyId: surveyIdSchema }),
  z.strictObject({ instrument: z.enum(surveyInstruments) }),
]);

/**
 * A survey: asked when a conversation is closed (`on_close`) or by `surveys.send` (`manual`), on both origins and for
 * every queue unless it says otherwise. It may be answered for `expiresInSeconds`: a day when absent, a minute to 30
 * days.
 */
export type SurveyCreate = DeepReadonly<z.input<typeof surveyCreateSchema>>;
/** What changes of a survey; what is absent stays. The instrument cannot: make another one. */
export type SurveyUpdate = DeepReadonly<z.input<typeof surveyUpdateSchema>>;
export type SurveySend = DeepReadonly<z.input<typeof surveySendSchema>>;

const params = z.object({ surveyId: surveyIdSchema });

export const surveyRoutes = {
  list: route({
    path: paths.surveys.list,
    summary: 'Surveys by name.',
    callers: ['agent', 'api_key'],
    query: z.strictObject(pageQuery),
    response: pageSchema(surveySchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.surveys.get,
    summary: 'One survey.',
    callers: ['agent', 'api_key'],
    params,
    response: surveySchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.surveys.create,
    summary: 'Makes a survey. For administrators.',
    callers: ['agent', 'api_key'],
    body: surveyCreateSchema,
    response: surveySchema,
    errors: commandErrors,
  }),
  update: route({
    path: paths.surveys.update,
    summary: 'Changes the fields that are given. What was asked already stays as it was asked. For administrators.',
    callers: ['agent', 'api_key'],
    params,
    body: surveyUpdateSchema,
    response: surveySchema,
    errors: [...commandErrors, 'not_found'],
  }),
  send: route({
    path: paths.surveys.send,
    summary: 'Asks the customer of a conversation. Outside of the service window it is recorded as `skipped`.',
    callers: ['agent', 'api_key'],
    params: z.object({ conversationId: conversationIdSchema }),
    body: surveySendSchema,
    response: surveyResponseSchema,
    errors: [...commandErrors, 'not_found', 'conversation_not_yours', 'survey_already_sent', 'survey_not_available'],
  }),
  responses: route({
    path: paths.surveys.responses,
    summary: 'What was asked and answered, newest first.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({
      ...pageQuery,
      surveyId: z.optional(surveyIdSchema),
      instrument: z.optional(z.enum(surveyInstruments)),
      conversationId: z.optional(conversationIdSchema),
      status: z.optional(z.enum(surveyResponseStatuses)),
    }),
    response: pageSchema(surveyResponseSchema),
    errors: ['cursor_invalid'],
  }),
  results: route({
    path: paths.surveys.results,
    summary: 'Score, response rate and distribution of an instrument. Without `from` the last 30 days.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({
      instrument: z.enum(surveyInstruments),
      surveyId: z.optional(surveyIdSchema),
      queueId: z.optional(queueIdSchema),
      agentId: z.optional(agentIdSchema),
      from: z.optional(z.iso.datetime({ offset: true })),
      to: z.optional(z.iso.datetime({ offset: true })),
    }),
    response: surveyResultsSchema,
    errors: [],
  }),
};
