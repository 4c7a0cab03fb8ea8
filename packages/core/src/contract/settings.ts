import * as z from 'zod/mini';
import { textSchema, timeSchema, versionSchema } from './fields.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

const limit = z.nullable(z.int().check(z.minimum(1), z.maximum(100)));

/** At most 30 days. */
export const awaitingReplyMinutesSchema = z.int().check(z.minimum(1), z.maximum(30 * 24 * 60));

/** What may be done with the conversations of one origin, where the systems that Prosa follows disagree. */
const originSchema = z.strictObject({
  /** Transfer to an agent, to a queue; neither: not at all (Movidesk on WhatsApp). */
  transferToAgent: z.boolean(),
  transferToQueue: z.boolean(),
  /** Whoever it is transferred to has to accept it. */
  transferNeedsAccept: z.boolean(),
  /** An agent may invite another one, who has to accept. */
  invite: z.boolean(),
  /** How many conversations of this origin an agent attends at once; `null`: no limit of its own. */
  maxConcurrent: limit,
});

/** How the workspace works. What a queue says goes before. */
export const settingsSchema = z.object({
  /** IANA name; protocols carry the date there, and hours are meant there. */
  timeZone: z.string(),
  /** How many conversations an agent attends at once; `null`: no limit. */
  maxConcurrent: limit,
  origins: z.object({ whatsapp: originSchema, webchat: originSchema }),
  /**
   * The number of a service. `{yyyy}`, `{yy}`, `{mm}`, `{dd}` are the day, `{n}` to `{nnnnnnnnnn}` counts: within the day when
   * the day is in the format, for ever otherwise. Digits only, 8 to 20 in all.
   */
  protocolFormat: z.string(),
  /** Sends the customer the number before anybody takes over. */
  protocolNotice: z.boolean(),
  /** For how long a closed service is kept at least, in days (Decreto 11.034: 90 days and more). */
  retentionDays: z.int(),
  /** `ask`: customers are asked for CPF or CNPJ while they wait, and may skip it. `off`: not where the service is regulated. */
  identification: z.enum(['off', 'ask']),
  /** How long a conversation that began with a template waits for the first answer, in minutes. */
  awaitingReplyMinutes: z.int(),
  /** What agents can say when they pause. */
  pauseReasons: z.array(z.string()),
  /** An agent whose connection drops for longer gives waiting customers back; in seconds. `null`: never. */
  disconnectGraceSeconds: z.nullable(z.int()),
  /** Whole messages that stop marketing, and that take it again; case, accents and a full stop do not matter. */
  optOutWords: z.array(z.string()),
  optInWords: z.array(z.string()),
  /** What the customer reads who stopped it; `null`: nothing. */
  optOutReply: z.nullable(z.string()),
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Settings = DeepReadonly<z.output<typeof settingsSchema>>;

const originChanges = z.partial(originSchema);

export const settingsUpdateSchema = z.strictObject({
  timeZone: z.optional(textSchema(60)),
  maxConcurrent: z.optional(limit),
  origins: z.optional(z.strictObject({ whatsapp: z.optional(originChanges), webchat: z.optional(originChanges) })),
  protocolFormat: z.optional(textSchema(40)),
  protocolNotice: z.optional(z.boolean()),
  retentionDays: z.optional(z.int().check(z.minimum(90), z.maximum(36500))),
  identification: z.optional(z.enum(['off', 'ask'])),
  awaitingReplyMinutes: z.optional(awaitingReplyMinutesSchema),
  pauseReasons: z.optional(z.array(textSchema(40)).check(z.maxLength(30))),
  disconnectGraceSeconds: z.optional(z.nullable(z.int().check(z.minimum(5), z.maximum(3600)))),
  optOutWords: z.optional(z.array(textSchema(40)).check(z.maxLength(30))),
  optInWords: z.optional(z.array(textSchema(40)).check(z.maxLength(30))),
  optOutReply: z.optional(z.nullable(textSchema(1000))),
});

/**
 * What changes of how the workspace works; what is absent stays, also within `origins`. Lists replace the whole list.
 */
export type SettingsUpdate = DeepReadonly<z.input<typeof settingsUpdateSchema>>;

export const settingsRoutes = {
  get: route({
    path: paths.settings.get,
    summary: 'How the workspace works.',
    callers: ['agent', 'api_key'],
    response: settingsSchema,
    errors: [],
  }),
  update: route({
    path: paths.settings.update,
    summary: 'Changes the settings that are given.',
    callers: ['agent', 'api_key'],
    body: settingsUpdateSchema,
    response: settingsSchema,
    errors: commandErrors,
  }),
};
