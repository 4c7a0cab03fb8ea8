import * as z from 'zod/mini';
import { attachmentIdSchema, textSchema } from './fields.ts';

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
  /** The coupon of a template with a limited-time offer. */
  offerCode: 15,
  codeMinutes: 90,
  apps: 5,
  /** Of a message, in all parts together: more than fit into the longest template. */
  variables: 500,
} as const;

/** What the button of a code does: copies it, hands it over to an app with a tap, or without one. */
export const codeButtonKinds = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'] as const;

/** What stands above the text. A file is given anew with each message; a place, too. */
export const templateHeaderFormats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] as const;

/** What a variable stands for in the review: one example each, in the order of `{{1}}`, `{{2}}` …, names as they come. */
const examples = z._default(z.array(textSchema(1024)).check(z.maxLength(50)), []);

const plainButtons = [
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
] as const;
const buttonSchema = z.discriminatedUnion('type', plainButtons);

/** An Android app that takes codes over: its name, and the hash that its signature has (Meta, "App signing key hash"). */
const codeAppSchema = z.strictObject({
  packageName: z
    .string()
    .check(z.regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/, 'must be like br.exemplo.app'), z.maxLength(224)),
  signatureHash: z
    .string()
    .check(z.regex(/^[A-Za-z0-9+/=]{11}$/, 'must have 11 characters: letters, digits, +, / and =')),
});

/** Copies or hands over the code of an `AUTHENTICATION` template, which is the variable of its body. */
const codeButtonFields = {
  type: z.literal('OTP'),
  otpType: z.optional(z.enum(codeButtonKinds)),
  /** On the button where the code cannot be copied, but handed over. */
  autofillText: z.optional(textSchema(templateLimits.buttonText)),
  /** With `ONE_TAP` and `ZERO_TAP`: who takes the code. */
  apps: z.optional(z.array(codeAppSchema).check(z.minLength(1), z.maxLength(templateLimits.apps))),
  /** With `ZERO_TAP`: Meta's terms for it were read and are kept. */
  acceptsZeroTapTerms: z.optional(z.boolean()),
};

const headerSchema = z.strictObject({
  type: z.literal('HEADER'),
  format: z._default(z.enum(templateHeaderFormats), 'TEXT'),
  /** Of a header of text. */
  text: z.optional(textSchema(templateLimits.header)),
  examples,
  /** Of a header with a file: what Meta sees in the review. jpeg, png, mp4 or pdf. */
  attachmentId: z.optional(attachmentIdSchema),
});

/** After the code: not to share it. Of `AUTHENTICATION` only. */
const securityRecommendation = z.optional(z.boolean());
/** The footer tells how long the code is good for. Of `AUTHENTICATION` only. */
const codeExpirationMinutes = z.optional(z.int().check(z.minimum(1), z.maximum(templateLimits.codeMinutes)));

/** A line with an offer that ends. `expires`: WhatsApp counts down to the end, which each message gives. */
const offerSchema = z.strictObject({
  type: z.literal('OFFER'),
  text: textSchema(templateLimits.offerText),
  expires: z._default(z.boolean(), true),
});

const cardFormat = z.enum(['IMAGE', 'VIDEO']);
/** Of a text that is kept. */
const kept = z.array(z.string());

/**
 * The parts of a template, in the names of Meta's API. One of each kind; only the body is required. Variables are `{{1}}`,
 * `{{2}}` …, numbered without gaps in each part, or have names everywhere: `{{first_name}}`.
 *
 * `AUTHENTICATION`: Meta writes the words. A `BODY` with `securityRecommendation`, perhaps a `FOOTER` with
 * `codeExpirationMinutes`, and `BUTTONS` with one `OTP`. `OFFER` (limited-time offer) and `CAROUSEL` are for `MARKETING`;
 * a carousel has a `BODY` and two to ten cards that are all made alike.
 */
export const templateComponentSchema = z.discriminatedUnion('type', [
  headerSchema,
  z.strictObject({
    type: z.literal('BODY'),
    /** Not of `AUTHENTICATION`. */
    text: z.optional(textSchema(templateLimits.body)),
    examples,
    securityRecommendation,
  }),
  z.strictObject({
    type: z.literal('FOOTER'),
    /** Not of `AUTHENTICATION`. */
    text: z.optional(textSchema(templateLimits.footer)),
    codeExpirationMinutes,
  }),
  z.strictObject({
    type: z.literal('BUTTONS'),
    buttons: z
      .array(
        z.discriminatedUnion('type', [
          ...plainButtons,
          /** `text`: of the button that copies; WhatsApp's own words when absent. */
          z.strictObject({ ...codeButtonFields, text: z.optional(textSchema(templateLimits.buttonText)) }),
        ]),
      )
      .check(z.minLength(1), z.maxLength(templateLimits.buttons)),
  }),
  offerSchema,
  z.strictObject({
    type: z.literal('CAROUSEL'),
    /** A picture or video, a text, one or two buttons. */
    cards: z
      .array(
        z.strictObject({
          format: cardFormat,
          /** What Meta sees in the review: jpeg, png or mp4. */
          attachmentId: attachmentIdSchema,
          text: z._default(z.nullable(textSchema(templateLimits.cardBody)), null),
          examples,
          buttons: z.array(buttonSchema).check(z.minLength(1), z.maxLength(templateLimits.cardButtons)),
        }),
      )
      .check(z.minLength(templateLimits.minCards), z.maxLength(templateLimits.cards)),
  }),
]);

/** A component as it is kept, with Meta's words in place. `OTHER` was made at Meta, and cannot be sent from here. */
export const storedComponentSchema = z.discriminatedUnion('type', [
  headerSchema,
  z.object({ type: z.literal('BODY'), text: z.string(), examples: kept, securityRecommendation }),
  z.object({ type: z.literal('FOOTER'), text: z.string(), codeExpirationMinutes }),
  z.object({
    type: z.literal('BUTTONS'),
    buttons: z.array(
      z.discriminatedUnion('type', [
        ...plainButtons,
        z.object({ ...codeButtonFields, text: z.string(), autofillText: z.optional(z.string()) }),
      ]),
    ),
  }),
  z.object({ type: z.literal('OFFER'), text: z.string(), expires: z.boolean() }),
  z.object({
    type: z.literal('CAROUSEL'),
    cards: z.array(
      z.object({
        format: cardFormat,
        /** Until the list of Meta has come, which gives no ids of ours back. */
        attachmentId: z.optional(attachmentIdSchema),
        text: z.nullable(z.string()),
        examples: kept,
        buttons: z.array(buttonSchema),
      }),
    ),
  }),
  z.object({ type: z.literal('OTHER'), originalType: z.string() }),
]);
