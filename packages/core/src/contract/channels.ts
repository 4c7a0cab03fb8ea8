import * as z from 'zod/mini';
import {
  channelIdSchema,
  localizedTextSchema,
  queueIdSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** A secret is never answered, only how it ends; `null`: it is too short to show a part of it. */
const secretEndSchema = z.object({ last4: z.nullable(z.string()) });

const healthSchema = z.object({
  /**
   * `token_invalid`: expired or revoked; `permission_missing`: the token may not do what is asked of it;
   * `misconfigured`: the settings cannot be read; `restricted`: Meta has restricted the account or the number.
   */
  status: z.enum(['healthy', 'token_invalid', 'permission_missing', 'misconfigured', 'restricted']),
  /** Nothing is sent until it works again; messages wait. */
  paused: z.boolean(),
  /** As customers judge its messages (Meta); `null`: not told yet. */
  quality: z.nullable(z.enum(['high', 'medium', 'low'])),
  /** How many people may be written to first within 24 hours. */
  messagingLimit: z.nullable(z.union([z.int(), z.literal('unlimited')])),
  /** Meta's decision on the name that customers see. */
  name: z.nullable(
    z.object({ decision: z.string(), requested: z.nullable(z.string()), reason: z.nullable(z.string()) }),
  ),
  /** What Meta has forbidden, in its own words; `until` `null`: until it says otherwise. */
  restrictions: z.array(z.object({ type: z.string(), until: z.nullable(timeSchema) })),
  /** What Meta warned of last. */
  alert: z.nullable(z.object({ type: z.string(), text: z.nullable(z.string()), at: timeSchema })),
  /** To the minute. */
  lastWebhookAt: z.nullable(timeSchema),
  lastError: z.nullable(z.object({ text: z.string(), at: timeSchema })),
});

/** A WhatsApp number. */
export const channelSchema = z.object({
  id: channelIdSchema,
  kind: z.literal('whatsapp'),
  name: z.string(),
  phoneNumberId: z.string(),
  businessAccountId: z.string(),
  /** Meta's id of the app of the token; `null`: it is not set, and examples of template headers cannot be uploaded. */
  appId: z.nullable(z.string()),
  /** As Meta writes it. */
  displayPhoneNumber: z.nullable(z.string()),
  /** Where its conversations wait. */
  queueId: z.nullable(queueIdSchema),
  /** An automation has its conversations first. */
  bot: z.boolean(),
  readReceipts: z.enum(['never', 'on_reply', 'on_open']),
  messagesPerSecond: z.int(),
  graphVersion: z.string(),
  accessToken: secretEndSchema,
  /** Of its Meta app; several while one is replaced. */
  appSecrets: z.array(secretEndSchema),
  verifyToken: secretEndSchema,
  health: healthSchema,
  createdAt: timeSchema,
  version: versionSchema,
});

export type Channel = DeepReadonly<z.output<typeof channelSchema>>;
/**
 * How a number is: whether Meta lets it in, how customers judge its messages, and how many people it may write to
 * first within 24 hours.
 */
export type ChannelHealth = Channel['health'];

const metaId = z.string().check(z.regex(/^\d{5,30}$/, 'must be the id that Meta shows: digits, not the phone number'));
const secretSchema = (shortest: number) =>
  z
    .string()
    .check(
      z.regex(
        new RegExp(`^(?!sealed1:)[\\x21-\\x7e]{${shortest},1024}$`),
        `must be ${shortest} to 1024 visible ASCII characters, no blanks`,
      ),
    );
/** A shorter one was not copied whole. */
const secret = secretSchema(16);

const settings = {
  /** Meta's id of the app of the token: the examples of template headers are uploaded to it. */
  appId: z.optional(metaId),
  name: z.optional(textSchema(60)),
  /** The workspace's oldest queue when it is absent in a new one. */
  queueId: z.optional(queueIdSchema),
  bot: z.optional(z.boolean()),
  readReceipts: z.optional(z.enum(['never', 'on_reply', 'on_open'])),
  messagesPerSecond: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  graphVersion: z.optional(z.string().check(z.regex(/^v\d{1,3}\.\d$/, 'must look like v25.0'))),
};
const secrets = {
  businessAccountId: metaId,
  accessToken: secret,
  appSecrets: z.array(secret).check(z.minLength(1, 'must have at least one'), z.maxLength(10)),
  /** A text of your choice, that Meta is given too. */
  verifyToken: secretSchema(12),
};

export const channelCreateSchema = z.strictObject({ ...settings, ...secrets, phoneNumberId: metaId });
export const channelUpdateSchema = z.strictObject({
  ...settings,
  businessAccountId: z.optional(secrets.businessAccountId),
  accessToken: z.optional(secrets.accessToken),
  /** Replaces the list. */
  appSecrets: z.optional(secrets.appSecrets),
  verifyToken: z.optional(secrets.verifyToken),
});

/**
 * A WhatsApp number to connect. The ids are Meta's, digits; `phoneNumberId` is not the phone number. Token and
 * secrets are kept encrypted and never answered. `messagesPerSecond` is 80 when absent.
 */
export type ChannelCreate = DeepReadonly<z.input<typeof channelCreateSchema>>;
/**
 * What changes of a number; what is absent stays. A new `accessToken` is tried at once, and what waited for it goes
 * out.
 */
export type ChannelUpdate = DeepReadonly<z.input<typeof channelUpdateSchema>>;

/** One thing that was looked at. */
export const channelFindingSchema = z.object({
  check: z.enum([
    'settings',
    'graph',
    'token',
    'number',
    'account',
    'app_secret',
    'subscription',
    'callback',
    'public_url',
    'signature',
  ]),
  outcome: z.enum(['ok', 'warning', 'failed']),
  /** Stable name of what was found. */
  code: z.string(),
  /** What was found, and what to do where something is to be done. */
  text: localizedTextSchema,
  /** What Meta or the network said, in its own words. */
  detail: z.nullable(z.string()),
});

export type ChannelFinding = DeepReadonly<z.output<typeof channelFindingSchema>>;

const params = z.object({ channelId: channelIdSchema });

export const channelRoutes = {
  list: route({
    path: paths.channels.list,
    summary: 'WhatsApp numbers, oldest first, each with its health.',
    callers: ['agent', 'api_key'],
    query: z.strictObject(pageQuery),
    response: pageSchema(channelSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.channels.get,
    summary: 'One WhatsApp number.',
    callers: ['agent', 'api_key'],
    params,
    response: channelSchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.channels.create,
    summary: 'Connects a WhatsApp number. Its token and secrets are stored encrypted and never answered.',
    callers: ['agent', 'api_key'],
    body: channelCreateSchema,
    response: channelSchema,
    errors: [...commandErrors, 'number_taken'],
  }),
  update: route({
    path: paths.channels.update,
    summary: 'Changes a WhatsApp number. What waits because its token was refused is tried again at once.',
    callers: ['agent', 'api_key'],
    params,
    body: channelUpdateSchema,
    response: channelSchema,
    errors: [...commandErrors, 'not_found'],
  }),
  delete: route({
    path: paths.channels.delete,
    summary: 'Disconnects a WhatsApp number that nobody has written to.',
    callers: ['agent', 'api_key'],
    params,
    response: z.object({ deleted: z.boolean() }),
    errors: [...commandErrors, 'not_found', 'in_use'],
  }),
  test: route({
    path: paths.channels.test,
    summary:
      'Asks Meta whether token, number, app secret and webhook are right, and says what to do where they are not.',
    callers: ['agent', 'api_key'],
    params,
    response: z.object({ ok: z.boolean(), findings: z.array(channelFindingSchema), channel: channelSchema }),
    asks: true,
    errors: ['not_found'],
  }),
};
