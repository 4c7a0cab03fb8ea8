import * as z from 'zod/mini';
import { agentIdSchema, personSchema, queueIdSchema, textSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** `pull`: agents take (Atender). `auto`: conversations are given to agents. `offer`: as a card that has to be accepted. */
export const routingModes = ['pull', 'auto', 'offer'] as const;

/** What has to be filled in before a conversation is closed. */
export const closingFields = ['customer', 'subject', 'category', 'notes', 'tags'] as const;

/** They wait, go to triage, or are turned away. */
const absences = ['wait', 'triage', 'close'] as const;

const minutes = z.nullable(z.int().check(z.minimum(1), z.maximum(30 * 24 * 60)));
const text = z.nullable(textSchema(1000));

/** `from` and `to` as `HH:MM` in the time zone of the workspace; `to` may be `24:00`. */
const slotSchema = z.strictObject({
  /** 0: Sunday. */
  day: z.int().check(z.minimum(0), z.maximum(6)),
  from: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')),
  to: z.string().check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 18:00')),
});

/** How a queue works. */
const settings = {
  routing: z.enum(routingModes),
  /** How long an offered card waits for an answer, in seconds. */
  offerSeconds: z.int().check(z.minimum(5), z.maximum(600)),
  /** After so many seconds whoever declined or missed a card is asked again, when nobody else can be. */
  offerAgainSeconds: z.int().check(z.minimum(0), z.maximum(3600)),
  /** How many of its conversations an agent attends at once; `null`: no limit of its own. */
  maxConcurrent: z.nullable(z.int().check(z.minimum(1), z.maximum(100))),
  /** Who is asked first: whoever attended the contact last, or owns the customer. */
  prefer: z.enum(['none', 'last_agent']),
  /** A parked conversation does not count against the limits. */
  pendingFreesSlot: z.boolean(),
  /** `none`: finishing closes. `form`: the record is filled in first (wrap-up). */
  closePolicy: z.enum(['none', 'form']),
  requiredFields: z.array(z.enum(closingFields)).check(z.maxLength(closingFields.length)),
  /** A customer who writes within so many minutes after the end reopens the conversation; `null`: always a new one. */
  reopenWithinMinutes: minutes,
  /** Without a word of the customer for so long, the conversation is finished; per origin, `null`: never. */
  inactivityMinutes: z.strictObject({ whatsapp: minutes, webchat: minutes }),
  /** The same, and it is set aside (`pending`) until the customer writes; per origin, `null`: only by hand. */
  pendingMinutes: z.strictObject({ whatsapp: minutes, webchat: minutes }),
  /** Whoever waits longer is told so and the conversation is closed; `null`: never. */
  queueTimeoutMinutes: minutes,
  /** WhatsApp's window ended and nobody ever answered: the conversation expires. */
  expireUnanswered: z.boolean(),
  /** Sent by themselves; `null`: nothing. `{protocolo}` `{nome}` `{atendente}` `{fila}` `{posicao}` are filled in. */
  messages: z.strictObject({
    queued: text,
    started: text,
    transferred: text,
    ended: text,
    /** Out of hours. */
    unavailable: text,
    /** Within the hours, and nobody of the queue is there. */
    offline: text,
  }),
  /** When the queue is served; `null`: always. */
  hours: z.nullable(z.array(slotSchema).check(z.maxLength(50))),
  /** Days without service, `YYYY-MM-DD`. */
  holidays: z.array(z.iso.date()).check(z.maxLength(200)),
  /** What becomes of those who write out of hours. */
  outOfHours: z.enum(absences),
  /** What becomes of those who write within the hours while nobody of the queue is there, which a pause is not. */
  nobodyOnline: z.enum(absences),
} as const;

const settingsShape = z.strictObject(settings);

/** Where conversations wait for an agent. */
export const queueSchema = z.object({
  id: queueIdSchema,
  name: z.string(),
  ...settings,
  /** Who is in it, in the order in which they are asked; none: every agent. */
  agents: z.array(personSchema),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Queue = DeepReadonly<z.output<typeof queueSchema>>;
/**
 * How a queue works: who is asked, for how long, its hours and automatic messages. Times are in the units of their
 * names; `HH:MM` is in the time zone of the workspace.
 */
export type QueueSettings = DeepReadonly<z.output<typeof settingsShape>>;
export type RoutingMode = (typeof routingModes)[number];
export type ClosingField = (typeof closingFields)[number];

const params = z.object({ queueId: queueIdSchema });
const changes = {
  ...z.partial(settingsShape).shape,
  inactivityMinutes: z.optional(z.partial(settings.inactivityMinutes)),
  pendingMinutes: z.optional(z.partial(settings.pendingMinutes)),
  messages: z.optional(z.partial(settings.messages)),
  agentIds: z.optional(z.array(agentIdSchema).check(z.maxLength(500))),
};

export const queueCreateSchema = z.strictObject({ name: textSchema(50), ...changes });
export const queueUpdateSchema = z.strictObject({ name: z.optional(textSchema(50)), ...changes });

/**
 * A queue, with a name of up to 50 characters. What is absent is as usual: agents take from it themselves (`pull`), it is
 * always served, and nothing is said by itself. `agentIds`: who is in it, in the order in which they are asked; none:
 * everybody.
 */
export type QueueCreate = DeepReadonly<z.input<typeof queueCreateSchema>>;
/** What changes of a queue; what is absent stays. `agentIds`, `hours` and `holidays` replace the whole list. */
export type QueueUpdate = DeepReadonly<z.input<typeof queueUpdateSchema>>;

export const queueRoutes = {
  list: route({
    path: paths.queues.list,
    summary: 'Queues of the workspace, by name.',
    callers: ['agent', 'api_key'],
    query: z.strictObject(pageQuery),
    response: pageSchema(queueSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.queues.get,
    summary: 'One queue.',
    callers: ['agent', 'api_key'],
    params,
    response: queueSchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.queues.create,
    summary: 'Makes a queue.',
    callers: ['agent', 'api_key'],
    body: queueCreateSchema,
    response: queueSchema,
    errors: commandErrors,
  }),
  update: route({
    path: paths.queues.update,
    summary: 'Changes the fields of a queue that are given.',
    callers: ['agent', 'api_key'],
    params,
    body: queueUpdateSchema,
    response: queueSchema,
    errors: [...commandErrors, 'not_found'],
  }),
};
