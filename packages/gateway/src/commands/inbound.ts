import type {
  Message,
  MessageContent,
  MessagePricing,
  Referral,
  TemplateCategory,
  TemplateQuality,
  TemplateStatus,
} from '@prosa/core/contract';
import type { AttachmentKind } from '../media/kinds.ts';
import type { ChannelRow } from '../channels/channel.ts';

/** What a channel knows about who wrote. At least one of `phone` and `userId` is there. */
export interface InboundContact {
  /** Where to answer, as the channel writes it. */
  readonly address: string | null;
  /** E.164, as it came. */
  readonly phone: string | null;
  readonly userId: string | null;
  readonly username: string | null;
  readonly name: string | null;
  /** As they typed it; channels that know none leave it out. */
  readonly email?: string | null | undefined;
}

export interface InboundMedia {
  readonly kind: AttachmentKind;
  /** `null`: the channel could not hand it over. */
  readonly providerMediaId: string | null;
  readonly mimeType: string;
  readonly fileName: string | null;
  readonly sha256: string | null;
}

/** A file that is in the media store already. */
export interface UploadedMedia {
  readonly attachmentId: string;
}

export type InboundContent =
  | { readonly type: 'text'; readonly text: string }
  /** An answer that was tapped; `replyId` is the one that it was offered with. */
  | { readonly type: 'reply'; readonly text: string; readonly replyId: string | null }
  | {
      readonly type: 'image' | 'video' | 'document';
      readonly media: InboundMedia | UploadedMedia;
      readonly caption: string | null;
    }
  | { readonly type: 'audio'; readonly media: InboundMedia | UploadedMedia; readonly voice: boolean }
  | { readonly type: 'sticker'; readonly media: InboundMedia }
  | Extract<MessageContent, { readonly type: 'location' | 'contacts' | 'order' }>
  | (Extract<MessageContent, { readonly type: 'form' }> & { readonly raw: unknown })
  /** `raw` is kept as it came. */
  | { readonly type: 'unsupported'; readonly originalType: string; readonly raw: unknown };

/** What a message has beside what it says. */
export interface InboundMarks {
  readonly replyTo: {
    /** The message that it answers, by the channel's id. */
    readonly providerId: string | null;
    /** The product of the catalogue that it asks about. */
    readonly product: string | null;
    /** Whether the answered message was one of ours; `null`: not known. */
    readonly outbound: boolean | null;
  } | null;
  readonly forwarded: 'once' | 'many' | null;
  readonly referral: Referral | null;
}

/** A message from a customer, in no channel's own terms. */
export interface InboundMessage {
  readonly channel: ChannelRow;
  readonly contact: InboundContact;
  readonly providerId: string;
  /** When the customer sent it, epoch milliseconds. */
  readonly sentAt: number;
  readonly content: InboundContent;
  readonly marks?: InboundMarks | undefined;
  /** Into this conversation of the contact; absent: into the open one, or a new one. */
  readonly conversationId?: string | undefined;
  /** What is known about a conversation that this message begins. */
  readonly opening?: { readonly subject: string | null; readonly pageUrl: string | null } | undefined;
  /** The sender's own name for the message; unique among those of the contact. */
  readonly clientId?: string | undefined;
}

/** How a message is sent again that the provider had taken. */
export interface Again {
  /** At most so often, one after the other. */
  readonly times: number;
  /** Not sooner than this, milliseconds; `null`: nothing is known. */
  readonly afterMs: number | null;
}

/** News about a message that went out. */
export interface InboundStatus {
  readonly channel: ChannelRow;
  readonly providerId: string;
  /** Our message id, echoed by the provider; settles a send whose answer was lost. */
  readonly messageId: string | null;
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly failure: NonNullable<Message['failure']> | null;
  /** What failed for a reason that passes is sent again by itself; `null` or absent: it would fail again. */
  readonly again?: Again | null | undefined;
  /** What the provider says it charges; `null` or absent: it said nothing this time. */
  readonly pricing?: MessagePricing | null | undefined;
}

/** What the provider decided about a message template. What is absent has not changed. */
export interface TemplateNews {
  readonly channel: ChannelRow;
  /** At least this, or name and language, is there. */
  readonly providerId: string | null;
  readonly name: string | null;
  readonly language: string | null;
  /** When it was decided, epoch milliseconds. */
  readonly at: number;
  readonly status?: TemplateStatus | 'deleted';
  /** With `status`. */
  readonly reason?: string | null;
  /** What the provider holds against one that may still be sent; until it says its status anew. */
  readonly warning?: string;
  readonly category?: TemplateCategory;
  readonly quality?: TemplateQuality | null;
  readonly previousCategory?: TemplateCategory;
  /** Announced, and not there yet; `null`: nothing is announced any more. */
  readonly nextCategory?: TemplateCategory | null;
  /** Its parts are others now: they are asked for. */
  readonly rewritten?: true;
}

export type MessageChangeKind =
  /** `null`: taken back. */
  | { readonly kind: 'reaction'; readonly emoji: string | null }
  | { readonly kind: 'edit'; readonly content: InboundContent }
  | { readonly kind: 'revoke' }
  /** What the placeholder of an imported message stood for. */
  | { readonly kind: 'file'; readonly content: InboundContent };

/** What somebody did to a message that was sent before. */
export interface InboundChange {
  readonly channel: ChannelRow;
  /** The channel's id of the change itself, and of the message that it is about. */
  readonly providerId: string;
  readonly targetId: string;
  /** The customer, or the company on its own phone. */
  readonly by: 'customer' | 'phone';
  /** The customer, whoever did it; `null`: not told. */
  readonly contact: InboundContact | null;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly change: MessageChangeKind;
}

/** A message that was written in the app on the company's own phone. */
export interface InboundEcho {
  readonly channel: ChannelRow;
  /** To whom. */
  readonly contact: InboundContact;
  readonly providerId: string;
  readonly sentAt: number;
  readonly content: InboundContent;
  readonly marks: InboundMarks;
}

export interface ImportedMessage {
  readonly providerId: string;
  readonly at: number;
  readonly outbound: boolean;
  /** How far it got, when it is outbound. */
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  readonly content: InboundContent;
  readonly marks: InboundMarks;
}

/** What was said with a person before the gateway was there. */
export interface ImportedThread {
  readonly channel: ChannelRow;
  readonly contact: InboundContact;
  readonly messages: readonly ImportedMessage[];
}

export type ContactKeys = Pick<InboundContact, 'address' | 'phone' | 'userId'>;

/** The same person under another phone or user id. */
export interface NumberChange {
  readonly channel: ChannelRow;
  readonly previous: ContactKeys;
  readonly next: ContactKeys;
  /** The channel's id of the news, when it has one. */
  readonly providerId: string | null;
  readonly at: number;
}

/** The customer's app was installed anew: it may be another person. */
export interface IdentityChange {
  readonly channel: ChannelRow;
  readonly contact: InboundContact;
  readonly providerId: string;
  readonly at: number;
}

export interface MarketingChoice {
  readonly channel: ChannelRow;
  readonly contact: InboundContact;
  readonly allowed: boolean;
  readonly at: number;
}

/** What the company's phone calls somebody; `null`: nothing any more. */
export interface AddressBookEntry {
  readonly channel: ChannelRow;
  readonly address: string;
  readonly phone: string;
  readonly name: string | null;
  readonly at: number;
}
