import type { TemplateCategory, TemplateStatus } from '@prosa/core/contract';
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
  readonly providerMediaId: string;
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
  /** `raw` is kept as it came. */
  | { readonly type: 'unsupported'; readonly originalType: string; readonly raw: unknown };

/** A message from a customer, in no channel's own terms. */
export interface InboundMessage {
  readonly channel: ChannelRow;
  readonly contact: InboundContact;
  readonly providerId: string;
  /** When the customer sent it, epoch milliseconds. */
  readonly sentAt: number;
  readonly content: InboundContent;
  /** Into this conversation of the contact; absent: into the open one, or a new one. */
  readonly conversationId?: string | undefined;
  /** What is known about a conversation that this message begins. */
  readonly opening?: { readonly subject: string | null; readonly pageUrl: string | null } | undefined;
  /** The sender's own name for the message; unique among those of the contact. */
  readonly clientId?: string | undefined;
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
  readonly failure: { readonly code: string; readonly detail: string } | null;
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
  readonly category?: TemplateCategory;
}
