import * as z from 'zod/mini';
import { attachmentIdSchema, textSchema } from './fields.ts';
import { formDataLength, jsonDataSchema } from './json-data.ts';
import type { DeepReadonly } from './readonly.ts';

/** Meta's limits, in characters or pieces (WhatsApp Cloud API, "Interactive messages"). */
export const interactiveLimits = {
  header: 60,
  footer: 60,
  body: 1024,
  listBody: 4096,
  buttons: 3,
  buttonId: 256,
  buttonTitle: 20,
  listLabel: 20,
  sections: 10,
  rows: 10,
  sectionTitle: 24,
  rowId: 200,
  rowTitle: 24,
  rowDescription: 72,
  linkLabel: 20,
  flowLabel: 30,
  cards: 10,
  cardBody: 160,
  products: 30,
} as const;

/** Of an order with all its items, as JSON. */
const orderLength = 100_000;

const limits = interactiveLimits;
const url = z.string().check(z.regex(/^https?:\/\/\S+$/i, 'must be an http or https address'), z.maxLength(2000));
const id = (length: number) => textSchema(length);
const body = textSchema(limits.body);
const footer = z.optional(z.nullable(textSchema(limits.footer)));
const headerText = z.optional(z.nullable(textSchema(limits.header)));

/** A header is a text, or a file that was uploaded (image, video, document), not both. */
const anyHeader = { header: headerText, attachmentId: z.optional(attachmentIdSchema) };
interface Headed {
  readonly header?: string | null | undefined;
  readonly attachmentId?: string | undefined;
}
const oneHeader = z.refine(
  (value: unknown) => {
    const { header, attachmentId } = value as Headed;
    return header === undefined || header === null || attachmentId === undefined;
  },
  { message: 'must be absent when there is an attachmentId', path: ['header'] },
);

function distinct(path: string, of: (value: never) => readonly string[]) {
  return z.refine((value: unknown) => new Set(of(value as never)).size === of(value as never).length, {
    message: 'must be different from each other',
    path: [path],
  });
}

const sections = z
  .array(
    z.strictObject({
      /** Needed when there are several sections. */
      title: z.optional(z.nullable(textSchema(limits.sectionTitle))),
      rows: z
        .array(
          z.strictObject({
            id: id(limits.rowId),
            title: textSchema(limits.rowTitle),
            description: z.optional(z.nullable(textSchema(limits.rowDescription))),
          }),
        )
        .check(z.minLength(1), z.maxLength(limits.rows)),
    }),
  )
  .check(
    z.minLength(1),
    z.maxLength(limits.sections),
    z.refine(
      (all) => all.reduce((sum, { rows }) => sum + rows.length, 0) <= limits.rows,
      `must have at most ${limits.rows} rows in all sections together`,
    ),
    z.refine(
      (all) => all.length === 1 || all.every(({ title }) => typeof title === 'string'),
      'must have a title each when there are several',
    ),
    z.refine((all) => {
      const ids = all.flatMap(({ rows }) => rows.map((row) => row.id));
      return new Set(ids).size === ids.length;
    }, 'must have rows with different ids'),
  );

const products = z.array(textSchema(100)).check(z.minLength(1), z.maxLength(limits.products));

/** A card of a carousel: a file, a text, a link. */
const card = z.strictObject({
  attachmentId: attachmentIdSchema,
  text: z.optional(z.nullable(textSchema(limits.cardBody))),
  label: textSchema(limits.linkLabel),
  url,
});

/**
 * Questions and things to tap, as WhatsApp has them (Meta, "Interactive messages"). `order_details` and `order_status`
 * are payment messages whose content is bound to a country: `parameters` is handed over as it is.
 */
export const interactiveSendSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('buttons'),
      ...anyHeader,
      text: body,
      footer,
      buttons: z
        .array(z.strictObject({ id: id(limits.buttonId), title: textSchema(limits.buttonTitle) }))
        .check(z.minLength(1), z.maxLength(limits.buttons)),
    })
    .check(
      oneHeader,
      distinct('buttons', ({ buttons }: { buttons: { title: string }[] }) => buttons.map(({ title }) => title)),
      distinct('buttons', ({ buttons }: { buttons: { id: string }[] }) => buttons.map((button) => button.id)),
    ),
  z.strictObject({
    kind: z.literal('list'),
    header: headerText,
    text: textSchema(limits.listBody),
    footer,
    label: textSchema(limits.listLabel),
    sections,
  }),
  z
    .strictObject({
      kind: z.literal('link'),
      ...anyHeader,
      text: body,
      footer,
      label: textSchema(limits.linkLabel),
      url,
    })
    .check(oneHeader),
  z
    .strictObject({
      kind: z.literal('flow'),
      ...anyHeader,
      text: body,
      footer,
      label: textSchema(limits.flowLabel).check(
        z.refine((text) => !/\p{Extended_Pictographic}/u.test(text), 'must have no emoji'),
      ),
      flowId: textSchema(100),
      flowToken: z.optional(textSchema(200)),
      mode: z.optional(z.enum(['draft', 'published'])),
      action: z.optional(z.enum(['navigate', 'data_exchange'])),
      /** The first screen; needed to navigate. */
      screen: z.optional(textSchema(200)),
      data: z.optional(jsonDataSchema(formDataLength)),
    })
    .check(
      oneHeader,
      z.refine(({ action, screen }) => action !== 'navigate' || screen !== undefined, {
        message: 'is needed to navigate',
        path: ['screen'],
      }),
    ),
  z.strictObject({ kind: z.literal('location_request'), text: body }),
  z.strictObject({ kind: z.literal('contact_request'), text: body }),
  z.strictObject({ kind: z.literal('call_permission'), text: body }),
  z.strictObject({
    kind: z.literal('carousel'),
    text: body,
    cards: z.array(card).check(z.minLength(2), z.maxLength(limits.cards)),
  }),
  z.strictObject({
    kind: z.literal('product'),
    text: z.optional(z.nullable(body)),
    footer,
    catalogId: textSchema(100),
    productId: textSchema(100),
  }),
  z.strictObject({
    kind: z.literal('product_list'),
    header: textSchema(limits.header),
    text: body,
    footer,
    catalogId: textSchema(100),
    sections: z.array(z.strictObject({ title: textSchema(limits.sectionTitle), productIds: products })).check(
      z.minLength(1),
      z.maxLength(limits.sections),
      z.refine(
        (all) => all.reduce((sum, { productIds }) => sum + productIds.length, 0) <= limits.products,
        `must have at most ${limits.products} products in all sections together`,
      ),
    ),
  }),
  z.strictObject({
    kind: z.literal('catalog'),
    text: body,
    footer,
    /** Whose picture is shown. */
    thumbnailProductId: z.optional(textSchema(100)),
  }),
  z.strictObject({
    kind: z.literal('address'),
    text: body,
    /** Two letters: where the address is (Meta has India and Singapore). */
    country: z.string().check(z.regex(/^[A-Z]{2}$/, 'must be two capital letters')),
    values: z.optional(z.record(z.string().check(z.maxLength(100)), textSchema(500))),
  }),
  z.strictObject({
    kind: z.literal('order_details'),
    text: body,
    footer,
    parameters: jsonDataSchema(orderLength),
  }),
  z.strictObject({
    kind: z.literal('order_status'),
    text: body,
    footer,
    parameters: jsonDataSchema(orderLength),
  }),
]);

export type InteractiveSend = DeepReadonly<z.input<typeof interactiveSendSchema>>;
