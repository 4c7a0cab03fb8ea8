import type { RichContent } from './rich-content.ts';

/** A stored file as a phone shows it. `path` is relative to the simulator's address. */
export interface MediaReference {
  readonly id: string;
  readonly mimeType: string;
  readonly size: number;
  readonly path: string;
}

export type MediaKind = 'audio' | 'document' | 'image' | 'sticker' | 'video';

export interface MediaContent {
  readonly type: MediaKind;
  readonly media: MediaReference;
  readonly caption?: string;
  readonly filename?: string;
  /** A voice note, not a music file. */
  readonly voice?: boolean;
}

export interface LocationContent {
  readonly type: 'location';
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

/** Contact card in Meta's own shape; only what a phone shows is typed. */
export interface ContactCard {
  readonly name: { readonly formatted_name: string; readonly [key: string]: unknown };
  readonly phones?: readonly { readonly phone?: string; readonly wa_id?: string }[];
  readonly [key: string]: unknown;
}

export interface ReplyContent {
  readonly type: 'reply';
  /** Which wire shape it had: template quick reply, reply button, list row, form, or the answer to a call request. */
  readonly kind: 'button' | 'button_reply' | 'call_permission_reply' | 'list_reply' | 'nfm_reply';
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** What a customer put into the basket of a product or catalogue message. */
export interface OrderContent {
  readonly type: 'order';
  readonly note?: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
}

export type MessageContent =
  | { readonly type: 'text'; readonly body: string }
  | { readonly type: 'contacts'; readonly contacts: readonly ContactCard[] }
  | { readonly type: 'unsupported'; readonly kind: string }
  | LocationContent
  | MediaContent
  | OrderContent
  | ReplyContent
  | RichContent;

export type MessageStatus = 'delivered' | 'failed' | 'pending' | 'played' | 'read' | 'sent';

/** A message as the phone displays it. */
export interface PhoneMessage {
  readonly id: string;
  readonly phoneNumberId: string;
  readonly waId: string;
  readonly from: 'business' | 'customer';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly status: MessageStatus;
  readonly content: MessageContent;
  /** Id of the message that this one quotes. */
  readonly replyTo?: string;
  readonly reactions: { readonly business?: string; readonly customer?: string };
  readonly forwarded?: boolean;
  /** When its words were changed, in milliseconds. */
  readonly editedAt?: number;
  /** Taken back: its content is gone. */
  readonly revoked?: boolean;
}

export interface Billing {
  readonly category: 'authentication' | 'marketing' | 'service' | 'utility';
  readonly type: 'free_customer_service' | 'free_entry_point' | 'regular';
}

/** What the network keeps about a message beyond what a phone shows. */
export interface StoredMessage extends PhoneMessage {
  readonly callbackData?: string;
  /** Sent to a group: `waId` is the group's id. */
  readonly group?: boolean;
  readonly billing?: Billing;
  /** Milliseconds that an undelivered message lives. */
  readonly timeToLive?: number;
  /** A customer's message that waits for the phone to be online again: its webhook body. */
  readonly outgoing?: Readonly<Record<string, unknown>>;
}

/** Strips what a person with the phone in hand could not see. */
export function toPhoneMessage(message: StoredMessage): PhoneMessage {
  const { id, phoneNumberId, waId, from, at, status, content, replyTo, reactions } = message;
  const { forwarded, editedAt, revoked } = message;
  return {
    id,
    phoneNumberId,
    waId,
    from,
    at,
    status,
    content,
    reactions,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(forwarded === undefined ? {} : { forwarded }),
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(revoked === undefined ? {} : { revoked }),
  };
}

const arrived: ReadonlySet<MessageStatus> = new Set(['delivered', 'played', 'read']);

/** Whether the message is on the phone's screen: all own ones, and those of the business that arrived. */
export function isDisplayed(message: PhoneMessage): boolean {
  return message.from === 'customer' || arrived.has(message.status);
}
