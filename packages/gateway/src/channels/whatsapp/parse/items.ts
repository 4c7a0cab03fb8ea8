import type {
  AddressBookEntry,
  IdentityChange,
  InboundChange,
  InboundContact,
  InboundEcho,
  InboundMessage,
  ImportedThread,
  MarketingChoice,
  NumberChange,
  TemplateNews,
} from '../../../commands/inbound.ts';
import type { ParsedStatus } from './status.ts';

type Parsed<T> = Omit<T, 'channel'>;

export type ParsedMessage = Parsed<InboundMessage>;
export type ParsedTemplateNews = Parsed<TemplateNews>;

/** What Meta says about an account or a number of ours, as it came. */
export interface ParsedAccountNews {
  /** The name of the webhook field: `account_update`, `phone_number_quality_update` … */
  readonly field: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
}

/** What is about one number of ours, and about somebody who talks with it. */
export type PersonalItem =
  | { readonly kind: 'message'; readonly message: ParsedMessage }
  /** A reaction, an edit or a deletion: about a message that is known, or comes later. */
  | { readonly kind: 'change'; readonly change: Parsed<InboundChange> }
  /** Written in the app on the company's own phone. */
  | { readonly kind: 'echo'; readonly echo: Parsed<InboundEcho> }
  /** What was said before the number came to the gateway. */
  | { readonly kind: 'history'; readonly thread: Parsed<ImportedThread> }
  | { readonly kind: 'status'; readonly status: ParsedStatus }
  /** Phone and user id of the same person, told together; makes no contact. */
  | { readonly kind: 'person'; readonly person: InboundContact }
  | { readonly kind: 'number_changed'; readonly news: Parsed<NumberChange> }
  | { readonly kind: 'identity_changed'; readonly news: Parsed<IdentityChange> }
  | { readonly kind: 'marketing'; readonly choice: Parsed<MarketingChoice> }
  | { readonly kind: 'address_book'; readonly entry: Parsed<AddressBookEntry> };

/** The number of ours that something is about. */
export interface NumberOfOurs {
  /** `null`: it is not said. */
  readonly phoneNumberId: string | null;
  /** Digits, as people dial it; only without an id. */
  readonly dialled?: string;
}

/** One item of an envelope. */
export type ParsedItem =
  | (PersonalItem & NumberOfOurs)
  /** About a message template of a business account, and so of each of its numbers. */
  | { readonly kind: 'template'; readonly businessAccountId: string; readonly news: ParsedTemplateNews }
  /** About a business account or one of its numbers, which `value` may name. */
  | { readonly kind: 'account_news'; readonly businessAccountId: string; readonly news: ParsedAccountNews }
  /** Meta's word about the whole account. */
  | (NumberOfOurs & { readonly kind: 'error'; readonly code: string; readonly detail: string })
  /** Accepted and left alone; `what` is the name of its field, or what was wrong with it. */
  | { readonly kind: 'ignored'; readonly what: string };

export function ignored(what: string): Extract<ParsedItem, { readonly kind: 'ignored' }> {
  return { kind: 'ignored', what };
}
