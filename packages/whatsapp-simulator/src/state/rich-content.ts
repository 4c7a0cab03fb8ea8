import type { LocationContent, MediaKind, MediaReference } from './message.ts';

/** What tapping it does: `other` is shown and does nothing. */
export type ChoiceKind =
  'call' | 'contact' | 'copy' | 'flow' | 'location' | 'other' | 'phone' | 'products' | 'reply' | 'url';

export interface ChoiceButton {
  readonly kind: ChoiceKind;
  readonly title: string;
  /** What comes back to the business for `reply`; the address for `url`; the code for `copy`; a flow's token. */
  readonly value: string;
}

export interface ListRow {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

export interface ListSection {
  readonly title?: string;
  readonly rows: readonly ListRow[];
}

export interface Product {
  readonly retailerId: string;
  /** Products are known by their id alone: the simulator has no catalogue behind it. */
  readonly name: string;
}

export type RichHeader =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'product'; readonly product: Product }
  | { readonly type: MediaKind; readonly media: MediaReference; readonly filename?: string }
  | LocationContent;

/** One card of a carousel. */
export interface RichCard {
  readonly header?: RichHeader;
  readonly body?: string;
  readonly buttons: readonly ChoiceButton[];
}

/** What a product or catalogue message offers. */
export interface ProductOffer {
  readonly catalogId: string;
  readonly sections: readonly { readonly title?: string; readonly products: readonly Product[] }[];
}

/** The summary of an `order_details` or `order_status` message; amounts as they are read, such as `R$ 15,00`. */
export interface OrderSummary {
  readonly reference: string;
  readonly status?: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly amount: string }[];
  readonly total?: string;
}

/** The small form that stands for a flow; Meta's own screens are not drawn. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
}

export interface Form {
  /** Which shape its answer has: a flow's, or an address message's. */
  readonly name: 'address_message' | 'flow';
  readonly title: string;
  readonly fields: readonly FormField[];
  /** Goes back with the answer. */
  readonly token?: string;
}

/** Messages with buttons, lists or links, and rendered templates. */
export interface RichContent {
  readonly type: 'interactive' | 'template';
  /** `button`, `list`, `cta_url` … of an interactive message; the name of a template. */
  readonly kind: string;
  readonly header?: RichHeader;
  readonly body: string;
  readonly footer?: string;
  readonly buttons: readonly ChoiceButton[];
  readonly list?: { readonly label: string; readonly sections: readonly ListSection[] };
  readonly cards?: readonly RichCard[];
  readonly products?: ProductOffer;
  readonly order?: OrderSummary;
  readonly form?: Form;
  /** A limited-time offer: its words, and when it ends in milliseconds. */
  readonly offer?: { readonly text: string; readonly endsAt?: number };
}
