import * as z from 'zod/mini';
import {
  attachmentIdSchema,
  channelIdSchema,
  idSchema,
  queueIdSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from './fields.ts';
import {
  storedComponentSchema,
  templateComponentSchema,
  templateLimits,
  type templateHeaderFormats,
} from './hsm-components.ts';
import { formDataLength, jsonDataSchema } from './json-data.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

export const templateIdSchema = idSchema('hsm');

/** Meta's categories (Meta, "Template categorization"). */
export const templateCategories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const;

/**
 * `draft`: not with Meta yet. `submitted`: in review. Only `approved` can be sent; `rejected` says why; `paused` and
 * `disabled` are Meta's answer to low quality.
 */
export const templateStatuses = ['draft', 'submitted', 'approved', 'rejected', 'paused', 'disabled'] as const;

/** Meta's quality rating, from good to bad. */
export const templateQualities = ['green', 'yellow', 'red'] as const;

/** What has to be given with a message beside the texts of its variables. */
export const templateNeeds = ['image', 'video', 'document', 'location', 'offer_end', 'card_files'] as const;

/** What has to be filled in to send it. */
export const templateVariableSchema = z.object({
  /** `header.1`, `body.1`, `body.first_name`, `button.0.1`, `button.1.code`, `card.0.body.1`: the key in `variables`. */
  key: z.string(),
  component: z.enum(['HEADER', 'BODY', 'BUTTON', 'CARD']),
  example: z.nullable(z.string()),
});

/** A message template (HSM): what a business may write first, or after the service window, once Meta approved it. */
export const messageTemplateSchema = z.object({
  id: templateIdSchema,
  /** The WhatsApp channel whose business account it belongs to. */
  channelId: channelIdSchema,
  name: z.string(),
  category: z.enum(templateCategories),
  /** As Meta writes it: `pt_BR`. */
  language: z.string(),
  components: z.array(storedComponentSchema),
  variables: z.array(templateVariableSchema),
  /** What a message with it must have beside them: a file or a place for the header, when the offer ends … */
  needs: z.optional(z.array(z.enum(templateNeeds))),
  status: z.enum(templateStatuses),
  /**
   * In Meta's words: why it was rejected, paused or disabled, what Meta warns of in one that can still be sent (`FLAGGED`,
   * `LOCKED`), or why Meta refused the last change of it; `null` otherwise.
   */
  reason: z.nullable(z.string()),
  /** How customers take it, as Meta measures it; `null`: not known yet. `red` may be paused soon. */
  quality: z.optional(z.nullable(z.enum(templateQualities))),
  /** Meta put it into another category: the one before. */
  previousCategory: z.optional(z.nullable(z.enum(templateCategories))),
  /** Meta has announced that it will be of this category. */
  nextCategory: z.optional(z.nullable(z.enum(templateCategories))),
  /** Approved, and made only of parts that can be sent from here. */
  sendable: z.boolean(),
  /** Where the answers of customers wait; `null`: in the channel's queue. */
  replyQueueId: z.nullable(queueIdSchema),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type TemplateCategory = (typeof templateCategories)[number];
export type TemplateStatus = (typeof templateStatuses)[number];
export type TemplateQuality = (typeof templateQualities)[number];
export type TemplateNeed = (typeof templateNeeds)[number];
/** What stands above the text of a template. */
export type TemplateHeaderFormat = (typeof templateHeaderFormats)[number];
/** A part of a template: header, body, footer, buttons, an offer or a carousel. */
export type TemplateComponent = DeepReadonly<z.output<typeof templateComponentSchema>>;
export type TemplateVariable = DeepReadonly<z.output<typeof templateVariableSchema>>;
export type MessageTemplate = DeepReadonly<z.output<typeof messageTemplateSchema>>;

const components = z.array(templateComponentSchema).check(z.minLength(1), z.maxLength(5));

export const templateCreateSchema = z.strictObject({
  /** Lower-case letters, digits and `_` (Meta). */
  name: z.string().check(z.regex(/^[a-z0-9_]{1,512}$/, 'must have only a to z, 0 to 9 and _')),
  category: z.enum(templateCategories),
  language: z.string().check(z.regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'must be a language like pt_BR')),
  components,
  /** Needed when the workspace has several WhatsApp channels. */
  channelId: z.optional(channelIdSchema),
  replyQueueId: z.optional(z.nullable(queueIdSchema)),
});

export const templateUpdateSchema = z.strictObject({
  category: z.optional(z.enum(templateCategories)),
  /** All of them: they replace the old ones and go to review again. */
  components: z.optional(components),
  replyQueueId: z.optional(z.nullable(queueIdSchema)),
});

/**
 * A template to hand to Meta: `language` like `pt_BR`, one to five components, with an example for each variable.
 * `channelId` is needed where there are several numbers.
 */
export type MessageTemplateCreate = DeepReadonly<z.input<typeof templateCreateSchema>>;
/**
 * What changes of a template. `components` replaces all of them, and they go to review again; `replyQueueId` is
 * Prosa's own and does not.
 */
export type MessageTemplateUpdate = DeepReadonly<z.input<typeof templateUpdateSchema>>;

/** By the place of the button, from 0. */
const buttonPlace = z.string().check(z.regex(/^\d$/, 'must be the place of a button, from 0'));

/** Texts by the key of their variable; more than the longest template has. */
export const variablesSchema = z
  .record(z.string().check(z.maxLength(100)), z.string().check(z.maxLength(2000)))
  .check(
    z.refine(
      (texts) => Object.keys(texts).length <= templateLimits.variables,
      `must have at most ${templateLimits.variables} variables`,
    ),
  );

/** Which template to send, with a text for each of its variables by key, and what else it needs. */
export const templateUseSchema = z.strictObject({
  templateId: templateIdSchema,
  variables: z._default(variablesSchema, {}),
  /** The file of the header. */
  attachmentId: z.optional(attachmentIdSchema),
  /** The place of the header. */
  location: z.optional(
    z.strictObject({
      latitude: z.number().check(z.minimum(-90), z.maximum(90)),
      longitude: z.number().check(z.minimum(-180), z.maximum(180)),
      name: textSchema(1000),
      address: textSchema(1000),
    }),
  ),
  /** What comes back as `replyId` when a quick reply is tapped; absent: its text. */
  payloads: z.optional(z.record(buttonPlace, textSchema(templateLimits.quickReplyPayload))),
  /** What the form of a FLOW button begins with; `token` comes back with the answer. */
  flows: z.optional(
    z.record(
      buttonPlace,
      z.strictObject({
        token: z.optional(textSchema(200)),
        data: z.optional(jsonDataSchema(formDataLength)),
      }),
    ),
  ),
  /** When the limited-time offer ends. */
  offerEndsAt: z.optional(timeSchema),
  /** The files of the cards of a carousel, in their order. */
  cardAttachmentIds: z.optional(z.array(attachmentIdSchema).check(z.maxLength(templateLimits.cards))),
});

export type TemplateUse = DeepReadonly<z.input<typeof templateUseSchema>>;

const params = z.object({ templateId: templateIdSchema });

export const hsmRoutes = {
  list: route({
    path: paths.hsm.list,
    summary: 'Message templates by name.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({
      ...pageQuery,
      status: z.optional(z.enum(templateStatuses)),
      channelId: z.optional(channelIdSchema),
      /** Part of the name. */
      search: z.optional(z.string().check(z.maxLength(100))),
    }),
    response: pageSchema(messageTemplateSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.hsm.get,
    summary: 'One message template.',
    callers: ['agent', 'api_key'],
    params,
    response: messageTemplateSchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.hsm.create,
    summary: "Makes a template and hands it to Meta for review. For administrators. Meta's limits are checked first.",
    callers: ['agent', 'api_key'],
    body: templateCreateSchema,
    response: messageTemplateSchema,
    errors: [...commandErrors, 'template_name_taken', 'attachment_not_ready'],
  }),
  update: route({
    path: paths.hsm.update,
    summary: 'Changes a template that is approved, rejected or paused, and hands it to Meta again. For administrators.',
    callers: ['agent', 'api_key'],
    params,
    body: templateUpdateSchema,
    response: messageTemplateSchema,
    errors: [...commandErrors, 'not_found', 'template_not_editable', 'attachment_not_ready'],
  }),
  delete: route({
    path: paths.hsm.delete,
    summary: 'Deletes a template, at Meta too. For administrators. Messages that were sent with it stay.',
    callers: ['agent', 'api_key'],
    params,
    response: messageTemplateSchema,
    errors: [...commandErrors, 'not_found', 'template_not_editable'],
  }),
  sync: route({
    path: paths.hsm.sync,
    summary: 'Asks Meta for its list soon: templates made elsewhere, news that were missed. For administrators.',
    callers: ['agent', 'api_key'],
    body: z.strictObject({ channelId: z.optional(channelIdSchema) }),
    response: z.object({ channels: z.int() }),
    errors: commandErrors,
  }),
};
