import * as z from 'zod/mini';
import { attachmentSchema } from './attachments.ts';
import { personSchema } from './fields.ts';
import { templateIdSchema } from './hsm.ts';
import type { DeepReadonly } from './readonly.ts';
import { timelineEventSchema } from './timeline-events.ts';

const caption = z.nullable(z.string());
const line = z.nullable(z.string());

/** A card of somebody's address book. */
export const contactCardSchema = z.object({
  name: z.string(),
  organization: line,
  phones: z.array(z.object({ phone: z.string(), kind: line })),
  emails: z.array(z.string()),
});

/** What a question asks for (Meta, "Interactive messages"). */
export const interactiveKinds = [
  'buttons',
  'list',
  'link',
  'flow',
  'location_request',
  'contact_request',
  'call_permission',
  'carousel',
  'product',
  'product_list',
  'catalog',
  'address',
  'order_details',
  'order_status',
] as const;

const templateButton = z.object({
  type: z.enum(['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'FLOW', 'OTHER']),
  text: z.string(),
});

/** One of a carousel: a picture or video, a text, buttons. */
const shownCard = z.object({ attachment: z.optional(attachmentSchema), text: line, buttons: z.array(templateButton) });

/** What a message says, by its kind. */
export const messageContentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('video'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('document'), attachment: attachmentSchema, caption }),
  z.object({ type: z.literal('audio'), attachment: attachmentSchema, voice: z.boolean() }),
  z.object({ type: z.literal('sticker'), attachment: attachmentSchema }),
  /** Degrees (WGS 84). */
  z.object({
    type: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    name: line,
    address: line,
    /** An `http(s)` address that came with it. */
    url: line,
  }),
  z.object({ type: z.literal('contacts'), contacts: z.array(contactCardSchema) }),
  /** What the customer put into a basket of the catalogue. Prices as WhatsApp gave them, per unit. */
  z.object({
    type: z.literal('order'),
    text: line,
    catalogId: line,
    items: z.array(
      z.object({
        productId: z.string(),
        quantity: z.number(),
        unitPrice: z.nullable(z.number()),
        currency: line,
      }),
    ),
  }),
  /** A form (WhatsApp Flow, address) that the customer filled in. */
  z.object({
    type: z.literal('form'),
    name: line,
    text: line,
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  /** A message template as it was sent, its variables filled in. */
  z.object({
    type: z.literal('template'),
    templateId: templateIdSchema,
    name: z.string(),
    language: z.string(),
    header: z.nullable(z.string()),
    /** The file of its header. */
    attachment: z.optional(attachmentSchema),
    text: z.string(),
    footer: z.nullable(z.string()),
    /** The place of its header. */
    location: z.optional(
      z.object({ latitude: z.number(), longitude: z.number(), name: z.string(), address: z.string() }),
    ),
    /** The line of a limited-time offer. */
    offer: z.optional(z.string()),
    buttons: z.array(templateButton),
    /** Of a carousel. */
    cards: z.optional(z.array(shownCard)),
  }),
  /** A question with answers to tap: up to three buttons, a list that `listLabel` opens, a link, a form … */
  z.object({
    type: z.literal('interactive'),
    /** `buttons` or `list` when absent, as `listLabel` says. */
    kind: z.optional(z.enum(interactiveKinds)),
    header: z.optional(line),
    /** The file of its header. */
    attachment: z.optional(attachmentSchema),
    text: z.string(),
    footer: z.optional(line),
    listLabel: z.nullable(z.string()),
    options: z.array(z.object({ id: z.string(), title: z.string() })),
    /** What is opened: the label of the button and, for a link, where it leads. */
    link: z.optional(z.nullable(z.object({ label: z.string(), url: line }))),
    /** Of a carousel. */
    cards: z.optional(z.array(shownCard)),
  }),
  /** The customer tapped an answer. */
  z.object({ type: z.literal('reply'), text: z.string(), replyId: z.nullable(z.string()) }),
  z.object({ type: z.literal('event'), event: timelineEventSchema }),
  /** Came in, is kept whole in the gateway, and cannot be shown yet. `originalType` is the channel's name for it. */
  z.object({ type: z.literal('unsupported'), originalType: z.string() }),
]);

/** The message that this one answers. `messageId` is `null` when the gateway does not have it. */
export const quotedMessageSchema = z.object({
  messageId: z.nullable(z.string()),
  direction: z.nullable(z.enum(['inbound', 'outbound', 'internal'])),
  authorName: line,
  /** `MessageContent['type']`, `null` when it is not known. */
  type: line,
  /** The beginning of its text. */
  text: line,
});

/** One person's reaction; another one of the same person replaces it. */
export const reactionSchema = z.object({
  emoji: z.string(),
  by: z.object({ kind: z.enum(['customer', 'agent', 'api', 'phone']), ...z.partial(personSchema).shape }),
  /** ISO 8601. */
  at: z.string(),
});

/** The advertisement or post that led the customer here (Meta, "Referral"). */
export const referralSchema = z.object({
  sourceType: line,
  sourceId: line,
  sourceUrl: line,
  headline: line,
  body: line,
  mediaUrl: line,
  /** `ctwa_clid`: what Meta's conversion reports are told. */
  clickId: line,
});

/** What WhatsApp said it charges, as it said it; never worked out from the service window. */
export const pricingSchema = z.object({
  billable: z.nullable(z.boolean()),
  model: line,
  type: line,
  category: line,
});

export type ContactCard = DeepReadonly<z.output<typeof contactCardSchema>>;
export type InteractiveKind = (typeof interactiveKinds)[number];
export type MessageContent = DeepReadonly<z.output<typeof messageContentSchema>>;
export type QuotedMessage = DeepReadonly<z.output<typeof quotedMessageSchema>>;
export type Reaction = DeepReadonly<z.output<typeof reactionSchema>>;
export type Referral = DeepReadonly<z.output<typeof referralSchema>>;
export type MessagePricing = DeepReadonly<z.output<typeof pricingSchema>>;
