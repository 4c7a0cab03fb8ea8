import type { TemplateCategory, TemplateStatus } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import type { StoredComponent } from '../domain/hsm.ts';
import type { MessagesTable } from '../store/message-schema.ts';
import type { AttachmentsTable, ChannelsTable, ContactsTable } from '../store/schema.ts';

export type ChannelRow = Selectable<ChannelsTable>;
export type ContactRow = Selectable<ContactsTable>;
export type MessageRow = Selectable<MessagesTable>;
export type AttachmentRow = Selectable<AttachmentsTable>;

/** A message on its way out, with all that its channel needs to send it. */
export interface Outbound {
  readonly channel: ChannelRow;
  readonly contact: ContactRow;
  readonly message: MessageRow;
  readonly attachment: AttachmentRow | null;
}

/** What came of handing a message to the provider. */
export type SendResult =
  | {
      readonly outcome: 'accepted';
      readonly providerId: string;
      /** The address that the provider uses, when it differs from ours (Brazil's ninth digit). */
      readonly address: string | null;
    }
  /** It will never go. */
  | { readonly outcome: 'failed'; readonly code: string; readonly detail: string }
  /** It did not go, and may later. */
  | { readonly outcome: 'retry'; readonly code: string; readonly detail: string; readonly afterMs: number | null }
  /** The answer was lost: it may have gone. */
  | { readonly outcome: 'unconfirmed'; readonly detail: string };

export type Prepared = { readonly outcome: 'ready' } | Extract<SendResult, { readonly outcome: 'failed' | 'retry' }>;

/** A kind of channel, as delivery sees it. */
export interface ChannelAdapter {
  readonly kind: string;
  /** How long after the customer's last message free-form messages may be sent; `null`: always. */
  readonly serviceWindowMs: number | null;
  /**
   * What has to be there before the message can go (its file, at the provider), and can be repeated without harm.
   * `ready`, or why not.
   */
  prepare?(outbound: Outbound, options: { readonly signal: AbortSignal }): Promise<Prepared>;
  send(outbound: Outbound, options: { readonly signal: AbortSignal }): Promise<SendResult>;
  /** Tells the customer's app that the message was read. */
  markRead(outbound: Omit<Outbound, 'attachment'>, options: { readonly signal: AbortSignal }): Promise<void>;
  /** Fetches a file that came in and stores it under `key`. */
  fetchMedia(
    channel: ChannelRow,
    attachment: AttachmentRow,
    key: string,
    options: { readonly signal: AbortSignal },
  ): Promise<FetchedMedia>;
  /** What the provider reviews before it may be sent; absent: the channel has no such thing. */
  readonly templates?: TemplateAdapter;
}

/** A message template as the provider has it. */
export interface ProviderTemplate {
  readonly providerId: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  readonly reason: string | null;
  readonly components: readonly StoredComponent[];
}

/** A template of ours, on its way to the provider. */
export type TemplateDraft = Omit<ProviderTemplate, 'providerId' | 'status' | 'reason'> & {
  /** `null`: the provider does not have it yet. */
  readonly providerId: string | null;
};

export type TemplateFailed = Extract<SendResult, { readonly outcome: 'failed' }>;
export type TemplateRetry = Extract<SendResult, { readonly outcome: 'retry' }>;

export type SubmitResult =
  /** In review, or judged already. */
  | { readonly outcome: 'accepted'; readonly template: Pick<ProviderTemplate, 'providerId' | 'category' | 'status'> }
  /** `current`: what the provider keeps instead, when it has an older text of it. */
  | (TemplateFailed & { readonly current: ProviderTemplate | null })
  | TemplateRetry;

/** Templates at the provider. Each of these can be repeated without harm, also when its answer was lost. */
export interface TemplateAdapter {
  /**
   * @param options.intent `again`: it was tried before, and may have arrived; `settle`: the same, and nobody wants it any
   *   more: only whether it arrived is found out
   */
  submit(
    channel: ChannelRow,
    draft: TemplateDraft,
    options: { readonly intent: 'first' | 'again' | 'settle'; readonly signal: AbortSignal },
  ): Promise<SubmitResult>;
  /** `done` also when it is gone already. */
  remove(
    channel: ChannelRow,
    template: Pick<ProviderTemplate, 'providerId' | 'name' | 'language'>,
    options: { readonly signal: AbortSignal },
  ): Promise<{ readonly outcome: 'done' } | TemplateFailed | TemplateRetry>;
  /** One page of the provider's list. `next` is where the following one begins; `null`: it was the last. */
  list(
    channel: ChannelRow,
    after: string | null,
    options: { readonly signal: AbortSignal },
  ): Promise<
    | { readonly outcome: 'listed'; readonly templates: readonly ProviderTemplate[]; readonly next: string | null }
    | TemplateFailed
    | TemplateRetry
  >;
}

export type FetchedMedia =
  | { readonly outcome: 'stored'; readonly size: number; readonly sha256: string; readonly mimeType: string }
  | { readonly outcome: 'failed'; readonly detail: string }
  | { readonly outcome: 'retry'; readonly detail: string };
