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

/** Longest texts in characters, most buttons (Meta, "Template components"). */
export const templateLimits = {
  name: 512,
  header: 60,
  body: 1024,
  footer: 60,
  buttonText: 25,
  url: 2000,
  phoneNumber: 20,
  buttons: 10,
  urlButtons: 2,
  phoneButtons: 1,
  copyCodeButtons: 1,
  flowButtons: 1,
  couponCode: 20,
  quickReplyPayload: 256,
  offerText: 16,
  /** With a limited-time offer, and on a card of a carousel. */
  offerBody: 600,
  cardBody: 160,
  minCards: 2,
  cards: 10,
  cardButtons: 2,
} as const;

/** What stands above the text. A file is given anew with each message; a place, too. */
export const templateHeaderFormats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] as const;

/** What a variable stands for in the review: one example each, in the order of `{{1}}`, `{{2}}` …, names as they come. */
const examples = z._default(z.array(textSchema(1024)).check(z.maxLength(50)), []);

const buttonSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('QUICK_REPLY'), text: textSchema(templateLimits.buttonText) }),
  z.strictObject({
    type: z.literal('URL'),
    text: textSchema(templateLimits.buttonText),
    /** `https:`; may end in `{{1}}`. */
    url: z
      .string()
      .check(z.regex(/^https?:\/\/\S+$/i, 'must be an address that starts with https://'), z.maxLength(2000)),
    example: z.optional(z.nullable(z.string().check(z.maxLength(2000)))),
  }),
  z.strictObject({
    type: z.literal('PHONE_NUMBER'),
    text: textSchema(templateLimits.buttonText),
    phoneNumber: z.string().check(z.regex(/^\+?[\d\s().-]{6,20}$/, 'must be a phone number of at most 20 characters')),
  }),
  z.strictObject({
    type: z.literal('COPY_CODE'),
    /** WhatsApp writes its own words on the button. */
    text: z._default(textSchema(templateLimits.buttonText), 'Copiar código'),
    /** A coupon, for the review. */
    example: z.string().check(z.maxLength(templateLimits.couponCode)),
  }),
  /** Opens a form (WhatsApp Flow). */
  z.strictObject({
    type: z.literal('FLOW'),
    text: textSchema(templateLimits.buttonText),
    flowId: z.string().check(z.regex(/^\d{1,40}$/, 'must be the number of a flow')),
    /** `navigate` opens `screen`; `data_exchange` asks the flow's own server what comes first. */
    action: z._default(z.enum(['navigate', 'data_exchange']), 'navigate'),
    screen: z.optional(z.nullable(textSchema(200))),
  }),
]);

/** Copies or hands over the code of an `AUTHENTICATION` template, which is the first variable of its body. */
const codeButtonSchema = z.object({ type: z.literal('OTP'), text: z.string() });

/**
 * The parts of a template, in the names of Meta's API. One header, one body, one footer, one list of buttons; only the
 * body is required. Variables are `{{1}}`, `{{2}}` …, numbered without gaps in each part, or have names everywhere:
 * `{{first_name}}`.
 */
export const templateComponentSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('HEADER'),
    format: z._default(z.enum(templateHeaderFormats), 'TEXT'),
    /** Of a header of text. */
    text: z.optional(textSchema(templateLimits.header)),
    examples,
    /** Of a header with a file: what Meta sees in the review. jpeg, png, mp4 or pdf. */
    attachmentId: z.optional(attachmentIdSchema),
  }),
  z.strictObject({ type: z.literal('BODY'), text: textSchema(templateLimits.body), examples }),
  z.strictObject({ type: z.literal('FOOTER'), text: textSchema(templateLimits.footer) }),
  z.strictObject({
    type: z.literal('BUTTONS'),
    buttons: z.array(buttonSchema).check(z.minLength(1), z.maxLength(templateLimits.buttons)),
  }),
]);

/** One of a carousel: a picture or video, a text, one or two buttons. */
const templateCardSchema = z.object({
  format: z.enum(['IMAGE', 'VIDEO']),
  text: z.nullable(z.string()),
  examples: z.array(z.string()),
  buttons: z.array(buttonSchema),
});

/**
 * A component as it is kept. `OTP`, `OFFER` (limited-time offer) and `CAROUSEL` are made at Meta, and can be sent; `OTHER`
 * cannot be sent from here.
 */
const storedComponentSchema = z.union([
  templateComponentSchema,
  z.object({ type: z.literal('BUTTONS'), buttons: z.array(z.union([buttonSchema, codeButtonSchema])) }),
  z.object({ type: z.literal('OFFER'), text: z.string(), expires: z.boolean() }),
  z.object({ type: z.literal('CAROUSEL'), cards: z.array(templateCardSchema) }),
  z.object({ type: z.literal('OTHER'), originalType: z.string() }),
]);

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
   * In Meta's words: why it was rejected, paused or disabled, or why Meta refused the last change of it; `null`
   * otherwise.
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
export type TemplateHeaderFormat = (typeof templateHeaderFormats)[number];
export type TemplateComponent = DeepReadonly<z.output<typeof templateComponentSchema>>;
export type TemplateVariable = DeepReadonly<z.output<typeof templateVariableSchema>>;
export type MessageTemplate = DeepReadonly<z.output<typeof messageTemplateSchema>>;

const components = z.array(templateComponentSchema).check(z.minLength(1), z.maxLength(4));

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

export type MessageTemplateCreate = DeepReadonly<z.input<typeof templateCreateSchema>>;
export type MessageTemplateUpdate = DeepReadonly<z.input<typeof templateUpdateSchema>>;

/** By the place of the button, from 0. */
const buttonPlace = z.string().check(z.regex(/^\d$/, 'must be the place of a button, from 0'));

/** Which template to send, with a text for each of its variables by key, and what else it needs. */
export const templateUseSchema = z.strictObject({
  templateId: templateIdSchema,
  variables: z._default(z.record(z.string().check(z.maxLength(100)), z.string().check(z.maxLength(2000))), {}),
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
        data: z.optional(z.record(z.string().check(z.maxLength(200)), z.unknown())),
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
