import * as z from 'zod/mini';
import { attachmentIdSchema, clientIdSchema, messageIdSchema, textSchema } from './fields.ts';
import { templateUseSchema } from './hsm.ts';
import { interactiveSendSchema } from './interactive-send.ts';
import type { DeepReadonly } from './readonly.ts';

/** Longest texts in characters (Meta, WhatsApp Cloud API, "Text messages" and "Media"). */
export const messageMaxLength = { text: 4096, caption: 1024 } as const;

/** Most cards in one message (Meta, "Contacts messages"). */
export const maxContactCards = 257;

const common = {
  clientId: z.optional(clientIdSchema),
  /** The message of this conversation that it answers. WhatsApp shows it as a quote. */
  replyTo: z.optional(messageIdSchema),
};
const withAttachment = { ...common, attachmentId: attachmentIdSchema };
const captionInput = z.optional(z.nullable(textSchema(messageMaxLength.caption)));
const label = (length: number) => z.optional(z.nullable(textSchema(length)));

const contactCardInput = z.strictObject({
  name: textSchema(200),
  organization: label(200),
  phones: z._default(
    z
      .array(
        z.strictObject({
          phone: z.string().check(z.regex(/^\+?[\d\s().-]{6,30}$/, 'must be a phone number')),
          kind: label(40),
        }),
      )
      .check(z.maxLength(20)),
    [],
  ),
  emails: z._default(z.array(z.email().check(z.maxLength(254))).check(z.maxLength(20)), []),
});

/** What can be sent. All but `text`, `image`, `video`, `audio`, `document` are for WhatsApp only. */
export const messageSendSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: textSchema(messageMaxLength.text),
    /** Whether WhatsApp shows a card for the first link in it; absent: it does. */
    previewUrl: z.optional(z.boolean()),
    ...common,
  }),
  z.strictObject({ type: z.literal('image'), ...withAttachment, caption: captionInput }),
  z.strictObject({ type: z.literal('document'), ...withAttachment, caption: captionInput }),
  z.strictObject({ type: z.literal('video'), ...withAttachment, caption: captionInput }),
  /** `voice`: as a voice message, which needs OGG/Opus; the gateway makes it where it can. */
  z.strictObject({ type: z.literal('audio'), ...withAttachment, voice: z.optional(z.boolean()) }),
  /** A WebP of 512 × 512 pixels, at most 100 kB, or 500 kB when it moves. */
  z.strictObject({ type: z.literal('sticker'), ...withAttachment }),
  z.strictObject({
    type: z.literal('location'),
    latitude: z.number().check(z.minimum(-90), z.maximum(90)),
    longitude: z.number().check(z.minimum(-180), z.maximum(180)),
    name: label(1000),
    address: label(1000),
    ...common,
  }),
  z.strictObject({
    type: z.literal('contacts'),
    contacts: z.array(contactCardInput).check(z.minLength(1), z.maxLength(maxContactCards)),
    ...common,
  }),
  z.strictObject({ type: z.literal('interactive'), interactive: interactiveSendSchema, ...common }),
  /** Also when the service window is closed. */
  z.strictObject({ type: z.literal('template'), ...templateUseSchema.shape, ...common }),
]);

export type MessageSend = DeepReadonly<z.input<typeof messageSendSchema>>;

// The flag is newer than the language that the sources are checked against.
const oneEmoji = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** A reaction to a customer's message. */
export const messageReactSchema = z.strictObject({
  /** One emoji; `null` takes the reaction back. */
  emoji: z.nullable(
    z.string().check(
      z.maxLength(32),
      z.refine((value) => oneEmoji.test(value), 'must be one emoji'),
    ),
  ),
});

/** What the team thinks of a customer's message, as they see it on their phone. */
export type MessageReact = DeepReadonly<z.input<typeof messageReactSchema>>;
